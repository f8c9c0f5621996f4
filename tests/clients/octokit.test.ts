import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, jest } from "@jest/globals";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { User } from "../../src/domain/user.ts";
import { bases, logins, stage } from "../support/stage.ts";

const Client = Octokit.plugin(retry, throttling);
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN3aHAs5B";

const onRateLimit = jest.fn();
const onSecondaryRateLimit = jest.fn();
beforeEach(() => {
  jest.clearAllMocks();
});

/**
 * A client as its manual makes one. The plugin keeps a second between writes of one id, so each
 * client that a test makes has an id of its own, and none has to wait.
 */
function octokit(baseUrl: string, auth?: string) {
  return new Client({
    baseUrl,
    ...(auth === undefined ? {} : { auth }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    throttle: { id: randomUUID(), onRateLimit, onSecondaryRateLimit },
  });
}

const refused = (status: number) => expect.objectContaining({ name: "HttpError", status });

describe.each(bases)("Octokit at %j", (base) => {
  const here = stage(base);

  /** Makes a user, and returns a function that makes clients of theirs. */
  async function person(user: User, ...scopes: string[]) {
    const token = await here.world.token(user, ...scopes);
    return () => octokit(here.api, token).rest;
  }
  const anyone = () => octokit(here.api);

  /** How many requests reach the server meanwhile. */
  async function requestsDuring(deed: () => Promise<unknown>): Promise<number> {
    let count = 0;
    const seen = () => {
      count += 1;
    };
    here.world.server.on("request", seen);
    await deed();
    here.world.server.off("request", seen);
    return count;
  }

  it("follows, checks and unfollows", async () => {
    const alice = await person(await here.user("alice"), "user");
    await here.user("bob");
    expect((await alice().users.follow({ username: "bob" })).status).toBe(204);
    const check = { username: "bob" };
    const { users } = alice();
    expect((await users.checkPersonIsFollowedByAuthenticated(check)).status).toBe(204);
    const both = { username: "alice", target_user: "bob" };
    expect((await anyone().rest.users.checkFollowingForUser(both)).status).toBe(204);
    const { data } = await users.listFollowedByAuthenticatedUser();
    expect(data).toMatchObject([{ login: "bob", user_view_type: "public" }]);
    expect((await alice().users.unfollow({ username: "bob" })).status).toBe(204);
    await expect(users.checkPersonIsFollowedByAuthenticated(check)).rejects.toEqual(refused(404));
  });

  it("throws the error of the answer, and does not retry", async () => {
    const alice = await person(await here.user("alice"), "repo");
    const { users } = octokit(here.api, "wrong").rest;
    const count = await requestsDuring(async () => {
      await expect(
        anyone().rest.users.getByUsername({ username: "missing" }),
      ).rejects.toMatchObject({
        name: "HttpError",
        status: 404,
        message:
          "Not Found - https://docs.github.com/enterprise-server@3.15/rest/users/users#get-a-user",
      });
      await expect(anyone().rest.users.getAuthenticated()).rejects.toEqual(refused(401));
      await expect(users.getByUsername({ username: "alice" })).rejects.toMatchObject({
        status: 401,
        message: "Bad credentials - https://docs.github.com/enterprise-server@3.15/rest",
      });
      await expect(alice().users.follow({ username: "alice" })).rejects.toMatchObject({
        status: 404,
        response: { headers: { "x-accepted-oauth-scopes": "user, user:follow" } },
      });
      await expect(anyone().request("POST /user/followers")).rejects.toEqual(refused(404));
    });
    expect(count).toBe(5);
  });

  it("reads the errors of a refusal that has them", async () => {
    const token = await here.world.token(await here.user("root", { admin: true }), "site_admin");
    const create = () => octokit(here.api, token).request("POST /admin/users", { login: "root" });
    await expect(create()).rejects.toMatchObject({
      status: 422,
      message:
        'Validation Failed: {"resource":"User","field":"login","code":"already_exists"} - ' +
        "https://docs.github.com/enterprise-server@3.15/rest/enterprise-admin/users#create-a-user",
    });
    const headers = { "x-github-api-version": "1999-01-01" };
    await expect(anyone().request("GET /users", { headers })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("Bad Request"),
    });
  });

  describe("with several hundred followers", () => {
    it("finds them all, in order and once each", async () => {
      const bob = await here.user("bob");
      const names = await here.fans(bob, 345);
      const { paginate, rest } = anyone();
      const of = { username: "bob", per_page: 100 };
      const count = await requestsDuring(async () => {
        const data = await paginate(rest.users.listFollowersForUser, of);
        expect(logins({ body: data })).toEqual(names);
      });
      expect(count).toBe(4);
      const seen: string[] = [];
      for await (const { data } of paginate.iterator(rest.users.listFollowersForUser, {
        username: "bob",
      })) {
        expect(data.length).toBeLessThanOrEqual(30);
        seen.push(...logins({ body: data }));
      }
      expect(seen).toEqual(names);
    });

    it("finds those of the caller, and everybody by id", async () => {
      const bob = await here.user("bob");
      const names = await here.fans(bob, 120);
      const client = octokit(here.api, await here.world.token(bob));
      const { paginate, rest } = client;
      const mine = await paginate(rest.users.listFollowersForAuthenticatedUser, { per_page: 50 });
      expect(logins({ body: mine })).toEqual(names);
      const all = await paginate(rest.users.list, { per_page: 50 });
      expect(logins({ body: all })).toEqual(["bob", ...names]);
    });
  });

  it("is told that nothing changed by an error, as its manual says", async () => {
    const bob = await here.user("bob");
    await here.fans(bob, 3);
    for (const route of ["GET /users/{username}/followers", "GET /users/{username}"] as const) {
      const { headers } = await anyone().request(route, { username: "bob" });
      const again = (etag = "") =>
        anyone().request(route, { username: "bob", headers: { "if-none-match": etag } });
      await expect(again(headers.etag)).rejects.toEqual(refused(304));
      await expect(again(headers.etag?.replace("W/", ""))).rejects.toEqual(refused(304));
      expect((await again('"other"')).status).toBe(200);
    }
  });

  it("reads and changes users", async () => {
    const user = await here.user("alice");
    const alice = await person(user, "user");
    const change = { name: "Alice", blog: "https://alice.test", hireable: true };
    const { data } = await alice().users.updateAuthenticated(change);
    expect(data).toMatchObject({ ...change, user_view_type: "private" });
    expect((await alice().users.getAuthenticated()).data).toEqual(data);
    const { data: named } = await anyone().rest.users.getByUsername({ username: "Alice" });
    expect(named).toMatchObject({ ...change, login: "alice", user_view_type: "public" });
    expect((await anyone().rest.users.getById({ account_id: user.id })).data).toEqual(named);
    // The url of a user is one that the client can ask for as it is.
    expect((await anyone().request(named.url)).data).toEqual(named);
  });

  it("keeps addresses, keys and blocks", async () => {
    const alice = await person(await here.user("alice"), "user", "admin:public_key");
    await here.user("bob");
    const { data: emails } = await alice().users.addEmailForAuthenticatedUser({
      emails: ["al@example.test"],
    });
    expect(emails).toMatchObject([{ email: "al@example.test", primary: false }]);
    await alice().users.deleteEmailForAuthenticatedUser({ emails: ["al@example.test"] });
    const { data: left } = await alice().users.listEmailsForAuthenticatedUser();
    expect(left).toMatchObject([{ email: "alice@example.test", primary: true, verified: true }]);

    const wanted = { title: "laptop", key: KEY };
    const { data: key } = await alice().users.createPublicSshKeyForAuthenticatedUser(wanted);
    expect(key).toMatchObject(wanted);
    const { data: keys } = await anyone().rest.users.listPublicKeysForUser({ username: "alice" });
    expect(keys).toEqual([{ id: key.id, key: KEY }]);
    await alice().users.deletePublicSshKeyForAuthenticatedUser({ key_id: key.id });
    expect((await alice().users.listPublicSshKeysForAuthenticatedUser()).data).toEqual([]);

    await alice().users.block({ username: "bob" });
    expect((await alice().users.checkBlocked({ username: "bob" })).status).toBe(204);
    const { data: blocked } = await alice().users.listBlockedByAuthenticatedUser();
    expect(logins({ body: blocked })).toEqual(["bob"]);
    await alice().users.unblock({ username: "bob" });
    await expect(alice().users.checkBlocked({ username: "bob" })).rejects.toEqual(refused(404));
  });

  it("creates, renames, suspends and deletes users as an administrator", async () => {
    const token = await here.world.token(await here.user("root", { admin: true }), "site_admin");
    const root = () => octokit(here.api, token);
    const { data, headers } = await root().request("POST /admin/users", { login: "octo_cat" });
    expect(data.login).toBe("octo-cat");
    expect(headers.location).toBe(data.url);
    const renamed = { username: "octo-cat", login: "octo" };
    expect((await root().request("PATCH /admin/users/{username}", renamed)).status).toBe(202);
    const username = "octo";
    await root().request("PUT /users/{username}/suspended", { username, reason: "spam" });
    expect((await root().request("GET /enterprise/stats/users")).data.suspended_users).toBe(1);
    await root().request("DELETE /users/{username}/suspended", { username });
    const { data: impersonation } = await root().request(
      "POST /admin/users/{username}/authorizations",
      { username, scopes: ["user:follow"] },
    );
    await octokit(here.api, impersonation.token).rest.users.follow({ username: "root" });
    await root().request("DELETE /admin/users/{username}", { username });
    await expect(root().rest.users.getByUsername({ username })).rejects.toEqual(refused(404));
  });

  it("asks what the server is", async () => {
    const { meta, rateLimit } = anyone().rest;
    expect((await meta.root()).data.followers_url).toBe(`${here.api}/user/followers`);
    expect((await meta.get()).data).toMatchObject({ installed_version: "3.15.0" });
    expect((await meta.getZen()).data).toMatch(/\.$/);
    await expect(rateLimit.get()).rejects.toMatchObject({
      status: 404,
      message: expect.stringMatching(/^Rate limiting is not enabled\./),
    });
  });
});

describe.each(bases)("Octokit's throttling at %j", (base) => {
  const here = stage(base, { config: { rateLimit: 3, rateLimitWrites: 1 } });

  it("hears of the primary limit, and when it ends", async () => {
    const token = await here.world.token(await here.user("alice"));
    const { users, rateLimit } = octokit(here.api, token).rest;
    for (let times = 0; times < 3; times += 1) await users.getAuthenticated();
    expect((await rateLimit.get()).data.rate).toMatchObject({ limit: 3, remaining: 0 });
    await expect(users.getAuthenticated()).rejects.toEqual(refused(403));
    expect(onRateLimit).toHaveBeenCalledTimes(1);
    const [seconds, request] = onRateLimit.mock.calls[0] ?? [];
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThan(3610);
    expect(request).toMatchObject({ method: "GET", url: "/user" });
    expect(onSecondaryRateLimit).not.toHaveBeenCalled();
  });

  it("hears of the secondary limit, and when it ends", async () => {
    const token = await here.world.token(await here.user("alice"), "user");
    await here.user("bob");
    const follow = () => octokit(here.api, token).rest.users.follow({ username: "bob" });
    await follow();
    await expect(follow()).rejects.toEqual(refused(403));
    expect(onSecondaryRateLimit).toHaveBeenCalledTimes(1);
    const [seconds, request] = onSecondaryRateLimit.mock.calls[0] ?? [];
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(request).toMatchObject({ method: "PUT", url: "/user/following/{username}" });
    expect(onRateLimit).not.toHaveBeenCalled();
  });
});
