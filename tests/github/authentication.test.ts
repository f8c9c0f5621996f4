import { describe, expect, it } from "@jest/globals";
import { SCOPES } from "../../src/domain/credentials/scopes.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { SCOPES as GITHUB_SCOPES } from "../../src/github/http/scopes.ts";
import { client } from "../support/server.ts";
import { bases, logins, notFound, refusal, stage } from "../support/stage.ts";

const FOLLOW = "users/followers#follow-a-user";
const MY_FOLLOWERS = "users/followers#list-followers-of-the-authenticated-user";
const REQUIRES = "Requires authentication";

type Method = "get" | "put" | "post" | "patch" | "delete";

/** The follower routes, with the pages that describe them. */
const FOLLOWER_ROUTES: [method: Method, path: string, docs: string][] = [
  ["get", "/user/followers", MY_FOLLOWERS],
  ["get", "/user/following", "users/followers#list-the-people-the-authenticated-user-follows"],
  [
    "get",
    "/user/following/bob",
    "users/followers#check-if-a-person-is-followed-by-the-authenticated-user",
  ],
  ["put", "/user/following/bob", FOLLOW],
  ["delete", "/user/following/bob", "users/followers#unfollow-a-user"],
  ["get", "/users/bob/followers", "users/followers#list-followers-of-a-user"],
  ["get", "/users/bob/following", "users/followers#list-the-people-a-user-follows"],
  ["get", "/users/bob/following/bob", "users/followers#check-if-a-user-follows-another-user"],
];

const guarded = <A extends unknown[]>(route: readonly [...A], accepted: string): [...A, string] => [
  ...route,
  accepted,
];

/**
 * Every operation that needs a caller, what its page is called, and which scopes it says that it
 * accepts: recordings of administration show none.
 */
const GUARDED: [method: Method, path: string, docs: string, accepted: string][] = [
  ...FOLLOWER_ROUTES.slice(0, 3).map((route) => guarded(route, "")),
  ...FOLLOWER_ROUTES.slice(3, 5).map((route) => guarded(route, "user, user:follow")),
  ["get", "/user", "users/users#get-the-authenticated-user", ""],
  ["patch", "/user", "users/users#update-the-authenticated-user", "user"],
  [
    "get",
    "/user/emails",
    "users/emails#list-email-addresses-for-the-authenticated-user",
    "user, user:email",
  ],
  ["post", "/user/emails", "users/emails#add-an-email-address-for-the-authenticated-user", "user"],
  [
    "delete",
    "/user/emails",
    "users/emails#delete-an-email-address-for-the-authenticated-user",
    "user",
  ],
  [
    "get",
    "/user/public_emails",
    "users/emails#list-public-email-addresses-for-the-authenticated-user",
    "user, user:email",
  ],
  [
    "patch",
    "/user/email/visibility",
    "users/emails#set-primary-email-visibility-for-the-authenticated-user",
    "user",
  ],
  [
    "get",
    "/user/keys",
    "users/keys#list-public-ssh-keys-for-the-authenticated-user",
    "admin:public_key, read:public_key, write:public_key",
  ],
  [
    "post",
    "/user/keys",
    "users/keys#create-a-public-ssh-key-for-the-authenticated-user",
    "admin:public_key, write:public_key",
  ],
  [
    "get",
    "/user/keys/1",
    "users/keys#get-a-public-ssh-key-for-the-authenticated-user",
    "admin:public_key, read:public_key, write:public_key",
  ],
  [
    "delete",
    "/user/keys/1",
    "users/keys#delete-a-public-ssh-key-for-the-authenticated-user",
    "admin:public_key",
  ],
  ["get", "/user/blocks", "users/blocking#list-users-blocked-by-the-authenticated-user", "user"],
  [
    "get",
    "/user/blocks/bob",
    "users/blocking#check-if-a-user-is-blocked-by-the-authenticated-user",
    "user",
  ],
  ["put", "/user/blocks/bob", "users/blocking#block-a-user", "user"],
  ["delete", "/user/blocks/bob", "users/blocking#unblock-a-user", "user"],
  ["post", "/admin/users", "enterprise-admin/users#create-a-user", ""],
  ["patch", "/admin/users/bob", "enterprise-admin/users#update-the-username-for-a-user", ""],
  ["delete", "/admin/users/bob", "enterprise-admin/users#delete-a-user", ""],
  [
    "post",
    "/admin/users/bob/authorizations",
    "enterprise-admin/users#create-an-impersonation-oauth-token",
    "",
  ],
  [
    "delete",
    "/admin/users/bob/authorizations",
    "enterprise-admin/users#delete-an-impersonation-oauth-token",
    "",
  ],
  ["get", "/admin/tokens", "enterprise-admin/users#list-personal-access-tokens", ""],
  ["delete", "/admin/tokens/1", "enterprise-admin/users#delete-a-personal-access-token", ""],
  ["put", "/users/bob/suspended", "enterprise-admin/users#suspend-a-user", ""],
  ["delete", "/users/bob/suspended", "enterprise-admin/users#unsuspend-a-user", ""],
  [
    "put",
    "/users/bob/site_admin",
    "enterprise-admin/users#promote-a-user-to-be-a-site-administrator",
    "",
  ],
  ["delete", "/users/bob/site_admin", "enterprise-admin/users#demote-a-site-administrator", ""],
  ["get", "/enterprise/stats/users", "enterprise-admin/admin-stats#get-users-statistics", ""],
];

const basic = (name: string, password: string) =>
  `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;

describe.each(bases)("credentials below %j", (base) => {
  const here = stage(base);

  describe("none", () => {
    it("21: on a route of one's own is asked for", async () => {
      const answer = await here.anyone.get("/user/followers");
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(refusal(401, REQUIRES, MY_FOLLOWERS));
    });

    it.each(GUARDED)("is asked for on %s %s", async (method, path, docs) => {
      const { headers } = await here.anyone[method](path).expect(401, refusal(401, REQUIRES, docs));
      expect(headers["x-github-api-version-selected"]).toBe("2022-11-28");
      expect(headers).not.toHaveProperty("x-oauth-scopes");
      expect(headers).not.toHaveProperty("www-authenticate");
    });

    it.each([
      ["Basic junk", basic("foo", "bar")],
      ["Basic that is no base64", "Basic !!!"],
      ["Digest", 'Digest username="alice"'],
      ["a token without a scheme", "ghp_0123456789"],
      ["a scheme without a token", "token"],
      ["nothing", " "],
    ])("is what %s counts as", async (_, value) => {
      await here.user("bob");
      const answer = await here.anyone.get("/users/bob/followers").set("Authorization", value);
      expect(answer.status).toBe(200);
      expect(answer.headers["cache-control"]).toMatch(/^public/);
      await here.anyone
        .get("/user")
        .set("Authorization", value)
        .expect(401, refusal(401, REQUIRES, "users/users#get-the-authenticated-user"));
    });

    it("35: is what junk in Basic counts as on a public route", async () => {
      await here.user("bob");
      const answer = here.anyone.get("/users/bob").set("Authorization", basic("foo", "bar"));
      expect((await answer.expect(200)).headers).not.toHaveProperty("x-oauth-scopes");
    });

    it("29: is what a token in the query counts as", async () => {
      const token = await here.world.token(await here.user("alice"), "user");
      const docs = "users/users#get-the-authenticated-user";
      await here.anyone
        .get(`/user?access_token=${token}`)
        .expect(401, refusal(401, REQUIRES, docs));
    });
  });

  describe("a bad one", () => {
    it.each(FOLLOWER_ROUTES)("22: is refused on %s %s", async (method, path) => {
      await here.user("bob");
      const answer = await here.anyone[method](path).set("Authorization", "Bearer wrong");
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(refusal(401, "Bad credentials"));
      expect(answer.headers).not.toHaveProperty("x-github-api-version-selected");
    });

    it("is refused with any scheme", async () => {
      for (const value of ["token wrong", "BEARER wrong", basic("alice", "a.b.c")]) {
        const answer = here.anyone.get("/users/missing").set("Authorization", value);
        await answer.expect(401, refusal(401, "Bad credentials"));
      }
    });

    it("is one that was revoked", async () => {
      const { id } = await here.user("alice");
      const [token, row] = await tokens.issue(here.store, { userId: id, name: "t", scopes: [] });
      const alice = client({ url: here.api }, token);
      await alice.get("/user").expect(200);
      await tokens.revoke(here.store, row.id);
      await alice.get("/user").expect(401, refusal(401, "Bad credentials"));
    });

    it("is one that was changed", async () => {
      const token = await here.world.token(await here.user("alice"), "user");
      const other = token.at(-1) === "A" ? "B" : "A";
      for (const wrong of [token.slice(0, -1), token.slice(0, -1) + other, `${token}x`]) {
        const answer = client({ url: here.api }, wrong).get("/user");
        await answer.expect(401, refusal(401, "Bad credentials"));
      }
    });

    it("32: hides a bad version", async () => {
      const answer = here.anyone
        .get("/user")
        .set({ Authorization: "token wrong", "X-GitHub-Api-Version": "1999-01-01" });
      await answer.expect(401, refusal(401, "Bad credentials"));
    });

    it("is hidden by a path that leads nowhere", async () => {
      const answer = here.anyone.get("/no/such/path").set("Authorization", "token wrong");
      await answer.expect(404, notFound());
    });
  });

  describe("a token", () => {
    it("23: is taken by every scheme, in any case", async () => {
      const token = await here.world.token(await here.user("alice"), "user");
      const values = [
        `token ${token}`,
        `Bearer ${token}`,
        `bearer ${token}`,
        `TOKEN ${token}`,
        basic("any", token),
        basic("alice", token),
      ];
      for (const value of values) {
        const { body } = await here.anyone.get("/user").set("Authorization", value).expect(200);
        expect(body.login).toBe("alice");
      }
    });

    it("24: without the scope can't follow, and is told which one would do", async () => {
      const bob = await here.user("bob");
      const alice = await here.as(await here.user("alice"), "repo");
      const answer = await alice.put(`/user/following/${bob.username}`);
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual(notFound(FOLLOW));
      expect(answer.headers["x-oauth-scopes"]).toBe("repo");
      expect(answer.headers["x-accepted-oauth-scopes"]).toBe("user, user:follow");
      await here.anyone.get("/users/bob/followers").expect(200, []);
    });

    it.each([
      ["user:follow", 204],
      ["user", 204],
      ["read:user", 404],
      ["user:email", 404],
    ])("25: with %s gets %i from following", async (scope, status) => {
      await here.user("bob");
      const alice = await here.as(await here.user("alice"), scope);
      await alice.put("/user/following/bob").expect(status);
      const followers = logins(await here.anyone.get("/users/bob/followers"));
      expect(followers).toEqual(status === 204 ? ["alice"] : []);
      await alice.delete("/user/following/bob").expect(status);
    });

    it("26: without scopes reads lists, and is shown that it has none", async () => {
      const alice = await here.as(await here.user("alice"));
      const { headers } = await alice.get("/user/followers").expect(200, []);
      expect(headers["x-oauth-scopes"]).toBe("");
      expect(headers["x-accepted-oauth-scopes"]).toBe("");
    });

    const scoped = GUARDED.filter(
      ([, , docs, accepted]) => accepted !== "" || docs.startsWith("enterprise-admin/"),
    );
    it.each(scoped)(
      "without the scope does not find %s %s",
      async (method, path, docs, accepted) => {
        await here.user("bob");
        const alice = await here.as(await here.user("alice", { admin: true }), "repo");
        const { headers } = await alice[method](path).send("{bad").expect(404, notFound(docs));
        expect(headers["x-accepted-oauth-scopes"]).toBe(accepted);
        expect(headers["x-oauth-scopes"]).toBe("repo");
        expect(headers["x-github-api-version-selected"]).toBe("2022-11-28");
      },
    );

    it.each([
      [["user", "read:user", "repo"], "repo, user"],
      [["read:public_key", "admin:public_key"], "admin:public_key"],
      [["user:follow", "gist", "read:org"], "gist, read:org, user:follow"],
      [["write:org", "read:org", "public_repo", "repo"], "repo, write:org"],
      // GitLab's words as GitHub's.
      [["api"], "admin:gpg_key, admin:public_key, admin:ssh_signing_key, read:org, repo, user"],
      [["read_user"], "read:gpg_key, read:public_key, read:ssh_signing_key, read:user, user:email"],
    ])("with %j shows its scopes as %j", async (scopes, shown) => {
      const alice = await here.as(await here.user("alice"), ...scopes);
      const { headers } = await alice.get("/users/alice").expect(200);
      expect(headers["x-oauth-scopes"]).toBe(shown);
      expect(headers["x-accepted-oauth-scopes"]).toBe("");
    });

    it("28: that expires says when", async () => {
      const { id } = await here.user("alice");
      const wanted = { userId: id, name: "t", scopes: ["user"] };
      const expiresAt = Date.UTC(2126, 1, 19, 19, 55, 13) / 1000;
      const [token] = await tokens.issue(here.store, { ...wanted, expiresAt });
      await here.user("bob");
      const alice = client({ url: here.api }, token);
      const answers = [
        await alice.get("/user/followers").expect(200),
        await alice.put("/user/following/bob").expect(204),
        await alice.get("/users/missing").expect(404),
      ];
      for (const { headers } of answers) {
        expect(headers["github-authentication-token-expiration"]).toBe("2126-02-19 19:55:13 UTC");
      }
      const lasting = await (await here.as({ ...(await here.user("carol")) })).get("/user");
      expect(lasting.headers).not.toHaveProperty("github-authentication-token-expiration");
    });

    it("31: of a suspended user is refused, and works again later", async () => {
      const user = await here.user("alice");
      const alice = await here.as(user, "user");
      const root = await here.as(await here.user("root", { admin: true }), "site_admin");
      await root.put("/users/alice/suspended").expect(204);
      for (const path of ["/user", "/users/root/followers", "/"]) {
        const { body } = await alice.get(path).expect(403);
        expect(body.message).toBe("Sorry. Your account was suspended.");
        expect(body.status).toBe("403");
      }
      await root.delete("/users/alice/suspended").expect(204);
      await alice.get("/user").expect(200);
    });
  });

  describe("a fine-grained token", () => {
    it("27: without the permission can't follow, and is told so", async () => {
      await here.user("bob");
      const alice = await here.asFineGrained(await here.user("alice"), "followers:read");
      const answer = await alice.put("/user/following/bob");
      expect(answer.status).toBe(403);
      const message = "Resource not accessible by personal access token";
      expect(answer.body).toEqual(refusal(403, message, FOLLOW));
      expect(answer.headers).not.toHaveProperty("x-oauth-scopes");
      expect(answer.headers).not.toHaveProperty("x-accepted-oauth-scopes");
      expect(answer.headers["x-accepted-github-permissions"]).toBe("followers=write");
      await here.anyone.get("/users/bob/followers").expect(200, []);
    });

    it("reads with read and with write, and follows with write", async () => {
      await here.user("bob");
      const reader = await here.asFineGrained(await here.user("alice"), "followers:read");
      const writer = await here.asFineGrained(await here.user("carol"), "followers:write");
      const { headers } = await reader.get("/user/followers").expect(200, []);
      expect(headers["x-accepted-github-permissions"]).toBe("followers=read");
      await writer.get("/user/followers").expect(200, []);
      await writer.put("/user/following/bob").expect(204);
      await writer.get("/user/following/bob").expect(204);
      await writer.delete("/user/following/bob").expect(204);
    });

    it("without any permission reads what is public, and who it is", async () => {
      const alice = await here.asFineGrained(await here.user("alice"));
      await alice.get("/users/alice/followers").expect(200, []);
      await alice.get("/users/alice/following/alice").expect(404);
      const { body, headers } = await alice.get("/user").expect(200);
      expect(body).toMatchObject({ login: "alice", user_view_type: "public" });
      expect(headers["x-accepted-github-permissions"]).toBe("allows_permissionless_access=true");
      await alice.get("/user/followers").expect(403);
      await alice.get("/user/emails").expect(403);
    });

    it("never administers", async () => {
      const root = await here.asFineGrained(await here.user("root", { admin: true }));
      await root.get("/enterprise/stats/users").expect(403);
    });
  });

  describe("the order of judgement", () => {
    it("33: a bad version is seen before a missing credential", async () => {
      const answer = await here.anyone.get("/user").set("X-GitHub-Api-Version", "1999-01-01");
      expect(answer.status).toBe(400);
      expect(answer.body.message).toBe("Bad Request");
    });

    it("a bad version is seen before a resource that is missing", async () => {
      await here.anyone.get("/users/missing").set("X-GitHub-Api-Version", "v3").expect(400);
    });

    it("a missing credential is seen before a resource that is missing", async () => {
      await here.anyone.put("/user/following/missing").expect(401);
    });

    it("34: a request without User-Agent is refused in plain text, before all else", async () => {
      for (const path of [`${base}/users/bob`, `${base}/no/such/path`]) {
        const answer = await here.raw(`GET ${path} HTTP/1.1`, "Host: localhost");
        expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
        expect(answer).toMatch(/\r\nContent-Type: text\/plain/i);
        expect(answer).toContain(
          "Request forbidden by administrative rules. " +
            "Please make sure your request has a User-Agent header",
        );
      }
    });
  });
});

describe.each(bases)("private mode below %j", (base) => {
  const here = stage(base, { config: { privateMode: true } });
  const body = refusal(401, "Must authenticate to access this API.");

  it("30: shows nothing without a token", async () => {
    await here.user("bob");
    for (const path of ["/users/bob/followers", "/users/bob", "/", "/meta", "/zen", "/user"]) {
      const { headers } = await here.anyone.get(path).expect(401, body);
      expect(headers["x-github-media-type"]).toBe("github.v3; format=json");
    }
    const junk = here.anyone.get("/users/bob").set("Authorization", basic("foo", "bar"));
    await junk.expect(401, body);
    await here.anyone.get("/users/bob").set("Authorization", "token x").expect(401);
    await here.anyone.get("/no/such/path").expect(404, notFound());
  });

  it("opens to a token of any scope", async () => {
    const bob = await here.as(await here.user("bob"));
    await bob.get("/users/bob/followers").expect(200, []);
  });
});

describe("the scopes that GitHub knows", () => {
  it("are all ones that a token can have", () => {
    expect([...GITHUB_SCOPES].filter((scope) => !SCOPES.has(scope))).toEqual([]);
  });
});

describe("a token that expires", () => {
  let now = Date.UTC(2026, 0, 1);
  const here = stage("/api/v3", { clock: () => now });

  it("is unknown from its last second on", async () => {
    const { id } = await here.user("alice");
    const wanted = { userId: id, name: "t", scopes: [], expiresAt: now / 1000 + 60 };
    const alice = client({ url: here.api }, (await tokens.issue(here.store, wanted))[0]);
    now += 59_000;
    await alice.get("/user").expect(200);
    now += 1000;
    await alice.get("/user").expect(401, refusal(401, "Bad credentials"));
  });
});
