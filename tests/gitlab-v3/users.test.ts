import { describe, expect, it } from "@jest/globals";
import { invalidate } from "../../src/domain/invalidation.ts";
import { deleteAccount } from "../../src/domain/users/accounts.ts";
import { eq } from "../../src/storage/drizzle.ts";
import { insertRows } from "../support/raw.ts";
import {
  BASIC,
  FORBIDDEN,
  FULL,
  pageHeadersIn,
  stage,
  UNAUTHORIZED,
  USER,
  usernames,
} from "./stage.ts";

const here = stage();

describe("profile texts", () => {
  const TEXTS = ["bio", "location", "skype", "linkedin", "twitter", "website_url", "organization"];

  it("are null until they are set, and empty where they were emptied", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const path = `/users/${otherUser.id}`;
    const all = (value: string | null) => Object.fromEntries(TEXTS.map((name) => [name, value]));
    for (const client of [asAdmin, asUser]) {
      expect((await client.get(path).expect(200)).body).toMatchObject(all(null));
    }
    expect((await asAdmin.put(path).send(all("")).expect(200)).body).toMatchObject(all(""));
    expect((await asUser.get(path).expect(200)).body).toMatchObject(all(""));
    const set = { ...all("x"), website_url: "https://x.test" };
    expect((await asAdmin.put(path).send(set).expect(200)).body).toMatchObject(set);
    expect((await asAdmin.put(path).send(all(null)).expect(200)).body).toMatchObject(all(null));
    expect((await asAdmin.get("/users").expect(200)).body[0]).toMatchObject(all(null));
  });
});

describe("a caller without a credential", () => {
  const alone = stage({ config: { githubV3: false } });

  it("170: gets 401 from every operation on users", async () => {
    const { id } = await alone.user("una");
    await alone.anyone.get("/users").expect(401, UNAUTHORIZED);
    for (const path of [`/users/${id}`, "/users?username=una", `/users/${id}/events`, "/user"]) {
      await alone.anyone.get(path).expect(401, UNAUTHORIZED);
    }
    await alone.anyone.post("/users").send({}).expect(401, UNAUTHORIZED);
    await alone.anyone.delete("/users/1").expect(401, UNAUTHORIZED);
  });
});

describe("GET /users", () => {
  it("shows everybody to everybody, the newest first, in pages", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    await here.change(otherUser, { state: "blocked" });
    const few = await asUser.get("/users?per_page=2").expect(200);
    expect(usernames(few)).toEqual(["vera", "una"]);
    expect(few.headers).toMatchObject({ "x-total": "3", "x-total-pages": "2", "x-next-page": "2" });
    expect(few.headers.link).toContain(`<${here.api}/users?page=2&per_page=2>; rel="next"`);
    for (const row of few.body) expect(Object.keys(row)).toEqual(BASIC);
    const { body } = await asAdmin.get("/users").expect(200);
    for (const row of body) expect(Object.keys(row)).toEqual(FULL);
  });

  it("finds a part of a name, a username and administrators a part of an address", async () => {
    const { asAdmin: asUser, otherUser } = await here.cast();
    const found = async (text: string) =>
      usernames(await asUser.get(`/users?search=${encodeURIComponent(text)}`).expect(200));
    expect(await found("NA Ö")).toEqual(["una"]);
    expect(await found("er")).toEqual(["vera"]);
    expect(await found("ra@exam")).toEqual(["vera"]);
    expect(await found('a" OR "b')).toEqual([]);
    expect(await found("%")).toEqual([]);
    expect(await found(" ")).toHaveLength(3);
    expect(usernames(await asUser.get("/users?search=vera&blocked=true"))).toEqual([]);
    await here.change(otherUser, { state: "blocked" });
    expect(usernames(await asUser.get("/users?search=vera&blocked=true"))).toEqual(["vera"]);
  });

  it("finds addresses as they are now, and the primary ones alone", async () => {
    const { asAdmin: asUser, ordinaryUser, otherUser } = await here.cast();
    const { engine } = here.store;
    const { emails } = engine.tables;
    const found = async (text: string) =>
      usernames(await asUser.get(`/users?search=${encodeURIComponent(text)}`).expect(200));
    const email = "Over.50%_off@shop.test";
    await engine.transaction(
      engine.query.update(emails).set({ email }).where(eq(emails.userId, otherUser.id)),
    );
    expect(await found("vera@exam")).toEqual([]);
    for (const text of ["50%_off@SHOP", "%_o", "r.5", "over.50%_off@shop.test"]) {
      expect(await found(text)).toEqual(["vera"]);
    }
    // Each with all the letters of the address in threes, but in another order.
    for (const text of ["_off@shopOver", "50%%off", "50x_off", "shop.testshop"]) {
      expect(await found(text)).toEqual([]);
    }
    const second = {
      userId: ordinaryUser.id,
      email: "second@una.test",
      createdAt: 1,
      updatedAt: 1,
    };
    await insertRows(engine, emails, [second]);
    expect(await found("second@una")).toEqual([]);
    await deleteAccount(here.store, otherUser.id);
    expect(await found("50%_off")).toEqual([]);
    expect(await found("x".repeat(5000))).toEqual([]);
  });

  it("finds a text that nearly every user has, in pages without totals", async () => {
    const { asAdmin: asUser, otherUser } = await here.cast();
    const { engine } = here.store;
    const { users, emails } = engine.tables;
    const times = { createdAt: 1, updatedAt: 1 };
    const names = Array.from({ length: 10_001 }, (_, place) => `dev-${place}`);
    await insertRows(
      engine,
      users,
      names.map((username) => ({ username, name: "Jürgen", confirmedAt: 1, ...times })),
    );
    const made = await engine.query
      .select({ userId: users.id, username: users.username })
      .from(users)
      .where(eq(users.name, "Jürgen"));
    await insertRows(
      engine,
      emails,
      made.map(({ userId, username }) => ({
        ...{ userId, email: `${username}@many.test`, primary: true, ...times },
      })),
    );
    invalidate.everything(here.store);
    const ask = (query: string) => asUser.get(`/users?per_page=2&${query}`).expect(200);
    for (const search of ["dev", "@MANY.test", "d", "many", "jüRGen", "JÜRGEN"]) {
      const answer = await ask(`search=${encodeURIComponent(search)}&page=2`);
      expect([search, usernames(answer)]).toEqual([search, ["dev-9998", "dev-9997"]]);
      expect(answer.headers).not.toHaveProperty("x-total");
      expect(answer.headers).toMatchObject({ "x-next-page": "3", "x-prev-page": "1" });
    }
    await here.change(otherUser, { state: "blocked", name: "dev" });
    for (const search of ["dev", "d"]) {
      const blocked = await ask(`search=${search}&blocked=true`);
      expect(usernames(blocked)).toEqual(["vera"]);
      expect(blocked.headers["x-total"]).toBe("1");
    }
  });

  it("finds a username in its own case alone, with any other parameter, and not in pages", async () => {
    const { asUser } = await here.cast();
    const one = await asUser.get("/users?username=vera&blocked=true&search=zzz").expect(200);
    expect(usernames(one)).toEqual(["vera"]);
    expect(pageHeadersIn(one)).toEqual([]);
    for (const name of ["VERA", "missing"])
      await asUser.get(`/users?username=${name}`).expect(200, []);
  });

  it("filters by state for everybody, and by `external` for administrators", async () => {
    const { asAdmin, asUser, ordinaryUser, otherUser } = await here.cast();
    await here.change(otherUser, { state: "ldap_blocked", external: true });
    for (const client of [asAdmin, asUser]) {
      expect(usernames(await client.get("/users?active=true"))).toEqual(["una", "root"]);
      expect(usernames(await client.get("/users?blocked=true"))).toEqual(["vera"]);
      expect(usernames(await client.get("/users?active=false"))).toHaveLength(3);
    }
    await here.change(ordinaryUser, { external: true });
    expect(usernames(await asAdmin.get("/users?external=true"))).toEqual(["vera", "una"]);
    expect(usernames(await asUser.get("/users?external=true"))).toHaveLength(3);
    await asUser.get("/users?active=maybe").expect(400, { error: "active is invalid" });
  });
});

describe("GET /users/{id}", () => {
  it("answers 404 for an unknown id", async () => {
    const { asAdmin, asUser } = await here.cast();
    for (const client of [asAdmin, asUser]) {
      await client.get("/users/999999").expect(404, { message: "404 Not found" });
    }
  });

  it("shows the full profile to administrators alone, and is_admin to everybody", async () => {
    const { asAdmin, asUser, adminUser, otherUser } = await here.cast();
    const seen = await asUser.get(`/users/${adminUser.id}`).expect(200);
    expect(Object.keys(seen.body)).toEqual(USER);
    expect(seen.body.is_admin).toBe(true);
    const full = await asAdmin.get(`/users/${otherUser.id}`).expect(200);
    expect(Object.keys(full.body)).toEqual(FULL);
    expect(full.body).toMatchObject({
      ...{ name: "vera", username: "vera", state: "active", email: "vera@example.test" },
      ...{ web_url: `${here.origin}/vera`, is_admin: false, identities: [], external: false },
    });
  });
});

const NEW = { email: "new@example.test", password: "kerosene-42", name: "New", username: "newbie" };

describe("POST /users", () => {
  it("is for administrators", async () => {
    const { asUser } = await here.cast();
    await asUser.post("/users").send(NEW).expect(403, FORBIDDEN);
  });

  it("names the first of the four that is not given", async () => {
    const { asAdmin } = await here.cast();
    for (const name of ["email", "password", "name", "username"] as const) {
      const message = `400 (Bad request) "${name}" not given`;
      const { [name]: _, ...rest } = NEW;
      await asAdmin.post("/users").send(rest).expect(400, { message });
      await asAdmin
        .post("/users")
        .send({ ...NEW, [name]: "" })
        .expect(400, { message });
      await asAdmin
        .post("/users")
        .send({ ...NEW, [name]: null })
        .expect(400, { message });
    }
    await asAdmin
      .post("/users")
      .send({})
      .expect(400, { message: '400 (Bad request) "email" not given' });
    const named = { message: '400 (Bad request) "name" not given' };
    const { name: _, username: __, ...half } = NEW;
    await asAdmin.post("/users").type("form").send(half).expect(400, named);
    await asAdmin
      .post("/users")
      .send({ ...NEW, admin: "perhaps" })
      .expect(400, { error: "admin is invalid" });
  });

  it("leaves users who exist within reach", async () => {
    const { asAdmin } = await here.cast();
    const taken = (body: object, what: string) =>
      asAdmin
        .post("/users")
        .send({ ...NEW, ...body })
        .expect(409, { message: `${what} has already been taken` });
    await taken({ email: "UNA@example.test" }, "Email");
    await taken({ username: "UNA" }, "Username");
    const short = { ...NEW, password: "short" };
    const { body } = await asAdmin.post("/users").send(short).expect(400);
    expect(body.message).toEqual({ password: ["is too short (minimum is 8 characters)"] });
  });

  it("178: confirm=false makes a confirmed user; nothing newer is shown", async () => {
    const { asAdmin } = await here.cast();
    const { body } = await asAdmin
      .post("/users")
      .send({ ...NEW, confirm: false, bio: "b", admin: true, provider: "p", extern_uid: "x" })
      .expect(201);
    expect(Object.keys(body)).toEqual(FULL);
    for (const name of ["locked", "namespace_id"]) expect(body).not.toHaveProperty(name);
    expect(body).toMatchObject({ bio: "b", is_admin: true, email: NEW.email });
    expect(body.identities).toEqual([{ provider: "p", extern_uid: "x" }]);
    expect(body.confirmed_at).not.toBeNull();
  });

  it("178: by itself the address has to be confirmed", async () => {
    const { asAdmin } = await here.cast();
    const { body } = await asAdmin.post("/users").type("form").send(NEW).expect(201);
    expect(body.confirmed_at).toBeNull();
  });
});

describe("PUT /users/{id}", () => {
  it("is for administrators, for users who exist, and for values that no other user has", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    await asUser.put(`/users/${ordinaryUser.id}`).send({ bio: "b" }).expect(403, FORBIDDEN);
    await asAdmin.put("/users/999999").send({}).expect(404, { message: "404 Not found" });
    const message = "Username has already been taken";
    await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ username: "vera" })
      .expect(409, { message });
  });

  it("changes what is given", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const { body } = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ bio: "b", username: "una" })
      .expect(200);
    expect(Object.keys(body)).toEqual(FULL);
    expect(body).toMatchObject({ bio: "b", name: "Una Öst" });
  });
});

describe("DELETE /users/{id}", () => {
  it("is for administrators", async () => {
    const { asUser, otherUser } = await here.cast();
    await asUser.delete(`/users/${otherUser.id}`).expect(403, FORBIDDEN);
  });

  it("175: answers the deleted user, and 200 with null for an unknown id", async () => {
    const { asAdmin, otherUser } = await here.cast();
    const { body } = await asAdmin.delete(`/users/${otherUser.id}`).expect(200);
    expect(body).toMatchObject({ id: otherUser.id, email: "vera@example.test" });
    await expect(here.named("vera")).rejects.toMatchObject({ kind: "not-found" });
    const again = await asAdmin.delete(`/users/${otherUser.id}`).expect(200);
    expect(again.text).toBe("null");
  });
});

describe("the events of a user whom v3 deletes", () => {
  it("go with the user, as GitLab 8.13 had no Ghost User", async () => {
    const { asAdmin, otherUser } = await here.cast();
    const { engine } = here.store;
    const { events } = engine.tables;
    const event = { authorId: otherUser.id, actionName: "opened", createdAt: 1 };
    await engine.transaction(engine.query.insert(events).values(event));
    await asAdmin.delete(`/users/${otherUser.id}`).expect(200);
    expect(await engine.query.$count(events)).toBe(0);
    await expect(here.named("ghost")).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("DELETE /users/{id} with idempotentDeletion off", () => {
  const strict = stage({ config: { idempotentDeletion: false } });

  it("answers 404 the second time", async () => {
    const { asAdmin, otherUser } = await strict.cast();
    await asAdmin.delete(`/users/${otherUser.id}`).expect(200);
    await asAdmin.delete(`/users/${otherUser.id}`).expect(404, { message: "404 User Not Found" });
  });
});

describe("PUT /users/{uid}/block", () => {
  it("171: refuses ordinary users, unknown ids and LDAP-blocked users", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    await asUser.put(`/users/${otherUser.id}/block`).expect(403, FORBIDDEN);
    await asAdmin.put("/users/999999/block").expect(404, { message: "404 User Not Found" });
    await here.change(otherUser, { state: "ldap_blocked" });
    const message = (done: string) =>
      `403 Forbidden - LDAP blocked users cannot be ${done} by the API`;
    await asAdmin.put(`/users/${otherUser.id}/block`).expect(403, { message: message("modified") });
    await asAdmin
      .put(`/users/${otherUser.id}/unblock`)
      .expect(403, { message: message("unblocked") });
  });

  it("171: says whether anything changed", async () => {
    const { asAdmin, otherUser } = await here.cast();
    for (const text of ["true", "false"]) {
      expect((await asAdmin.put(`/users/${otherUser.id}/block`).expect(200)).text).toBe(text);
    }
    expect((await asAdmin.get(`/users/${otherUser.id}`)).body.state).toBe("blocked");
  });
});

describe("PUT /users/{uid}/unblock", () => {
  it("refuses ordinary users and unknown ids", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    await asUser.put(`/users/${otherUser.id}/unblock`).expect(403, FORBIDDEN);
    await asAdmin.put("/users/999999/unblock").expect(404, { message: "404 User Not Found" });
  });

  it("says whether anything changed", async () => {
    const { asAdmin, otherUser } = await here.cast();
    await here.change(otherUser, { state: "blocked" });
    for (const text of ["true", "false"]) {
      expect((await asAdmin.put(`/users/${otherUser.id}/unblock`).expect(200)).text).toBe(text);
    }
    expect((await here.named("vera")).state).toBe("active");
  });
});

it("the tokens of a deleted user are deleted with them", async () => {
  const { asUser, ordinaryUser } = await here.cast();
  await deleteAccount(here.store, ordinaryUser.id);
  await asUser.get("/user").expect(401, UNAUTHORIZED);
});
