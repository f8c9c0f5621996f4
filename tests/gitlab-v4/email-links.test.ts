import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { isPassword } from "../../src/domain/credentials/passwords.ts";
import * as emails from "../../src/domain/profile/emails.ts";
import { stage } from "./stage.ts";

const here = stage();

const nova = { email: "nova@example.test", name: "No<b>va", username: "nova" };

/** The newest link of a kind that was left to the operator; it stands below the server's origin. */
async function lastLink(action: string): Promise<string> {
  const page = action === "reset_password_link" ? "/-/password?" : "/-/confirmation?";
  const newest = here.letters.findLast(({ text }) => text.includes(page));
  const [, link = ""] = /^(http\S+)$/m.exec(newest?.text ?? "") ?? [];
  return link.slice(here.origin.length);
}

async function made(more: object) {
  const { asAdmin, ordinaryUser } = await here.cast();
  const { body } = await asAdmin.post("/users").send({ ...nova, ...more });
  return { asAdmin, ordinaryUser, id: body.id as number, web: request(here.origin) };
}

describe("GET and POST /-/confirmation", () => {
  it("know nothing of links that were never sent", async () => {
    const { web } = await made({ reset_password: true });
    const notFound = { error: "404 Not Found" };
    await web.get("/-/confirmation?token=abc").expect(404, notFound);
    await web.post("/-/confirmation?token=abc").expect(404, notFound);
    await web.get("/-/confirmation").expect(400);
    await web.get("/-/confirmation?token=a%20b").expect(400);
    const other = (await lastLink("reset_password_link")).replace("password", "confirmation");
    await web.post(other).expect(404, notFound);
  });

  it("ask first, and confirm once", async () => {
    const { web } = await made({ force_random_password: true });
    const link = await lastLink("confirm_email_link");
    const asked = await web.get(link).expect(200);
    expect(asked.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": "default-src 'none'",
    });
    expect(asked.text).toContain("nova@example.test");
    expect((await here.named("nova")).confirmedAt).toBeNull();
    await web.post(link).expect(200);
    const user = await here.named("nova");
    expect(user.confirmedAt).not.toBeNull();
    const [primary] = await emails.listByUser(here.store, user.id);
    expect(primary).toMatchObject({ email: "nova@example.test", primary: true });
    expect(primary?.confirmedAt).not.toBeNull();
    await web.post(link).expect(404);
    await web.get(link).expect(404);
  });

  it("put the address that waited in the place of the old one", async () => {
    const { asAdmin, ordinaryUser, web } = await made({ force_random_password: true });
    await asAdmin.put(`/users/${ordinaryUser.id}`).send({ email: "una2@example.test" });
    const older = await lastLink("confirm_email_link");
    await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ email: "UNA2@example.test", bio: "again" });
    const link = await lastLink("confirm_email_link");
    await web.post(older).expect(404);
    await web.post(link).expect(200);
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send({});
    expect(body.email).toBe("una2@example.test");
    expect((await here.named("una")).unconfirmedEmail).toBeNull();
  });

  it("give a user no address that has become another user's", async () => {
    const { asAdmin, ordinaryUser, id, web } = await made({ force_random_password: true });
    await asAdmin.put(`/users/${ordinaryUser.id}`).send({ email: "both@example.test" });
    await emails.add(here.store, id, ["both@example.test"], { confirmed: true });
    await web.post(await lastLink("confirm_email_link")).expect(404);
  });
});

describe("GET and POST /-/password", () => {
  it("ask for a password, and take it once", async () => {
    const { web } = await made({ reset_password: true });
    const link = await lastLink("reset_password_link");
    expect((await web.get(link).expect(200)).text).toContain('type="password"');
    await web.post(link).expect(400);
    const weak = await web.post(link).type("form").send({ password: "password" }).expect(200);
    expect(weak.text).toContain("too weak");
    await web
      .post(link)
      .type("form")
      .send({ password: "x".repeat(20_000) })
      .expect(400);
    await web.post(link).type("form").send({ password: "tofu-Horse-42" }).expect(200);
    const { passwordHash } = await here.named("nova");
    expect(await isPassword("tofu-Horse-42", passwordHash ?? "")).toBe(true);
    await web.post(link).type("form").send({ password: "tofu-Horse-43" }).expect(404);
  });
});
