import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { suspend } from "../../src/domain/users/account-states.ts";
import { FULL, stage, UNAUTHORIZED } from "./stage.ts";

const here = stage();

describe("GET /user", () => {
  it("takes the token of a user, and does not say what is wrong with another", async () => {
    const { ordinaryUser } = await here.cast();
    const ended = await here.token(ordinaryUser, "api");
    await here.client(ended).get("/user").expect(200);
    const { body } = await here.client("nonsense").get("/user").expect(401);
    expect(body).toEqual(UNAUTHORIZED);
    const seconds = Math.floor(here.store.clock() / 1000) - 1;
    const [late] = await here.issue({
      userId: ordinaryUser.id,
      name: "t",
      scopes: ["api"],
      expiresAt: seconds,
    });
    await here.client(late).get("/user").expect(401, UNAUTHORIZED);
    await here.anyone.get("/user").set("JOB-TOKEN", ended).expect(401, UNAUTHORIZED);
    await suspend(here.store, ordinaryUser.id);
    await here.client(ended).get("/user").expect(401, UNAUTHORIZED);
  });

  it("takes it from the header, a parameter or as a bearer on a path of its own", async () => {
    const { ordinaryUser } = await here.cast();
    const token = await here.token(ordinaryUser, "read_user");
    await here.anyone.get(`/user?private_token=${token}`).expect(200);
    await here.client(token).get("/user/keys").expect(200, []);
    await here.client(token).post("/user/keys").send({ title: "t", key: "k" }).expect(403);
    const bearer = here.anyone
      .put(`/users/${ordinaryUser.id}/block`)
      .set("Authorization", `Bearer ${token}`);
    await bearer.expect(403);
    const body = { private_token: await here.token(ordinaryUser, "api"), email: "b@example.test" };
    const signed = here.anyone.post("/user/emails").set("Sudo", "").send(body);
    await signed.expect(201);
  });

  it("172: without sudo shows no private token", async () => {
    const { adminUser, asAdmin, asUser, ordinaryUser } = await here.cast();
    for (const [client, { id }] of [
      [asAdmin, adminUser],
      [asUser, ordinaryUser],
      [await here.as(adminUser), adminUser],
    ] as const) {
      const { body } = await client.get("/user").expect(200);
      expect(Object.keys(body)).toEqual(FULL);
      expect(body.id).toBe(id);
    }
  });

  it("172: with sudo and an administrator's private token shows that of the other", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    for (const whom of [String(ordinaryUser.id), "una", "UNA"]) {
      const { body } = await asAdmin.get(`/user?sudo=${whom}`).expect(200);
      expect(Object.keys(body)).toEqual([...FULL, "private_token"]);
      expect(body.id).toBe(ordinaryUser.id);
      expect(body.private_token.length).toBeLessThanOrEqual(255);
      const own = await here.client(body.private_token).get("/user").expect(200);
      expect(own.body.id).toBe(ordinaryUser.id);
    }
    const { body } = await asAdmin.get("/user").set("Sudo", "una").expect(200);
    expect(body.private_token).toBe((await asAdmin.get("/user?sudo=una")).body.private_token);
  });

  it("172: with sudo and an access token is refused", async () => {
    const { adminUser, ordinaryUser } = await here.cast();
    const client = await here.as(adminUser, "api", "sudo");
    const message = "403 Forbidden - Private token must be specified in order to use sudo";
    for (const whom of [ordinaryUser.id, 999_999]) {
      await client.get(`/user?sudo=${whom}`).expect(403, { message });
    }
  });

  it("with sudo is for administrators, who alone learn who exists", async () => {
    const { asAdmin, asUser } = await here.cast();
    const message = "403 Forbidden - Must be admin to use sudo";
    for (const whom of ["123456", "vera"]) {
      await asUser.get(`/user?sudo=${whom}`).expect(403, { message });
    }
    for (const whom of ["999999", "missing"]) {
      const body = { message: `404 No user id or username for: ${whom} Not Found` };
      await asAdmin.get(`/user?sudo=${whom}`).expect(404, body);
    }
    await here.anyone.get("/user?sudo=una").expect(401, UNAUTHORIZED);
  });

  it("for others runs with their rights", async () => {
    const { asAdmin, otherUser } = await here.cast();
    await asAdmin
      .put(`/users/${otherUser.id}/block?sudo=una`)
      .expect(403, { message: "403 Forbidden" });
  });
});

describe("a private token", () => {
  it("is no access token: the fourth version lists none of others, and renews none", async () => {
    const { adminUser, asAdmin } = await here.cast();
    const { private_token } = (await asAdmin.get("/user?sudo=root")).body as {
      private_token: string;
    };
    const v4 = (token: string) =>
      request.agent(`${here.origin}/api/v4`).set("PRIVATE-TOKEN", token);
    const client = v4(await here.token(adminUser, "api"));
    const { body } = await client.get("/personal_access_tokens").expect(200);
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual(["test"]);
    const message =
      "400 Bad request - This endpoint requires token type to be a personal access token";
    await v4(private_token).post("/personal_access_tokens/self/rotate").expect(400, { message });
    await v4(private_token).delete("/personal_access_tokens/self").expect(400, { message });
    await v4(private_token).get("/user").expect(200);
  });

  it("is listed with its kind and ended by its owner, and made anew at the next sign-in", async () => {
    const { ordinaryUser, asAdmin } = await here.cast();
    const shown = async () => (await asAdmin.get("/user?sudo=una")).body.private_token as string;
    const text = await shown();
    expect(text).toMatch(/^[\w-]{20}$/);
    expect(await shown()).toBe(text);
    const v4 = (token: string) =>
      request.agent(`${here.origin}/api/v4`).set("PRIVATE-TOKEN", token);
    const own = v4(await here.token(ordinaryUser, "api"));
    const { body } = await own.get("/personal_access_tokens").expect(200);
    const [listed] = (body as { kind?: string; id: number; name: string }[]).filter(
      ({ kind }) => kind === "private",
    );
    expect(listed).toMatchObject({ name: "private token", scopes: ["api", "sudo"], active: true });
    await v4(await here.token(await here.named("vera"), "api"))
      .delete(`/personal_access_tokens/${listed?.id}`)
      .expect(400);
    await own.post(`/personal_access_tokens/${listed?.id}/rotate`).expect(400);
    await own.delete(`/personal_access_tokens/${listed?.id}`).expect(204);
    await v4(text).get("/user").expect(401);
    expect(await shown()).not.toBe(text);
  });

  it("lies nowhere in the database", async () => {
    const { asAdmin } = await here.cast();
    const { private_token } = (await asAdmin.get("/user?sudo=root")).body as {
      private_token: string;
    };
    const { engine } = here.store;
    const rows = JSON.stringify(await engine.query.select().from(engine.tables.tokens));
    expect(rows).toContain("private token");
    expect(rows).not.toContain(private_token.slice(0, 12));
    expect(here.log.join("")).not.toContain(private_token);
  });
});

describe("the 404 of an unknown path", () => {
  it("is in the words of this version for its callers", async () => {
    const { asUser } = await here.cast();
    await asUser.get("/projects").expect(404, { error: "404 Not Found" });
    await asUser.get("/users/1ASDF/events").expect(404, { error: "404 Not Found" });
  });
});
