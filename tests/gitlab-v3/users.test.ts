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
    const { R, U, v } = await here.cast();
    const path = `/users/${v.id}`;
    const all = (value: string | null) => Object.fromEntries(TEXTS.map((name) => [name, value]));
    for (const client of [R, U]) {
      expect((await client.get(path).expect(200)).body).toMatchObject(all(null));
    }
    expect((await R.put(path).send(all("")).expect(200)).body).toMatchObject(all(""));
    expect((await U.get(path).expect(200)).body).toMatchObject(all(""));
    const set = { ...all("x"), website_url: "https://x.test" };
    expect((await R.put(path).send(set).expect(200)).body).toMatchObject(set);
    expect((await R.put(path).send(all(null)).expect(200)).body).toMatchObject(all(null));
    expect((await R.get("/users").expect(200)).body[0]).toMatchObject(all(null));
  });
});

describe("whoever shows no credential", () => {
  const alone = stage({ config: { githubV3: false } });

  it("170: is told nothing", async () => {
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
    const { R, U, v } = await here.cast();
    await here.change(v, { state: "blocked" });
    const few = await U.get("/users?per_page=2").expect(200);
    expect(usernames(few)).toEqual(["vera", "una"]);
    expect(few.headers).toMatchObject({ "x-total": "3", "x-total-pages": "2", "x-next-page": "2" });
    expect(few.headers.link).toContain(`<${here.api}/users?page=2&per_page=2>; rel="next"`);
    for (const row of few.body) expect(Object.keys(row)).toEqual(BASIC);
    const { body } = await R.get("/users").expect(200);
    for (const row of body) expect(Object.keys(row)).toEqual(FULL);
  });

  it("finds a part of a name, a username and administrators a part of an address", async () => {
    const { R: U, v } = await here.cast();
    const found = async (text: string) =>
      usernames(await U.get(`/users?search=${encodeURIComponent(text)}`).expect(200));
    expect(await found("NA Ö")).toEqual(["una"]);
    expect(await found("er")).toEqual(["vera"]);
    expect(await found("ra@exam")).toEqual(["vera"]);
    expect(await found('a" OR "b')).toEqual([]);
    expect(await found("%")).toEqual([]);
    expect(await found(" ")).toHaveLength(3);
    expect(usernames(await U.get("/users?search=vera&blocked=true"))).toEqual([]);
    await here.change(v, { state: "blocked" });
    expect(usernames(await U.get("/users?search=vera&blocked=true"))).toEqual(["vera"]);
  });

  it("finds addresses as they are now, and the primary ones alone", async () => {
    const { R: U, u, v } = await here.cast();
    const { engine } = here.store;
    const { emails } = engine.tables;
    const found = async (text: string) =>
      usernames(await U.get(`/users?search=${encodeURIComponent(text)}`).expect(200));
    const email = "Over.50%_off@shop.test";
    await engine.transaction(
      engine.query.update(emails).set({ email }).where(eq(emails.userId, v.id)),
    );
    expect(await found("vera@exam")).toEqual([]);
    for (const text of ["50%_off@SHOP", "%_o", "r.5", "over.50%_off@shop.test"]) {
      expect(await found(text)).toEqual(["vera"]);
    }
    // Each with all the letters of the address in threes, but in another order.
    for (const text of ["_off@shopOver", "50%%off", "50x_off", "shop.testshop"]) {
      expect(await found(text)).toEqual([]);
    }
    const second = { userId: u.id, email: "second@una.test", createdAt: 1, updatedAt: 1 };
    await insertRows(engine, emails, [second]);
    expect(await found("second@una")).toEqual([]);
    await deleteAccount(here.store, v.id);
    expect(await found("50%_off")).toEqual([]);
    expect(await found("x".repeat(5000))).toEqual([]);
  });

  it("finds a text that nearly everybody has, in pages that nobody counts", async () => {
    const { R: U, v } = await here.cast();
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
    const ask = (query: string) => U.get(`/users?per_page=2&${query}`).expect(200);
    for (const search of ["dev", "@MANY.test", "d", "many", "jüRGen", "JÜRGEN"]) {
      const answer = await ask(`search=${encodeURIComponent(search)}&page=2`);
      expect([search, usernames(answer)]).toEqual([search, ["dev-9998", "dev-9997"]]);
      expect(answer.headers).not.toHaveProperty("x-total");
      expect(answer.headers).toMatchObject({ "x-next-page": "3", "x-prev-page": "1" });
    }
    await here.change(v, { state: "blocked", name: "dev" });
    for (const search of ["dev", "d"]) {
      const blocked = await ask(`search=${search}&blocked=true`);
      expect(usernames(blocked)).toEqual(["vera"]);
      expect(blocked.headers["x-total"]).toBe("1");
    }
  });

  it("finds a username in its own case alone, whatever else is asked, and not in pages", async () => {
    const { U } = await here.cast();
    const one = await U.get("/users?username=vera&blocked=true&search=zzz").expect(200);
    expect(usernames(one)).toEqual(["vera"]);
    expect(pageHeadersIn(one)).toEqual([]);
    for (const name of ["VERA", "nobody"]) await U.get(`/users?username=${name}`).expect(200, []);
  });

  it("filters by state for everybody, and by `external` for administrators", async () => {
    const { R, U, u, v } = await here.cast();
    await here.change(v, { state: "ldap_blocked", external: true });
    for (const client of [R, U]) {
      expect(usernames(await client.get("/users?active=true"))).toEqual(["una", "root"]);
      expect(usernames(await client.get("/users?blocked=true"))).toEqual(["vera"]);
      expect(usernames(await client.get("/users?active=false"))).toHaveLength(3);
    }
    await here.change(u, { external: true });
    expect(usernames(await R.get("/users?external=true"))).toEqual(["vera", "una"]);
    expect(usernames(await U.get("/users?external=true"))).toHaveLength(3);
    await U.get("/users?active=maybe").expect(400, { error: "active is invalid" });
  });
});

describe("GET /users/{id}", () => {
  it("knows whom there is", async () => {
    const { R, U } = await here.cast();
    for (const client of [R, U]) {
      await client.get("/users/999999").expect(404, { message: "404 Not found" });
    }
  });

  it("shows less to others than to administrators, but tells all who is one", async () => {
    const { R, U, r, v } = await here.cast();
    const seen = await U.get(`/users/${r.id}`).expect(200);
    expect(Object.keys(seen.body)).toEqual(USER);
    expect(seen.body.is_admin).toBe(true);
    const full = await R.get(`/users/${v.id}`).expect(200);
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
    const { U } = await here.cast();
    await U.post("/users").send(NEW).expect(403, FORBIDDEN);
  });

  it("names the first of the four that is not given", async () => {
    const { R } = await here.cast();
    for (const name of ["email", "password", "name", "username"] as const) {
      const message = `400 (Bad request) "${name}" not given`;
      const { [name]: _, ...rest } = NEW;
      await R.post("/users").send(rest).expect(400, { message });
      await R.post("/users")
        .send({ ...NEW, [name]: "" })
        .expect(400, { message });
      await R.post("/users")
        .send({ ...NEW, [name]: null })
        .expect(400, { message });
    }
    await R.post("/users").send({}).expect(400, { message: '400 (Bad request) "email" not given' });
    const named = { message: '400 (Bad request) "name" not given' };
    const { name: _, username: __, ...half } = NEW;
    await R.post("/users").type("form").send(half).expect(400, named);
    await R.post("/users")
      .send({ ...NEW, admin: "perhaps" })
      .expect(400, { error: "admin is invalid" });
  });

  it("is in the way of nobody who is there", async () => {
    const { R } = await here.cast();
    const taken = (body: object, what: string) =>
      R.post("/users")
        .send({ ...NEW, ...body })
        .expect(409, { message: `${what} has already been taken` });
    await taken({ email: "UNA@example.test" }, "Email");
    await taken({ username: "UNA" }, "Username");
    const short = { ...NEW, password: "short" };
    const { body } = await R.post("/users").send(short).expect(400);
    expect(body.message).toEqual({ password: ["is too short (minimum is 8 characters)"] });
  });

  it("178: confirm=false makes a confirmed user; nothing newer is shown", async () => {
    const { R } = await here.cast();
    const { body } = await R.post("/users")
      .send({ ...NEW, confirm: false, bio: "b", admin: true, provider: "p", extern_uid: "x" })
      .expect(201);
    expect(Object.keys(body)).toEqual(FULL);
    for (const name of ["locked", "namespace_id"]) expect(body).not.toHaveProperty(name);
    expect(body).toMatchObject({ bio: "b", is_admin: true, email: NEW.email });
    expect(body.identities).toEqual([{ provider: "p", extern_uid: "x" }]);
    expect(body.confirmed_at).not.toBeNull();
  });

  it("178: by itself the address has to be confirmed", async () => {
    const { R } = await here.cast();
    const { body } = await R.post("/users").type("form").send(NEW).expect(201);
    expect(body.confirmed_at).toBeNull();
  });
});

describe("PUT /users/{id}", () => {
  it("is for administrators, for whom there is, and for what nobody else has", async () => {
    const { R, U, u } = await here.cast();
    await U.put(`/users/${u.id}`).send({ bio: "b" }).expect(403, FORBIDDEN);
    await R.put("/users/999999").send({}).expect(404, { message: "404 Not found" });
    const message = "Username has already been taken";
    await R.put(`/users/${u.id}`).send({ username: "vera" }).expect(409, { message });
  });

  it("changes what is given", async () => {
    const { R, u } = await here.cast();
    const { body } = await R.put(`/users/${u.id}`).send({ bio: "b", username: "una" }).expect(200);
    expect(Object.keys(body)).toEqual(FULL);
    expect(body).toMatchObject({ bio: "b", name: "Una Öst" });
  });
});

describe("DELETE /users/{id}", () => {
  it("is for administrators", async () => {
    const { U, v } = await here.cast();
    await U.delete(`/users/${v.id}`).expect(403, FORBIDDEN);
  });

  it("175: tells who it was, and succeeds for who is not there", async () => {
    const { R, v } = await here.cast();
    const { body } = await R.delete(`/users/${v.id}`).expect(200);
    expect(body).toMatchObject({ id: v.id, email: "vera@example.test" });
    await expect(here.named("vera")).rejects.toMatchObject({ kind: "not-found" });
    const again = await R.delete(`/users/${v.id}`).expect(200);
    expect(again.text).toBe("null");
  });
});

describe("the events of a user whom v3 deletes", () => {
  it("go with the user, as GitLab 8.13 had no Ghost User", async () => {
    const { R, v } = await here.cast();
    const { engine } = here.store;
    const { events } = engine.tables;
    const event = { authorId: v.id, actionName: "opened", createdAt: 1 };
    await engine.transaction(engine.query.insert(events).values(event));
    await R.delete(`/users/${v.id}`).expect(200);
    expect(await engine.query.$count(events)).toBe(0);
    await expect(here.named("ghost")).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("DELETE /users/{id} where it is to be strict", () => {
  const strict = stage({ config: { idempotentDeletion: false } });

  it("knows whom there is", async () => {
    const { R, v } = await strict.cast();
    await R.delete(`/users/${v.id}`).expect(200);
    await R.delete(`/users/${v.id}`).expect(404, { message: "404 User Not Found" });
  });
});

describe("PUT /users/{uid}/block", () => {
  it("171: is for administrators, for whom there is and who is not of a directory", async () => {
    const { R, U, v } = await here.cast();
    await U.put(`/users/${v.id}/block`).expect(403, FORBIDDEN);
    await R.put("/users/999999/block").expect(404, { message: "404 User Not Found" });
    await here.change(v, { state: "ldap_blocked" });
    const message = (done: string) =>
      `403 Forbidden - LDAP blocked users cannot be ${done} by the API`;
    await R.put(`/users/${v.id}/block`).expect(403, { message: message("modified") });
    await R.put(`/users/${v.id}/unblock`).expect(403, { message: message("unblocked") });
  });

  it("171: says whether anything changed", async () => {
    const { R, v } = await here.cast();
    for (const text of ["true", "false"]) {
      expect((await R.put(`/users/${v.id}/block`).expect(200)).text).toBe(text);
    }
    expect((await R.get(`/users/${v.id}`)).body.state).toBe("blocked");
  });
});

describe("PUT /users/{uid}/unblock", () => {
  it("is for administrators and for whom there is", async () => {
    const { R, U, v } = await here.cast();
    await U.put(`/users/${v.id}/unblock`).expect(403, FORBIDDEN);
    await R.put("/users/999999/unblock").expect(404, { message: "404 User Not Found" });
  });

  it("says whether anything changed", async () => {
    const { R, v } = await here.cast();
    await here.change(v, { state: "blocked" });
    for (const text of ["true", "false"]) {
      expect((await R.put(`/users/${v.id}/unblock`).expect(200)).text).toBe(text);
    }
    expect((await here.named("vera")).state).toBe("active");
  });
});

it("somebody who goes takes their tokens with them", async () => {
  const { U, u } = await here.cast();
  await deleteAccount(here.store, u.id);
  await U.get("/user").expect(401, UNAUTHORIZED);
});
