import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { add as addKey } from "../../src/domain/keys/ssh-keys.ts";
import { sshKey } from "../auth-matrix/cast.ts";
import { client } from "../support/server.ts";
import { bases, logins, notFound, refusal, stage } from "../support/stage.ts";

const page = (name: string) => `enterprise-admin/users#${name}`;
const CREATE = page("create-a-user");
const RENAME = page("update-the-username-for-a-user");
const DELETE = page("delete-a-user");
const SUSPEND = page("suspend-a-user");
const UNSUSPEND = page("unsuspend-a-user");
const PROMOTE = page("promote-a-user-to-be-a-site-administrator");
const DEMOTE = page("demote-a-site-administrator");
const IMPERSONATE = page("create-an-impersonation-oauth-token");
const END_IMPERSONATION = page("delete-an-impersonation-oauth-token");
const TOKENS = page("list-personal-access-tokens");
const TOKEN = page("delete-a-personal-access-token");
const KEYS = page("list-public-keys");
const KEY = page("delete-a-public-key");
const MAPPING = "enterprise-admin/ldap#update-ldap-mapping-for-a-user";
const SYNC = "enterprise-admin/ldap#sync-ldap-mapping-for-a-user";
const STATS = "enterprise-admin/admin-stats#get-users-statistics";

describe.each(bases)("administration below %j", (base) => {
  const here = stage(base);
  const administrator = async () =>
    here.as(await here.user("root", { admin: true }), "site_admin", "user");
  const taken = (field: string) => ({
    ...refusal(422, "Validation Failed", CREATE),
    errors: [{ resource: "User", field, code: "already_exists" }],
  });

  it("makes no user whose profile a path of the server would hide", async () => {
    const root = await administrator();
    for (const login of ["api", "LOGIN", "openapi"]) {
      const { body } = await root.post("/admin/users").send({ login }).expect(422);
      expect(body.errors).toEqual([{ resource: "User", field: "login", code: "invalid" }]);
    }
    await root.post("/admin/users").send({ login: "apis" }).expect(201);
    await root.patch("/admin/users/apis").send({ login: "api" }).expect(422);
  });

  describe("every operation", () => {
    const all = [
      ["post", "/admin/users", CREATE],
      ["patch", "/admin/users/bob", RENAME],
      ["delete", "/admin/users/bob", DELETE],
      ["put", "/users/bob/suspended", SUSPEND],
      ["delete", "/users/bob/suspended", UNSUSPEND],
      ["put", "/users/bob/site_admin", PROMOTE],
      ["delete", "/users/bob/site_admin", DEMOTE],
      ["post", "/admin/users/bob/authorizations", IMPERSONATE],
      ["delete", "/admin/users/bob/authorizations", END_IMPERSONATION],
      ["get", "/admin/tokens", TOKENS],
      ["delete", "/admin/tokens/1", TOKEN],
      ["get", "/enterprise/stats/users", STATS],
      ["get", "/admin/keys", KEYS],
      ["delete", "/admin/keys/1", KEY],
      ["patch", "/admin/ldap/users/bob/mapping", MAPPING],
      ["post", "/admin/ldap/users/bob/sync", SYNC],
    ] as const;

    it("is 404 to a token with the scope whose holder is no administrator", async () => {
      await here.user("bob");
      const alice = await here.as(await here.user("alice"), "site_admin", "sudo", "api");
      for (const [method, path, docs] of all) {
        await alice[method](path).send({ login: "eve", scopes: [] }).expect(404, notFound(docs));
      }
      expect((await here.anyone.get("/users/bob").expect(200)).body.site_admin).toBe(false);
    });

    it("is 404 for an unknown user", async () => {
      const root = await administrator();
      for (const [method, path, docs] of all.filter(([, each]) => each.includes("/bob"))) {
        const asked = root[method](path.replace("bob", "missing"));
        await asked
          .send({ login: "eve", scopes: [], ldap_dn: "uid=eve" })
          .expect(404, notFound(docs));
      }
    });
  });

  describe("POST /admin/users", () => {
    it("92: reads JSON, and wants a login", async () => {
      const root = await administrator();
      const send = (text: string) => root.post("/admin/users").type("json").send(text);
      await send("{bad").expect(400, refusal(400, "Problems parsing JSON", CREATE));
      await send("[]").expect(400, refusal(400, "Body should be a JSON object", CREATE));
      const missing = refusal(422, 'Invalid request.\n\n"login" wasn\'t supplied.', CREATE);
      await send("{}").expect(422, missing);
      await root.post("/admin/users").expect(422, missing);
      await send('{"email":"a@b.test"}').expect(422, missing);
    });

    it.each([{ login: 7 }, { login: null }, { login: "" }, { login: "a", suspended: "yes" }])(
      "refuses %j",
      async (wanted) => {
        const { body } = await (await administrator()).post("/admin/users").send(wanted);
        expect(body.message).toMatch(/^Invalid request\.\n\n./);
        expect(body.documentation_url).toMatch(/create-a-user$/);
      },
    );

    it.each([
      [{ login: "___" }, "login"],
      [{ login: "a", email: "none" }, "email"],
    ])("refuses %j as invalid", async (wanted, field) => {
      const root = await administrator();
      await root
        .post("/admin/users")
        .send(wanted)
        .expect(422, {
          ...refusal(422, "Validation Failed", CREATE),
          errors: [{ resource: "User", field, code: "invalid" }],
        });
    });

    it("refuses a body that is too large to be one", async () => {
      const root = await administrator();
      const { status } = await root.post("/admin/users").send({ login: "x".repeat(200_000) });
      expect(status).toBe(413);
    });

    it("88: makes a user of a normalised login, once", async () => {
      const root = await administrator();
      const wanted = { login: "octo_cat", email: "octocat@github.test" };
      const { body, headers } = await root.post("/admin/users").send(wanted).expect(201);
      expect(body).toMatchObject({ login: "octo-cat", site_admin: false, type: "User" });
      expect(headers.location).toBe(`${here.api}/users/octo-cat`);
      expect(headers["content-type"]).toBe("application/json; charset=utf-8");
      expect(headers.etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
      await here.anyone.get("/users/octo-cat").expect(200);
      await root.post("/admin/users").send(wanted).expect(422, taken("login"));
      await root.post("/admin/users").send({ login: "OCTO cat" }).expect(422, taken("login"));
      const same = { login: "other", email: "OctoCat@github.test" };
      await root.post("/admin/users").send(same).expect(422, taken("email"));
      await here.anyone.get("/users/other").expect(404);
    });

    it.each([
      ["a..b__c", "a-b-c"],
      ["-octo-", "octo"],
      ["Ünïcode", "n-code"],
      ["Octo Cat", "Octo-Cat"],
    ])("makes %j into %j", async (login, normalised) => {
      const root = await administrator();
      expect((await root.post("/admin/users").send({ login }).expect(201)).body.login).toBe(
        normalised,
      );
    });

    it("makes a suspended user", async () => {
      const root = await administrator();
      await root.post("/admin/users").send({ login: "late", suspended: true }).expect(201);
      await root.put("/user/following/late").expect(404);
      await root.delete("/users/late/suspended").expect(204);
      await root.put("/user/following/late").expect(204);
    });

    it("reads a body with any Content-Type", async () => {
      const root = await administrator();
      const form = root.post("/admin/users").type("application/x-www-form-urlencoded");
      await form.send('{"login":"curl"}').expect(201);
    });
  });

  describe("PATCH /admin/users/{username}", () => {
    it("refuses a login that is taken or none", async () => {
      await here.user("bob");
      await here.user("alice");
      const root = await administrator();
      const rename = (login: unknown) => root.patch("/admin/users/bob").send({ login });
      for (const [login, code] of [
        ["ALICE", "already_exists"],
        ["___", "invalid"],
      ]) {
        await rename(login).expect(422, {
          ...refusal(422, "Validation Failed", RENAME),
          errors: [{ resource: "User", field: "login", code }],
        });
      }
      const missing = refusal(422, 'Invalid request.\n\n"login" wasn\'t supplied.', RENAME);
      await root.patch("/admin/users/bob").send({}).expect(422, missing);
      await here.anyone.get("/users/bob").expect(200);
    });

    it("89: answers 202 with where to look, and the old login is gone", async () => {
      const { id } = await here.user("bob");
      const root = await administrator();
      const url = `${here.api}/user/${id}`;
      const { headers } = await root
        .patch("/admin/users/bob")
        .send({ login: "rob_ert" })
        .expect(202, {
          message: "Job queued to rename user. It may take a few minutes to complete.",
          url,
        });
      expect(headers.location).toBe(url);
      await here.anyone.get("/users/bob").expect(404, notFound("users/users#get-a-user"));
      expect((await here.anyone.get("/users/rob-ert").expect(200)).body.id).toBe(id);
      expect((await here.anyone.get(`/user/${id}`).expect(200)).body.login).toBe("rob-ert");
      await here.user("bob", { email: "another@example.test" });
      expect((await here.anyone.get("/users/bob").expect(200)).body.id).not.toBe(id);
    });

    it("changes the case of a login", async () => {
      await here.user("bob");
      const root = await administrator();
      await root.patch("/admin/users/bob").send({ login: "Bob" }).expect(202);
      expect((await here.anyone.get("/users/bob")).body.login).toBe("Bob");
    });
  });

  describe("DELETE /admin/users/{username}", () => {
    it("never deletes the caller", async () => {
      const root = await administrator();
      await root.delete("/admin/users/ROOT").expect(403);
      await root.get("/user").expect(200);
    });

    it("deletes a user with what is theirs", async () => {
      const bob = await here.user("bob");
      const asBob = await here.as(bob);
      const root = await administrator();
      expect((await root.delete("/admin/users/bob").expect(204)).text).toBe("");
      await here.anyone.get("/users/bob").expect(404);
      await here.anyone.get(`/user/${bob.id}`).expect(404);
      await asBob.get("/user").expect(401, refusal(401, "Bad credentials"));
      await root.delete("/admin/users/bob").expect(404, notFound(DELETE));
      // Their name and address are free again, and their number never is.
      const wanted = { login: "bob", email: "bob@example.test" };
      expect((await root.post("/admin/users").send(wanted).expect(201)).body.id).not.toBe(bob.id);
    });
  });

  describe("PUT /users/{username}/suspended", () => {
    it("never suspends the caller", async () => {
      const root = await administrator();
      await root.put("/users/root/suspended").expect(403);
      await root.get("/user").expect(200);
    });

    it("refuses a reason that is none", async () => {
      await here.user("bob");
      const root = await administrator();
      const suspend = () => root.put("/users/bob/suspended").type("json");
      await suspend()
        .send("{bad")
        .expect(400, refusal(400, "Problems parsing JSON", SUSPEND));
      expect((await suspend().send({ reason: 7 }).expect(422)).body.message).toMatch(
        /^Invalid request\.\n\n/,
      );
      await suspend()
        .send("[]")
        .expect(400, refusal(400, "Body should be a JSON object", SUSPEND));
    });

    it.each([undefined, "", "{}", '{"reason":"spam"}', '{"reason":null}', "null"])(
      "takes the body %j",
      async (body) => {
        const bob = await here.as(await here.user("bob"));
        const root = await administrator();
        await root.put("/users/bob/suspended").type("json").send(body).expect(204);
        await bob.get("/user").expect(403);
      },
    );

    it("90: answers 204 to an administrator alone", async () => {
      await here.user("bob");
      const root = await administrator();
      const alice = await here.as(await here.user("alice"), "site_admin");
      for (const [path, method, docs] of [
        ["/users/bob/suspended", "put", SUSPEND],
        ["/users/bob/suspended", "delete", UNSUSPEND],
        ["/users/bob/site_admin", "put", PROMOTE],
        ["/users/bob/site_admin", "delete", DEMOTE],
      ] as const) {
        await alice[method](path).expect(404, notFound(docs));
        // Twice is as good as once.
        for (let times = 0; times < 2; times += 1) {
          const { text, headers } = await root[method](path).expect(204);
          expect(text).toBe("");
          expect(headers).not.toHaveProperty("content-type");
        }
      }
    });
  });

  describe("DELETE /users/{username}/suspended", () => {
    it("brings back what the user was in", async () => {
      const bob = await here.user("bob");
      await here.fans(bob, 2);
      const root = await administrator();
      await root.put("/user/following/bob").expect(204);
      await root.put("/users/bob/suspended").expect(204);
      await root.get("/user/following").expect(200, []);
      await root.delete("/users/bob/suspended").expect(204);
      expect(logins(await root.get("/user/following"))).toEqual(["bob"]);
      const { body } = await root.get("/users/bob").expect(200);
      expect(body.followers).toBe(3);
      expect(body).not.toHaveProperty("suspended_at");
    });
  });

  describe("PUT /users/{username}/site_admin", () => {
    it("makes an administrator at once", async () => {
      const bob = await here.as(await here.user("bob"), "site_admin");
      const root = await administrator();
      await bob.get("/enterprise/stats/users").expect(404);
      await root.put("/users/bob/site_admin").set("Content-Length", "0").expect(204);
      await bob.get("/enterprise/stats/users").expect(200);
      expect((await here.anyone.get("/users/bob")).body.site_admin).toBe(true);
    });
  });

  describe("DELETE /users/{username}/site_admin", () => {
    it("takes the right away at once", async () => {
      const bob = await here.as(await here.user("bob", { admin: true }), "site_admin");
      const root = await administrator();
      await bob.get("/enterprise/stats/users").expect(200);
      await root.delete("/users/bob/site_admin").expect(204);
      await bob.get("/enterprise/stats/users").expect(404);
      expect((await here.anyone.get("/users/bob")).body.site_admin).toBe(false);
    });

    it("never takes it from the caller", async () => {
      const root = await administrator();
      await root.delete("/users/root/site_admin").expect(403);
      await root.get("/enterprise/stats/users").expect(200);
    });
  });

  describe("POST /admin/users/{username}/authorizations", () => {
    const of = (scopes: unknown) => ({ scopes });

    it("wants scopes that there are", async () => {
      await here.user("bob");
      const root = await administrator();
      const ask = (body: object) => root.post("/admin/users/bob/authorizations").send(body);
      const missing = refusal(422, 'Invalid request.\n\n"scopes" wasn\'t supplied.', IMPERSONATE);
      await ask({}).expect(422, missing);
      expect((await ask(of("user")).expect(422)).body.message).toMatch(/^Invalid request\.\n\n/);
      expect((await ask(of(["no-such"])).expect(422)).body.message).toBe("Validation Failed");
    });

    it("91: makes a token that acts as the user, and hands it out again", async () => {
      const bob = await here.user("bob");
      const carol = await here.user("carol");
      const root = await administrator();
      const ask = (...scopes: string[]) =>
        root.post("/admin/users/bob/authorizations").send(of(scopes));
      const { body, headers } = await ask("user:follow").expect(201);
      expect(headers.location).toBe(`${here.api}/authorizations/${body.id}`);
      expect(body).toMatchObject({
        url: headers.location,
        app: { name: "GitHub Site Administrator" },
        scopes: ["user:follow"],
        hashed_token: createHash("sha256").update(body.token).digest("hex"),
        token_last_eight: body.token.slice(-8),
        fingerprint: null,
        expires_at: null,
      });
      const again = await ask("user:follow").expect(200);
      expect(again.body).toEqual(body);
      const other = await ask("repo").expect(201);
      expect(other.body.token).not.toBe(body.token);

      const asBob = client({ url: here.api }, body.token);
      expect((await asBob.get("/user").expect(200)).body.id).toBe(bob.id);
      await asBob.put("/user/following/carol").expect(204);
      const followers = await here.anyone.get(`/user/${carol.id}/followers`);
      expect(logins(followers)).toEqual(["bob"]);
      const { headers: refused } = await client({ url: here.api }, other.body.token)
        .delete("/user/following/carol")
        .expect(404);
      expect(refused["x-oauth-scopes"]).toBe("repo");
    });

    it("gives an administrator's scope to no user who is not one", async () => {
      await here.user("bob");
      const root = await administrator();
      const { body } = await root.post("/admin/users/bob/authorizations").send(of(["site_admin"]));
      const asBob = client({ url: here.api }, body.token);
      await asBob.get("/enterprise/stats/users").expect(404);
    });
  });

  describe("DELETE /admin/users/{username}/authorizations", () => {
    it("ends the impersonation, and the user's own tokens stay", async () => {
      const bob = await here.user("bob");
      const own = await here.as(bob, "user");
      const root = await administrator();
      await root.delete("/admin/users/bob/authorizations").expect(404, notFound(END_IMPERSONATION));
      const { body } = await root
        .post("/admin/users/bob/authorizations")
        .send({ scopes: ["user"] })
        .expect(201);
      const asBob = client({ url: here.api }, body.token);
      await asBob.get("/user").expect(200);
      await root.delete("/admin/users/bob/authorizations").expect(204);
      await asBob.get("/user").expect(401, refusal(401, "Bad credentials"));
      await own.get("/user").expect(200);
    });
  });

  describe("GET /admin/tokens", () => {
    it("lists everybody's tokens, and never what they are", async () => {
      const bob = await here.user("bob");
      const [text] = await tokens.issue(here.store, {
        userId: bob.id,
        name: "laptop",
        scopes: [],
      });
      const root = await administrator();
      const answer = await root.get("/admin/tokens").expect(200);
      expect(answer.body).toMatchObject([{ note: "laptop" }, { note: "test" }]);
      expect(answer.text).not.toContain(text);
      expect(answer.text).not.toContain(text.slice(4, 24));
      expect(answer.body[0]).toMatchObject({
        token: "",
        hashed_token: createHash("sha256").update(text).digest("hex"),
        token_last_eight: text.slice(-8),
      });
      const part = await root.get("/admin/tokens?per_page=1").expect(200);
      expect(part.body).toHaveLength(1);
      expect(part.headers.link).toBe(
        `<${here.api}/admin/tokens?per_page=1&page=2>; rel="next", ` +
          `<${here.api}/admin/tokens?per_page=1&page=2>; rel="last"`,
      );
    });
  });

  describe("GET /admin/tokens of many", () => {
    it("shows the page alone", async () => {
      const { id: userId } = await here.user("bob");
      for (let each = 0; each < 40; each += 1) {
        await tokens.issue(here.store, { userId, name: `token ${each}`, scopes: [] });
      }
      const kind = "site_admin_impersonation";
      await tokens.issue(here.store, { userId, name: "impersonation", scopes: [], kind });
      const [, ended] = await tokens.issue(here.store, { userId, name: "ended", scopes: [] });
      await tokens.revoke(here.store, ended.id);
      const root = await administrator();
      await root.get("/user").expect(200);
      const { body, headers } = await root.get("/admin/tokens?per_page=3&page=14").expect(200);
      expect(body).toMatchObject([{ note: "token 39" }, { note: "test" }]);
      expect(headers.link).toBe(
        `<${here.api}/admin/tokens?per_page=3&page=13>; rel="prev", ` +
          `<${here.api}/admin/tokens?per_page=3&page=1>; rel="first"`,
      );
    });
  });

  describe("DELETE /admin/tokens/{token_id}", () => {
    it.each(["999999", "abc", "0"])("does not find %s", async (id) => {
      const root = await administrator();
      await root.delete(`/admin/tokens/${id}`).expect(404, notFound(TOKEN));
    });

    it("ends a token at once", async () => {
      const wanted = { userId: (await here.user("bob")).id, name: "t", scopes: [] };
      const [text, { id }] = await tokens.issue(here.store, wanted);
      const bob = client({ url: here.api }, text);
      await bob.get("/user").expect(200);
      const root = await administrator();
      await root.delete(`/admin/tokens/${id}`).expect(204);
      await bob.get("/user").expect(401);
      await root.delete(`/admin/tokens/${id}`).expect(404);
    });
  });

  describe("public keys of all users", () => {
    /** Three keys of two users: their numbers, oldest first. */
    async function threeKeys(): Promise<number[]> {
      const ids: number[] = [];
      for (const [name, number] of [
        ["alice", 1],
        ["bob", 2],
        ["bob", 3],
      ] as const) {
        const account = await here.named(name).catch(() => here.user(name));
        const { id } = await addKey(here.store, account.id, { key: sshKey(number) });
        ids.push(id);
      }
      return ids;
    }

    describe("GET /admin/keys", () => {
      it.each(["sort=size", "direction=up", "since=yesterday"])("refuses %s", async (query) => {
        const root = await administrator();
        const { body } = await root.get(`/admin/keys?${query}`).expect(422);
        const [field] = query.split("=");
        expect(body.errors).toEqual([{ resource: "PublicKey", field, code: "invalid" }]);
      });

      it("lists them newest first, page by page", async () => {
        const root = await administrator();
        const [first, second, third] = await threeKeys();
        const { body, headers } = await root.get("/admin/keys?per_page=2").expect(200);
        expect(body.map(({ id }: { id: number }) => id)).toEqual([third, second]);
        expect(body[0]).toMatchObject({
          key: sshKey(3),
          url: `${here.api}/user/keys/${third}`,
          user_id: (await here.named("bob")).id,
          repository_id: null,
          last_used: null,
        });
        expect(headers.link).toContain(`<${here.api}/admin/keys?per_page=2&page=2>; rel="next"`);
        const oldest = await root.get("/admin/keys?direction=asc&per_page=1").expect(200);
        expect(oldest.body).toMatchObject([{ id: first }]);
        await root.get("/admin/keys?since=2020-01-01T00:00:00Z").expect(200, []);
      });
    });

    describe("DELETE /admin/keys/{key_ids}", () => {
      it("deletes several at once, and none where one is unknown", async () => {
        const root = await administrator();
        const [first, second, third] = await threeKeys();
        await root.delete(`/admin/keys/${first},999999`).expect(404, notFound(KEY));
        await root.delete("/admin/keys/x").expect(404, notFound(KEY));
        await root.delete(`/admin/keys/${first},${third}`).expect(204);
        const { body } = await root.get("/admin/keys").expect(200);
        expect(body).toMatchObject([{ id: second }]);
      });
    });
  });

  describe("PATCH /admin/ldap/users/{username}/mapping", () => {
    const DN = "uid=bob,ou=users,dc=example,dc=test";

    it("wants a distinguished name", async () => {
      await here.user("bob");
      const root = await administrator();
      const message = 'Invalid request.\n\n"ldap_dn" wasn\'t supplied.';
      await root
        .patch("/admin/ldap/users/bob/mapping")
        .send({})
        .expect(422, refusal(422, message, MAPPING));
    });

    it("maps a user to an entry, which one user alone can have", async () => {
      await here.user("bob");
      await here.user("carol");
      const root = await administrator();
      const map = (name: string) =>
        root.patch(`/admin/ldap/users/${name}/mapping`).send({ ldap_dn: DN });
      const { body } = await map("bob").expect(200);
      expect(body).toMatchObject({ ldap_dn: DN, login: "bob", user_view_type: "private" });
      await map("bob").expect(200);
      await map("carol").expect(422);
      await map("missing").expect(404, notFound(MAPPING));
    });
  });

  describe("POST /admin/ldap/users/{username}/sync", () => {
    it("queues the synchronization of a user", async () => {
      await here.user("bob");
      const root = await administrator();
      await root.post("/admin/ldap/users/bob/sync").expect(201, { status: "queued" });
      await root.post("/admin/ldap/users/missing/sync").expect(404, notFound(SYNC));
    });
  });

  describe("GET /enterprise/stats/users", () => {
    it("counts users, administrators and the suspended", async () => {
      await here.user("bob", { state: "blocked" });
      await here.user("carol");
      const root = await administrator();
      await root
        .get("/enterprise/stats/users")
        .expect(200, { total_users: 3, admin_users: 1, suspended_users: 1 });
    });
  });
});
