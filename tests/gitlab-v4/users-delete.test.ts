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
  const ghosts = async (R: Awaited<ReturnType<typeof here.cast>>["R"]) =>
    ((await R.get("/users?search=Ghost User").expect(200)).body as { id: number }[]).map(
      ({ id }) => id,
    );

  async function did(authorId: number) {
    const { engine } = here.store;
    const event = { authorId, actionName: "joined", createdAt: 1 };
    await engine.transaction(engine.query.insert(engine.tables.events).values(event));
  }

  it("become the Ghost User's", async () => {
    const { R, u, v } = await here.cast();
    for (const { id } of [u, v]) {
      await did(id);
      await R.delete(`/users/${id}`).expect(204);
    }
    const [ghost, ...others] = await ghosts(R);
    expect(others).toEqual([]);
    const { body } = await R.get(`/users/${ghost}/events`).expect(200);
    expect(body).toHaveLength(2);
    expect(body[0]).toMatchObject({ author_username: "ghost", author_id: ghost });
    for (const query of ["", "?hard_delete=true"]) {
      await R.delete(`/users/${ghost}${query}`).expect(403, { message: "403 Forbidden" });
    }
    expect((await R.get(`/users/${ghost}/events`).expect(200)).body).toHaveLength(2);
  });

  it("go with hard_delete=true, or where there are none", async () => {
    const { R, u, v } = await here.cast();
    await did(u.id);
    await R.delete(`/users/${u.id}?hard_delete=true`).expect(204);
    await R.delete(`/users/${v.id}`).expect(204);
    expect(await ghosts(R)).toEqual([]);
    expect(await here.store.engine.query.$count(here.store.engine.tables.events)).toBe(0);
  });
});

describe("DELETE /users/:id", () => {
  it("122: is for administrators", async () => {
    const { U, v } = await here.cast();
    const refused = await U.delete(`/users/${v.id}`);
    expect([refused.status, refused.body]).toEqual([403, { message: "403 Forbidden" }]);
    const anonymous = await here.anyone.delete(`/users/${v.id}`);
    expect([anonymous.status, anonymous.body]).toEqual([401, { message: "401 Unauthorized" }]);
  });

  it("122: needs the scope api", async () => {
    const { r, v } = await here.cast();
    const reader = await here.as(r, "read_user");
    const { status, body } = await reader.delete(`/users/${v.id}`);
    expect([status, body.error]).toEqual([403, "insufficient_scope"]);
  });

  it("122: knows who is there", async () => {
    const { R, U } = await here.cast();
    const unknown = await R.delete("/users/999999");
    expect([unknown.status, unknown.body]).toEqual([404, noUser]);
    const word = await R.delete("/users/ASDF");
    expect([word.status, word.body]).toEqual([404, { error: "404 Not Found" }]);
    const ordinary = await U.delete("/users/999999");
    expect([ordinary.status, ordinary.body]).toEqual([403, { message: "403 Forbidden" }]);
    const wrong = await R.delete("/users/1?hard_delete=perhaps");
    expect([wrong.status, wrong.body]).toEqual([400, { error: "hard_delete is invalid" }]);
  });

  it("119: deletes a user, who is then gone", async () => {
    const { R, U, u } = await here.cast();
    const { status, text, headers } = await R.delete(`/users/${u.id}`);
    expect([status, text]).toEqual([204, ""]);
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await R.delete(`/users/${u.id}`);
    expect([again.status, again.body]).toEqual([404, noUser]);
    await U.get(`/users/${u.id}/followers`).expect(401);
  });

  it("119: takes both ends of their follows along, and mends what is counted", async () => {
    const { R, U, u, v, p } = await here.cast();
    await follows.follow(here.store, u.id, v.id);
    await follows.follow(here.store, v.id, u.id);
    await follows.follow(here.store, v.id, p.id);
    await R.delete(`/users/${v.id}`).expect(204);
    expect(await here.named("una")).toMatchObject({ followers: 0, following: 0 });
    expect(await here.named("petra")).toMatchObject({ followers: 0 });
    const { body, headers } = await U.get(`/users/${u.id}/followers`);
    expect([body, headers["x-total"]]).toEqual([[], "0"]);
  });

  it("119: sets username and address free", async () => {
    const { R, u } = await here.cast();
    await R.delete(`/users/${u.id}`).expect(204);
    const names = { username: "una", name: "Una", email: "una@example.test" };
    const { status, body } = await R.post("/users").send({ ...names, force_random_password: true });
    expect(status).toBe(201);
    expect(body.id).toBeGreaterThan(u.id);
  });

  it("120: keeps the only owner of a group", async () => {
    const { R, u } = await here.cast();
    await join(u.id, 50);
    const { status, body } = await R.delete(`/users/${u.id}`);
    expect([status, body]).toEqual([409, { message: SOLE }]);
    await R.delete(`/users/${u.id}?hard_delete=true`).expect(204);
  });

  it("120: reads hard_delete in a body, as some clients send it", async () => {
    const { R, u } = await here.cast();
    await join(u.id, 50);
    await R.delete(`/users/${u.id}`).send({ hard_delete: false }).expect(409);
    await R.delete(`/users/${u.id}`).send({ hard_delete: true }).expect(204);
  });

  it("120: lets go of one owner among several, and of whoever owns nothing", async () => {
    const { R, u, v, p } = await here.cast();
    await join(u.id, 50);
    await join(v.id, 50);
    await join(p.id, 40, 2);
    await R.delete(`/users/${u.id}`).expect(204);
    await R.delete(`/users/${p.id}`).expect(204);
    await R.delete(`/users/${v.id}`).expect(409);
  });

  it("121: deletes only what has not changed since", async () => {
    const { R, u } = await here.cast();
    const at = (date: string) => R.delete(`/users/${u.id}`).set("If-Unmodified-Since", date);
    const old = await at("Mon, 01 Jan 1990 00:00:00 GMT");
    expect([old.status, old.body]).toEqual([412, { message: "412 Precondition Failed" }]);
    await at(new Date().toUTCString()).expect(204);
  });

  it("121: takes no notice of a date that is none", async () => {
    const { R, u } = await here.cast();
    await R.delete(`/users/${u.id}`).set("If-Unmodified-Since", "once").expect(204);
  });
});
