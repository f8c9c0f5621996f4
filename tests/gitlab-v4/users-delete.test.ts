import { describe, expect, it } from "@jest/globals";
import * as follows from "../../src/domain/follows/follows.ts";
import { stage } from "./stage.ts";

const here = stage();

const noUser = { message: "404 User Not Found" };
const SOLE = "User cannot be removed while is the sole-owner of a group";

/** Makes a user a member of a group. */
async function join(userId: number, accessLevel: number, sourceId = 1) {
  const { engine } = here.store;
  const row = { userId, sourceType: "Namespace", sourceId, sourceName: "group", accessLevel };
  await engine.transaction(
    engine.query
      .insert(engine.tables.memberships)
      .values(row as typeof engine.tables.memberships.$inferInsert),
  );
}

describe("the events of a deleted user", () => {
  const ghosts = async (asAdmin: Awaited<ReturnType<typeof here.cast>>["asAdmin"]) =>
    ((await asAdmin.get("/users?search=Ghost User").expect(200)).body as { id: number }[]).map(
      ({ id }) => id,
    );

  async function did(authorId: number) {
    const { engine } = here.store;
    const event = { authorId, actionName: "joined", createdAt: 1 };
    await engine.transaction(engine.query.insert(engine.tables.events).values(event));
  }

  it("become the Ghost User's", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await here.cast();
    for (const { id } of [ordinaryUser, otherUser]) {
      await did(id);
      await asAdmin.delete(`/users/${id}`).expect(204);
    }
    const [ghost, ...others] = await ghosts(asAdmin);
    expect(others).toEqual([]);
    const { body } = await asAdmin.get(`/users/${ghost}/events`).expect(200);
    expect(body).toHaveLength(2);
    expect(body[0]).toMatchObject({ author_username: "ghost", author_id: ghost });
    for (const query of ["", "?hard_delete=true"]) {
      await asAdmin.delete(`/users/${ghost}${query}`).expect(403, { message: "403 Forbidden" });
    }
    expect((await asAdmin.get(`/users/${ghost}/events`).expect(200)).body).toHaveLength(2);
  });

  it("are deleted by hard_delete=true, and without any no Ghost User is made", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await here.cast();
    await did(ordinaryUser.id);
    await asAdmin.delete(`/users/${ordinaryUser.id}?hard_delete=true`).expect(204);
    await asAdmin.delete(`/users/${otherUser.id}`).expect(204);
    expect(await ghosts(asAdmin)).toEqual([]);
    expect(await here.store.engine.query.$count(here.store.engine.tables.events)).toBe(0);
  });
});

describe("DELETE /users/:id", () => {
  it("122: is for administrators", async () => {
    const { asUser, otherUser } = await here.cast();
    const refused = await asUser.delete(`/users/${otherUser.id}`);
    expect([refused.status, refused.body]).toEqual([403, { message: "403 Forbidden" }]);
    const anonymous = await here.anyone.delete(`/users/${otherUser.id}`);
    expect([anonymous.status, anonymous.body]).toEqual([401, { message: "401 Unauthorized" }]);
  });

  it("122: needs the scope api", async () => {
    const { adminUser, otherUser } = await here.cast();
    const reader = await here.as(adminUser, "read_user");
    const { status, body } = await reader.delete(`/users/${otherUser.id}`);
    expect([status, body.error]).toEqual([403, "insufficient_scope"]);
  });

  it("122: answers 404 for an unknown id to administrators, 400 for a wrong hard_delete", async () => {
    const { asAdmin, asUser } = await here.cast();
    const unknown = await asAdmin.delete("/users/999999");
    expect([unknown.status, unknown.body]).toEqual([404, noUser]);
    const word = await asAdmin.delete("/users/ASDF");
    expect([word.status, word.body]).toEqual([404, { error: "404 Not Found" }]);
    const ordinary = await asUser.delete("/users/999999");
    expect([ordinary.status, ordinary.body]).toEqual([403, { message: "403 Forbidden" }]);
    const wrong = await asAdmin.delete("/users/1?hard_delete=perhaps");
    expect([wrong.status, wrong.body]).toEqual([400, { error: "hard_delete is invalid" }]);
  });

  it("119: deletes a user, who is then gone", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    const { status, text, headers } = await asAdmin.delete(`/users/${ordinaryUser.id}`);
    expect([status, text]).toEqual([204, ""]);
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await asAdmin.delete(`/users/${ordinaryUser.id}`);
    expect([again.status, again.body]).toEqual([404, noUser]);
    await asUser.get(`/users/${ordinaryUser.id}/followers`).expect(401);
  });

  it("119: takes both ends of their follows along, and mends what is counted", async () => {
    const { asAdmin, asUser, ordinaryUser, otherUser, privateUser } = await here.cast();
    await follows.follow(here.store, ordinaryUser.id, otherUser.id);
    await follows.follow(here.store, otherUser.id, ordinaryUser.id);
    await follows.follow(here.store, otherUser.id, privateUser.id);
    await asAdmin.delete(`/users/${otherUser.id}`).expect(204);
    expect(await here.named("una")).toMatchObject({ followers: 0, following: 0 });
    expect(await here.named("petra")).toMatchObject({ followers: 0 });
    const { body, headers } = await asUser.get(`/users/${ordinaryUser.id}/followers`);
    expect([body, headers["x-total"]]).toEqual([[], "0"]);
  });

  it("119: sets username and address free", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await asAdmin.delete(`/users/${ordinaryUser.id}`).expect(204);
    const names = { username: "una", name: "Una", email: "una@example.test" };
    const { status, body } = await asAdmin
      .post("/users")
      .send({ ...names, force_random_password: true });
    expect(status).toBe(201);
    expect(body.id).toBeGreaterThan(ordinaryUser.id);
  });

  it("120: keeps the only owner of a group", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await join(ordinaryUser.id, 50);
    const { status, body } = await asAdmin.delete(`/users/${ordinaryUser.id}`);
    expect([status, body]).toEqual([409, { message: SOLE }]);
    await asAdmin.delete(`/users/${ordinaryUser.id}?hard_delete=true`).expect(204);
  });

  it("120: reads hard_delete in a body, as some clients send it", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await join(ordinaryUser.id, 50);
    await asAdmin.delete(`/users/${ordinaryUser.id}`).send({ hard_delete: false }).expect(409);
    await asAdmin.delete(`/users/${ordinaryUser.id}`).send({ hard_delete: true }).expect(204);
  });

  it("120: lets go of one owner among several, and of a user who owns nothing", async () => {
    const { asAdmin, ordinaryUser, otherUser, privateUser } = await here.cast();
    await join(ordinaryUser.id, 50);
    await join(otherUser.id, 50);
    await join(privateUser.id, 40, 2);
    await asAdmin.delete(`/users/${ordinaryUser.id}`).expect(204);
    await asAdmin.delete(`/users/${privateUser.id}`).expect(204);
    await asAdmin.delete(`/users/${otherUser.id}`).expect(409);
  });

  it("121: deletes only what has not changed since", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const at = (date: string) =>
      asAdmin.delete(`/users/${ordinaryUser.id}`).set("If-Unmodified-Since", date);
    const old = await at("Mon, 01 Jan 1990 00:00:00 GMT");
    expect([old.status, old.body]).toEqual([412, { message: "412 Precondition Failed" }]);
    await at(new Date().toUTCString()).expect(204);
  });

  it("121: takes no notice of a date that is none", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await asAdmin
      .delete(`/users/${ordinaryUser.id}`)
      .set("If-Unmodified-Since", "once")
      .expect(204);
  });
});
