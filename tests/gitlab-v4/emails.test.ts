import { describe, expect, it } from "@jest/globals";
import { ids, stage } from "./stage.ts";

const here = stage();
const LONG_AGO = "Mon, 01 Jan 1990 00:00:00 GMT";
const addresses = ({ body }: { body: unknown }) =>
  (body as { email: string }[]).map(({ email }) => email);

describe("one's own addresses", () => {
  it("are for their owner and administrators alone", async () => {
    const { ordinaryUser } = await here.cast();
    for (const method of ["get", "post"] as const) {
      await here.anyone[method]("/user/emails").expect(401, { message: "401 Unauthorized" });
    }
    const registry = await here.as(ordinaryUser, "read_registry");
    const { body } = await registry.get("/user/emails").expect(403);
    expect(body).toMatchObject({ error: "insufficient_scope", scope: "api read_api read_user" });
    const reader = await here.as(ordinaryUser, "read_user");
    await reader.get("/user/emails").expect(200);
    await reader.post("/user/emails").send({ email: "a@example.test" }).expect(403);
  });

  it("144: begin with the primary address", async () => {
    const { asUser } = await here.cast();
    await asUser.post("/user/emails").send({ email: "aaa@example.test" }).expect(201);
    const list = await asUser.get("/user/emails").expect(200);
    expect(addresses(list)).toEqual(["una@example.test", "aaa@example.test"]);
    expect(Object.keys(list.body[0])).toEqual(["id", "email", "confirmed_at"]);
    expect(list.body[0].confirmed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(list.headers).toMatchObject({ "x-total": "2", "x-per-page": "20", "x-next-page": "" });
    const second = await asUser.get("/user/emails?per_page=1&page=2").expect(200);
    expect(addresses(second)).toEqual(["aaa@example.test"]);
  });

  it("145: are refused when missing, taken or misshapen, and added unconfirmed", async () => {
    const { asUser } = await here.cast();
    const add = (email: unknown) => asUser.post("/user/emails").send({ email });
    await asUser.post("/user/emails").send({}).expect(400, { error: "email is missing" });
    await add({ a: "b" }).expect(400, { error: "email is invalid" });
    for (const blank of ["", "  ", null]) {
      await add(blank).expect(400, { message: { email: ["can't be blank"] } });
    }
    await add("una").expect(400, { message: { email: ["is invalid"] } });
    for (const taken of ["VERA@example.test", "una@example.test"]) {
      await add(taken).expect(400, { message: { email: ["has already been taken"] } });
    }
    const { body } = await add("  New@Example.TEST ").expect(201);
    expect(body).toEqual({ id: expect.any(Number), email: "new@example.test", confirmed_at: null });
    await asUser.get(`/user/emails/${body.id}`).expect(200, body);
    const { auditEvents } = here.store.engine.tables;
    const noted = await here.store.engine.query.select().from(auditEvents);
    const target = { targetType: "Email", targetName: "new@example.test" };
    expect(noted.at(-1)).toMatchObject({ action: "user.confirm_email_link", ...target });
    await asUser.post("/user/emails").type("form").send({ email: "form@example.test" }).expect(201);
  });

  it("146: of other users are not found, even by administrators", async () => {
    const { asAdmin, asUser } = await here.cast();
    const [id] = ids(await asUser.get("/user/emails"));
    const notFound = { message: "404 Email Not Found" };
    await asAdmin.get(`/user/emails/${id}`).expect(404, notFound);
    await asAdmin.delete(`/user/emails/${id}`).expect(404, notFound);
  });

  it("147: are deleted by number, unless they have changed or are primary", async () => {
    const { asUser } = await here.cast();
    await asUser.delete("/user/emails/ASDF").expect(400, { error: "email_id is invalid" });
    await asUser.get("/user/emails/ASDF").expect(400, { error: "email_id is invalid" });
    for (const id of ["0", "999999", "99999999999999999999"]) {
      await asUser.delete(`/user/emails/${id}`).expect(404, { message: "404 Email Not Found" });
    }
    const [primary] = ids(await asUser.get("/user/emails"));
    const refusal = { message: "400 Bad request - Cannot delete primary email" };
    await asUser.delete(`/user/emails/${primary}`).expect(400, refusal);
    const { body } = await asUser
      .post("/user/emails")
      .send({ email: "new@example.test" })
      .expect(201);
    const path = `/user/emails/${body.id}`;
    const late = asUser.delete(path).set("If-Unmodified-Since", LONG_AGO);
    await late.expect(412, { message: "412 Precondition Failed" });
    const deleted = await asUser.delete(path).set("If-Unmodified-Since", new Date().toUTCString());
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    await asUser.delete(path).expect(404);
  });
});

describe("the addresses of a user", () => {
  it("148: are for administrators", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    await asUser.get(`/users/${otherUser.id}/emails`).expect(403, { message: "403 Forbidden" });
    await here.anyone
      .get(`/users/${otherUser.id}/emails`)
      .expect(401, { message: "401 Unauthorized" });
    await asAdmin.get("/users/999999/emails").expect(404, { message: "404 User Not Found" });
    await asAdmin.get("/users/vera/emails").expect(404, { error: "404 Not Found" });
    expect(addresses(await asAdmin.get(`/users/${otherUser.id}/emails`).expect(200))).toEqual([
      "vera@example.test",
    ]);
  });

  it("149: may be confirmed from the start", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const path = `/users/${otherUser.id}/emails`;
    await asAdmin.post("/users/999999/emails").expect(400, { error: "email is missing" });
    await asUser.post(path).expect(400, { error: "email is missing" });
    await asUser
      .post(path)
      .send({ email: "a@example.test" })
      .expect(403, { message: "403 Forbidden" });
    const unknown = asAdmin.post("/users/999999/emails").send({ email: "a@example.test" });
    await unknown.expect(404, { message: "404 User Not Found" });
    const confirmed = { email: "a@example.test", skip_confirmation: true };
    const { body } = await asAdmin.post(path).send(confirmed).expect(201);
    expect(body.confirmed_at).toEqual(expect.any(String));
    const { body: other } = await asAdmin.post(path).send({ email: "b@example.test" }).expect(201);
    expect(other.confirmed_at).toBeNull();
    const odd = asAdmin.post(path).send({ email: "c@example.test", skip_confirmation: "maybe" });
    await odd.expect(400, { error: "skip_confirmation is invalid" });
  });

  it("are deleted by administrators", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const { body } = await asAdmin
      .post(`/users/${otherUser.id}/emails`)
      .send({ email: "a@example.test" })
      .expect(201);
    const path = `/users/${otherUser.id}/emails/${body.id}`;
    await asUser.delete(path).expect(403);
    await asAdmin.delete(`/users/999999/emails/${body.id}`).expect(404, {
      message: "404 User Not Found",
    });
    await asAdmin.delete(path).set("If-Unmodified-Since", LONG_AGO).expect(412);
    await asAdmin.delete(path).expect(204);
    await asAdmin.delete(path).expect(404, { message: "404 Email Not Found" });
  });
});

describe("an address that a user claims and never confirms", () => {
  let now = Date.UTC(2026, 0, 1);
  const here = stage({ clock: () => now });
  const DAY = 24 * 60 * 60 * 1000;

  it("goes to the user for whom an administrator vouches, and the claim ends", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const email = "ceo@corp.example";
    await asUser.post("/user/emails").send({ email }).expect(201);
    await asAdmin.post(`/users/${otherUser.id}/emails`).send({ email }).expect(400);
    await asAdmin
      .post(`/users/${otherUser.id}/emails`)
      .send({ email, skip_confirmation: true })
      .expect(201);
    expect((await asUser.get("/user/emails")).body).not.toContainEqual(
      expect.objectContaining({ email }),
    );
  });

  it("is free again after three days, for users and for new accounts", async () => {
    const { asAdmin, asUser, asOther } = await here.cast();
    await asUser.post("/user/emails").send({ email: "one@corp.example" }).expect(201);
    await asUser.post("/user/emails").send({ email: "two@corp.example" }).expect(201);
    now += 3 * DAY - 1;
    await asOther.post("/user/emails").send({ email: "One@corp.example" }).expect(400);
    now += 1;
    await asOther.post("/user/emails").send({ email: "One@corp.example" }).expect(201);
    const made = {
      username: "ceo",
      name: "C",
      email: "two@corp.example",
      password: "lovely-Day-42",
    };
    await asAdmin.post("/users").send(made).expect(201);
    const left = (await asUser.get("/user/emails")).body.map((row: { email: string }) => row.email);
    expect(left).not.toContain("two@corp.example");
  });
});
