import { beforeEach, describe, expect, it } from "@jest/globals";
import request from "supertest";
import { hashPassword } from "../../src/domain/credentials/passwords.ts";
import { checkPassword, SignInBusyError } from "../../src/domain/credentials/sign-in.ts";
import type { User } from "../../src/domain/user.ts";
import { stage } from "../gitlab-v4/stage.ts";

let now = Date.UTC(2026, 5, 1);
const here = stage({
  clock: () => now,
  config: { trustedProxies: ["loopback"], signInLimit: 0, followLimit: 5 },
});
const KEYS = ["/api/v3/user", "/api/v4/user", "/user"] as const;

/** The status of a token in every dialect and mount. */
async function statuses(token: string): Promise<Record<string, number>> {
  const ask = (path: string) => request(here.origin).get(path).set("User-Agent", "test");
  const bearer = { Authorization: `Bearer ${token}` };
  const [github, root] = [await ask(KEYS[0]).set(bearer), await ask(KEYS[2]).set(bearer)];
  const v4 = await ask(KEYS[1]).set("PRIVATE-TOKEN", token);
  const v3 = await ask(KEYS[0]).set("PRIVATE-TOKEN", token);
  const graphql = await request(here.origin)
    .post("/api/graphql")
    .set({ ...bearer, "User-Agent": "test" })
    .send({ query: "{ viewer { login } }" });
  return {
    github: github.status,
    root: root.status,
    v4: v4.status,
    v3: v3.status,
    graphql: graphql.status,
  };
}

describe("who may call at all is one rule for every dialect, mount and GraphQL", () => {
  const everywhere = (status: number) => ({
    github: status,
    root: status,
    v4: status,
    graphql: status,
  });
  it.each<[string, Partial<User>]>([
    ["blocked", { state: "blocked" }],
    ["banned", { state: "banned" }],
    ["pending", { state: "blocked_pending_approval" }],
    ["deactivated", { state: "deactivated" }],
    ["internal", { type: "internal" }],
    ["unconfirmed", { confirmedAt: null }],
    ["told a password that has expired", { passwordExpiresAt: 1 }],
  ])("%s", async (_, change) => {
    const { ordinaryUser } = await here.cast();
    const token = await here.token(ordinaryUser, "api", "user");
    expect(await statuses(token)).toEqual({ ...everywhere(200), v3: 200 });
    await here.change(ordinaryUser, change);
    expect(await statuses(token)).toEqual({ ...everywhere(403), v3: 401 });
  });
});

describe("impersonation that is switched off is off in every dialect, mount and GraphQL", () => {
  const off = stage({ config: { impersonation: false } });

  it("for tokens of both vendors' kinds, while other tokens go on working", async () => {
    const { adminUser, ordinaryUser } = await off.cast();
    const wanted = {
      ...{ userId: ordinaryUser.id, name: "t", scopes: ["api", "user"] },
      createdById: adminUser.id,
    };
    const own = await off.token(ordinaryUser, "api", "user");
    const ask = async (token: string) => {
      const bearer = { Authorization: `Bearer ${token}`, "User-Agent": "test" };
      const at = (path: string) => request(off.origin).get(path);
      const query = { query: "{ viewer { login } }" };
      const answers = await Promise.all([
        at("/api/v3/user").set(bearer),
        at("/user").set(bearer),
        at("/api/v4/user").set("PRIVATE-TOKEN", token),
        at("/api/v3/user").set("PRIVATE-TOKEN", token),
        request(off.origin).post("/api/graphql").set(bearer).send(query),
      ]);
      return answers.map(({ status }) => status);
    };
    expect(await ask(own)).toEqual([200, 200, 200, 200, 200]);
    for (const kind of ["impersonation", "site_admin_impersonation"] as const) {
      const [token] = await off.issue({ ...wanted, kind });
      expect(await ask(token)).toEqual([401, 401, 401, 401, 401]);
    }
  });
});

describe("the limit of looks at single users", () => {
  const few = stage({ config: { lookupLimit: 3 } });

  it("counts both of GitLab's versions together, and administrators not at all", async () => {
    const { adminUser, ordinaryUser, otherUser } = await few.cast();
    const look = async (path: string, token: string) =>
      (await request(few.origin).get(`${path}/users/${otherUser.id}`).set("PRIVATE-TOKEN", token))
        .status;
    const token = await few.token(ordinaryUser, "api");
    expect(await look("/api/v3", token)).toBe(200);
    expect(await look("/api/v4", token)).toBe(200);
    expect(await look("/api/v3", token)).toBe(200);
    expect(await look("/api/v3", token)).toBe(429);
    expect(await look("/api/v4", token)).toBe(429);
    const admin = await few.token(adminUser, "api");
    for (let each = 0; each < 5; each += 1) expect(await look("/api/v3", admin)).toBe(200);
  });
});

describe("a private profile is private in every dialect, mount and GraphQL", () => {
  const PATHS = ["followers", "following"].flatMap((end) => [
    `/api/v3/users/victim/${end}`,
    `/users/victim/${end}`,
    `/api/v3/user/ID/${end}`,
    `/api/v4/users/ID/${end}`,
  ]);

  it("to all but its owner and administrators", async () => {
    const { adminUser, ordinaryUser } = await here.cast();
    const victim = await here.change(await here.user("victim"), { privateProfile: true });
    const follow = async (who: User, whom: User) =>
      (await here.as(who, "api")).post(`/users/${whom.id}/follow`).expect(201);
    await follow(victim, ordinaryUser);
    await follow(ordinaryUser, victim);
    const paths = [...PATHS, "/api/v3/users/victim/following/una"].map((path) =>
      path.replace("ID", String(victim.id)),
    );
    for (const path of paths) {
      const seen: Record<string, number> = {};
      for (const [name, who] of Object.entries({
        other: ordinaryUser,
        owner: victim,
        admin: adminUser,
      })) {
        const token = await here.token(who, "api", "user");
        const { status } = await request(here.origin)
          .get(path)
          .set({ Authorization: `Bearer ${token}`, "User-Agent": "test" });
        seen[name] = status;
      }
      const shown = path.endsWith("/una") ? 204 : 200;
      expect([path, seen]).toEqual([path, { other: 404, owner: shown, admin: shown }]);
    }
    const anonymous = request(here.origin).get("/api/v3/users/victim").set("User-Agent", "test");
    const { body } = await anonymous.expect(200);
    expect(body).toMatchObject({ followers: 0, following: 0, created_at: "1970-01-01T00:00:00Z" });
    const query =
      '{ user(login: "victim") { followers(first: 1) { totalCount nodes { login } } } }';
    const { body: graph } = await request(here.origin)
      .post("/api/graphql")
      .set({
        Authorization: `Bearer ${await here.token(ordinaryUser, "user")}`,
        "User-Agent": "test",
      })
      .send({ query });
    expect(graph.data.user.followers).toEqual({ totalCount: 0, nodes: [] });
  });
});

it("GET /users of GitHub's dialect shows closed accounts to administrators alone", async () => {
  const { adminUser, ordinaryUser } = await here.cast();
  for (const state of ["blocked", "banned", "blocked_pending_approval"] as const) {
    await here.change(await here.user(state), { state });
  }
  const logins = async (user: User) => {
    const token = await here.token(user, "user", "site_admin");
    const { body } = await request(here.origin)
      .get("/api/v3/users?per_page=100")
      .set({ Authorization: `Bearer ${token}`, "User-Agent": "test" });
    return (body as { login: string }[]).map(({ login }) => login);
  };
  expect(await logins(ordinaryUser)).not.toContain("banned");
  expect(await logins(ordinaryUser)).not.toContain("blocked");
  expect(await logins(adminUser)).toEqual(expect.arrayContaining(["banned", "blocked"]));
});

it("v3 searches private addresses for administrators alone", async () => {
  const { adminUser, ordinaryUser } = await here.cast();
  await here.user("victim", { email: "secret-address@example.test" });
  const found = async (user: User, search: string) => {
    const { body } = await request(here.origin)
      .get(`/api/v3/users?search=${search}`)
      .set("PRIVATE-TOKEN", await here.token(user, "api"));
    return (body as { username: string }[]).map(({ username }) => username);
  };
  for (const part of ["secret-address", "se", "secret-address@example.test"]) {
    expect(await found(ordinaryUser, part)).not.toContain("victim");
    expect(await found(adminUser, part)).toContain("victim");
  }
});

it("a user who switches following off follows no user and is followed by none, in any dialect", async () => {
  const { ordinaryUser, otherUser } = await here.cast();
  const token = await here.token(ordinaryUser, "api", "user");
  const ask = () => request(here.origin);
  const bearer = { Authorization: `Bearer ${token}`, "User-Agent": "test" };
  const mutation = `mutation { followUser(input: { userId: "${Buffer.from(`04:User${otherUser.id}`).toString("base64")}" })
    { user { viewerIsFollowing } } }`;
  const attempts = async () => {
    const v4 = await ask().post(`/api/v4/users/${otherUser.id}/follow`).set("PRIVATE-TOKEN", token);
    await ask().put("/api/v3/user/following/vera").set(bearer).expect(204);
    await ask().put("/user/following/vera").set(bearer).expect(204);
    await ask().post("/api/graphql").set(bearer).send({ query: mutation }).expect(200);
    const { status } = await ask().get("/api/v3/user/following/vera").set(bearer);
    return [v4.status, status];
  };
  for (const [off, on] of [
    [ordinaryUser, otherUser],
    [otherUser, ordinaryUser],
  ] as const) {
    await here.change(off, { enabledFollowing: false });
    await here.change(on, { enabledFollowing: true });
    expect(await attempts()).toEqual([304, 404]);
  }
  await here.change(otherUser, { enabledFollowing: true });
  expect(await attempts()).toEqual([201, 204]);
});

it("the limit of follows holds for any number of requests at once", async () => {
  const { ordinaryUser } = await here.cast();
  const asUser = await here.as(ordinaryUser, "api");
  const others = [];
  for (let each = 0; each < 20; each += 1) others.push(await here.user(`other-${each}`));
  const answers = await Promise.all(others.map(({ id }) => asUser.post(`/users/${id}/follow`)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(15);
});

describe("signing in with a password", () => {
  const GOOD = "lovely-Day-42!";
  let ordinaryUser: User;
  let asAdmin: Awaited<ReturnType<typeof here.as>>;
  beforeEach(async () => {
    const cast = await here.cast();
    asAdmin = cast.asAdmin;
    ordinaryUser = await here.change(cast.ordinaryUser, { passwordHash: await hashPassword(GOOD) });
  });
  const signIn = (password: string, address: string) =>
    request(here.origin)
      .post("/api/v3/session")
      .set("X-Forwarded-For", address)
      .send({ login: "una", password });

  it("moves the counters of sign-ins, which using a token does not", async () => {
    const asUser = await here.as(ordinaryUser, "api");
    await asUser.get("/user").expect(200);
    expect(await here.named("una")).toMatchObject({ signInCount: 0, currentSignInAt: null });
    await signIn(GOOD, "10.0.0.1").expect(201);
    expect(await here.named("una")).toMatchObject({ signInCount: 1, currentSignInIp: "10.0.0.1" });
  });

  it("is locked after ten wrong ones for ten minutes, but not where its owner signed in", async () => {
    await signIn(GOOD, "10.0.0.1").expect(201);
    for (let each = 0; each < 9; each += 1) await signIn("wrong-password", "10.6.6.6").expect(401);
    expect((await asAdmin.get(`/users/${ordinaryUser.id}`)).body.locked).toBe(false);
    await signIn("wrong-password", "10.6.6.6").expect(401);
    expect((await asAdmin.get(`/users/${ordinaryUser.id}`)).body.locked).toBe(true);
    await signIn(GOOD, "10.6.6.6").expect(401);
    await signIn(GOOD, "10.0.0.9").expect(401);
    await signIn(GOOD, "10.0.0.1").expect(201);
    for (let each = 0; each < 10; each += 1) await signIn("wrong-password", "10.6.6.6");
    now += 10 * 60 * 1000;
    expect((await asAdmin.get(`/users/${ordinaryUser.id}`)).body.locked).toBe(false);
    await signIn(GOOD, "10.0.0.9").expect(201);
  });

  it("checks 64 passwords at a time, and puts off one more", async () => {
    const begun = Array.from({ length: 64 }, () => checkPassword(here.store, "none", "wrong"));
    await expect(checkPassword(here.store, "none", "wrong")).rejects.toThrow(SignInBusyError);
    await Promise.all(begun);
    expect(await checkPassword(here.store, "none", "wrong")).toEqual({ user: undefined });
  });

  it("is put off, with 429, while very many passwords are checked", async () => {
    const answers = await Promise.all(
      Array.from({ length: 90 }, () =>
        request(here.origin).post("/api/v3/session").send({ login: "none", password: "wrong" }),
      ),
    );
    const of = (wanted: number) => answers.filter(({ status }) => status === wanted);
    expect(of(401).length + of(429).length).toBe(90);
    expect(of(401).length).toBeGreaterThanOrEqual(64);
    for (const { headers } of of(429)) expect(headers["retry-after"]).toBe("1");
  });

  it("is refused with an expired password and an unconfirmed address", async () => {
    await here.change(ordinaryUser, { passwordExpiresAt: 1 });
    await signIn(GOOD, "10.0.0.1").expect(401);
    await here.change(ordinaryUser, { passwordExpiresAt: null, confirmedAt: null });
    await signIn(GOOD, "10.0.0.1").expect(401);
  });

  it("ends private tokens and mailed links when the password is changed", async () => {
    const { private_token } = (await signIn(GOOD, "10.0.0.1").expect(201)).body;
    await here.client(private_token).get("/user").expect(200);
    await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ password: "another-Day-42!" })
      .expect(200);
    await here.change(ordinaryUser, { passwordExpiresAt: null });
    await here.client(private_token).get("/user").expect(401);
  });
});
