import { describe, expect, it } from "@jest/globals";
import { changeProfile } from "../../src/domain/users/users.ts";
import { bases, notFound, refusal, stage } from "../support/stage.ts";

const ME = "users/users#get-the-authenticated-user";
const UPDATE = "users/users#update-the-authenticated-user";
const USER = "users/users#get-a-user";
const USER_BY_ID = "users/users#get-a-user-using-their-id";

/** In the order of the wire. */
const SIMPLE = [
  "login",
  "id",
  "node_id",
  "avatar_url",
  "gravatar_id",
  "url",
  "html_url",
  "followers_url",
  "following_url",
  "gists_url",
  "starred_url",
  "subscriptions_url",
  "organizations_url",
  "repos_url",
  "events_url",
  "received_events_url",
  "type",
  "user_view_type",
  "site_admin",
];
const PROFILE = [
  "name",
  "company",
  "blog",
  "location",
  "email",
  "hireable",
  "bio",
  "twitter_username",
];
const COUNTS = ["public_repos", "public_gists", "followers", "following"];
const PUBLIC = [...SIMPLE, ...PROFILE, ...COUNTS, "created_at", "updated_at"];
const VIEWER = [...SIMPLE, ...PROFILE, "notification_email", ...COUNTS, "created_at", "updated_at"];
const PRIVATE = [
  ...VIEWER,
  "private_gists",
  "total_private_repos",
  "owned_private_repos",
  "disk_usage",
  "collaborators",
  "two_factor_authentication",
  "plan",
];

const nodeId = (id: number) => Buffer.from(`04:User${id}`).toString("base64");

describe("the first user of a server", () => {
  const here = stage("/api/v3");

  it("41: has the node id MDQ6VXNlcjE=", async () => {
    await here.user("octocat");
    const { body } = await here.anyone.get("/user/1").expect(200);
    expect(body).toMatchObject({ login: "octocat", id: 1, node_id: "MDQ6VXNlcjE=" });
  });
});

describe.each(bases)("users below %j", (base) => {
  const here = stage(base);

  describe("GET /users/{username}/hovercard", () => {
    const HOVERCARD = "users/users#get-contextual-information-for-a-user";

    it("needs the scope repo", async () => {
      await here.user("bob");
      const alice = await here.as(await here.user("alice"), "user");
      await here.anyone.get("/users/bob/hovercard").expect(401);
      await alice.get("/users/bob/hovercard").expect(404, notFound(HOVERCARD));
    });

    it("has no contexts, as there are no subjects", async () => {
      const alice = await here.as(await here.user("alice"), "repo");
      const path = "/users/alice/hovercard";
      await alice.get(path).expect(200, { contexts: [] });
      await alice.get("/users/missing/hovercard").expect(404, notFound(HOVERCARD));
      const subject = `${path}?subject_type=repository&subject_id=1`;
      await alice.get(subject).expect(404, notFound(HOVERCARD));
      for (const query of [
        "subject_type=repository",
        "subject_id=1",
        "subject_type=x&subject_id=1",
      ]) {
        await alice.get(`${path}?${query}`).expect(422);
      }
    });
  });

  describe("GET /users/{username}", () => {
    it.each(["missing", "123"])("%s is not there", async (name) => {
      await here.anyone.get(`/users/${name}`).expect(404, notFound(USER));
    });

    it("shows the private user to the user in person, with the scope for it", async () => {
      const bob = await here.user("bob");
      const whole = await here.as(bob, "user");
      const { body: self } = await whole.get("/user").expect(200);
      for (const path of ["/users/bob", "/users/BOB", `/user/${bob.id}`]) {
        await whole.get(path).expect(200, self);
      }
      expect(self).toMatchObject({ user_view_type: "private", plan: { name: "enterprise" } });
      for (const who of [await here.as(bob, "repo"), here.anyone]) {
        const { body } = await who.get("/users/bob").expect(200);
        expect(Object.keys(body)).toEqual(PUBLIC);
      }
      const { body: other } = await (await here.as(await here.user("carol"), "user")).get(
        "/users/bob",
      );
      expect(other.user_view_type).toBe("public");
    });

    it("44: shows what everybody may see, and no more", async () => {
      const { id } = await here.user("bob");
      const { body } = await here.anyone.get("/users/bob").expect(200);
      expect(Object.keys(body)).toEqual(PUBLIC);
      const origin = here.world.url;
      expect(body).toEqual({
        login: "bob",
        id,
        node_id: nodeId(id),
        avatar_url: `${origin}/avatars/u/${id}?`,
        gravatar_id: "",
        url: `${here.api}/users/bob`,
        html_url: `${origin}/bob`,
        followers_url: `${here.api}/users/bob/followers`,
        following_url: `${here.api}/users/bob/following{/other_user}`,
        gists_url: `${here.api}/users/bob/gists{/gist_id}`,
        starred_url: `${here.api}/users/bob/starred{/owner}{/repo}`,
        subscriptions_url: `${here.api}/users/bob/subscriptions`,
        organizations_url: `${here.api}/users/bob/orgs`,
        repos_url: `${here.api}/users/bob/repos`,
        events_url: `${here.api}/users/bob/events{/privacy}`,
        received_events_url: `${here.api}/users/bob/received_events`,
        type: "User",
        user_view_type: "public",
        site_admin: false,
        name: null,
        company: null,
        blog: "",
        location: null,
        email: null,
        hireable: null,
        bio: null,
        twitter_username: null,
        public_repos: 0,
        public_gists: 0,
        followers: 0,
        following: 0,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      });
    });

    it("45: an unset blog is empty, and other unset text is null", async () => {
      const bob = await here.user("bob");
      const { body } = await here.anyone.get("/users/bob").expect(200);
      expect(body.blog).toBe("");
      expect(body.company).toBeNull();
      await changeProfile(here.store, bob.id, { websiteUrl: "https://b.test", organization: "B" });
      const { body: changed } = await here.anyone.get("/users/bob").expect(200);
      expect(changed).toMatchObject({ blog: "https://b.test", company: "B", bio: null });
    });

    it("47: times are in UTC and to the second", async () => {
      const second = Math.floor(Date.now() / 1000) * 1000;
      await here.user("bob");
      const created = Date.now();
      const { body } = await here.anyone.get("/users/bob").expect(200);
      for (const time of [body.created_at, body.updated_at]) {
        expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(Date.parse(time)).toBeGreaterThanOrEqual(second);
        expect(Date.parse(time)).toBeLessThanOrEqual(created);
      }
    });

    it("shows a public address to callers with a credential alone", async () => {
      const bob = await here.user("bob");
      await changeProfile(here.store, bob.id, { publicEmail: "bob@example.test" });
      expect((await here.anyone.get("/users/bob")).body.email).toBeNull();
      const alice = await here.as(await here.user("alice"));
      expect((await alice.get("/users/bob")).body.email).toBe("bob@example.test");
      expect((await alice.get("/users/bob")).body).not.toHaveProperty("notification_email");
    });

    it("finds a login in any case, without a redirect", async () => {
      await here.user("Bob");
      const { body } = await here.anyone.get("/users/bOb").expect(200);
      expect(body.login).toBe("Bob");
    });

    it("takes digits for a login, never for an id", async () => {
      const bob = await here.user("bob");
      await here.anyone.get(`/users/${bob.id}`).expect(404);
      const digits = await here.user("4711");
      expect((await here.anyone.get("/users/4711")).body.id).toBe(digits.id);
    });

    it("shows suspended users, and administrators since when", async () => {
      const bob = await here.user("bob", { state: "blocked" });
      const root = await here.as(await here.user("root", { admin: true }), "site_admin");
      expect((await here.anyone.get("/users/bob").expect(200)).body.id).toBe(bob.id);
      const { body } = await root.get("/users/bob").expect(200);
      expect(body.suspended_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      // GitHub's description leaves the member out; hub4j reads it.
      expect(here.world.violations.splice(0)).toContainEqual(
        expect.stringMatching(/additional properties/),
      );
    });

    it("marks administrators", async () => {
      await here.user("root", { admin: true });
      expect((await here.anyone.get("/users/root")).body.site_admin).toBe(true);
    });
  });

  describe("GET /user/{account_id}", () => {
    it.each(["0", "999999999999999", "99999999999999999999", "-1", "1e3", "bob"])(
      "%s is the id of no user",
      async (id) => {
        await here.user("bob");
        await here.anyone.get(`/user/${id}`).expect(404, notFound(USER_BY_ID));
      },
    );

    it("46: says the same of a user as their name does", async () => {
      const { id } = await here.user("bob");
      const { text } = await here.anyone.get("/users/bob").expect(200);
      expect((await here.anyone.get(`/user/${id}`).expect(200)).text).toBe(text);
    });
  });

  describe("GET /user", () => {
    it("asks anonymous callers for a credential", async () => {
      await here.anyone.get("/user").expect(401, refusal(401, "Requires authentication", ME));
    });

    it.each(["user", "read:user"])("42: shows a token with %s the private view", async (scope) => {
      const alice = await here.as(await here.user("alice"), scope);
      const { body } = await alice.get("/user").expect(200);
      expect(Object.keys(body)).toEqual(PRIVATE);
      expect(body).toMatchObject({
        user_view_type: "private",
        two_factor_authentication: false,
        notification_email: null,
        private_gists: 0,
      });
      expect(Object.keys(body.plan)).toEqual(["name", "space", "collaborators", "private_repos"]);
    });

    it("43: shows other tokens the public view", async () => {
      for (const scopes of [["repo"], [], ["user:email", "user:follow"]]) {
        const alice = await here.as(await here.user(`alice${scopes.length}`), ...scopes);
        const { body } = await alice.get("/user").expect(200);
        expect(body).not.toHaveProperty("private_gists");
        expect(Object.keys(body)).toEqual(VIEWER);
        expect(body.user_view_type).toBe("public");
      }
    });
  });

  describe("PATCH /user", () => {
    it("asks anonymous callers for a credential", async () => {
      const body = refusal(401, "Requires authentication", UPDATE);
      await here.anyone.patch("/user").send({ name: "A" }).expect(401, body);
    });

    it("does not read what is no JSON", async () => {
      const alice = await here.as(await here.user("alice"), "user");
      const send = (text: string) => alice.patch("/user").type("application/json").send(text);
      await send("{bad").expect(400, refusal(400, "Problems parsing JSON", UPDATE));
      for (const text of ["[]", '"x"', "7"]) {
        await send(text).expect(400, refusal(400, "Body should be a JSON object", UPDATE));
      }
    });

    it("refuses a value of the wrong type", async () => {
      const alice = await here.as(await here.user("alice"), "user");
      const { body } = await alice.patch("/user").send({ bio: 7 }).expect(422);
      expect(body.message).toMatch(/^Invalid request\.\n\n/);
      expect(body).not.toHaveProperty("errors");
      expect((await alice.get("/user")).body.bio).toBeNull();
    });

    it("refuses an address that is not the user's own", async () => {
      await here.user("bob");
      const alice = await here.as(await here.user("alice"), "user");
      const { body } = await alice.patch("/user").send({ email: "bob@example.test" }).expect(422);
      expect(body).toEqual({
        ...refusal(422, "Validation Failed", UPDATE),
        errors: [{ resource: "User", field: "email", code: "invalid" }],
      });
    });

    it("refuses an unconfirmed address of the user's own", async () => {
      const alice = await here.as(await here.user("alice"), "user");
      await alice.post("/user/emails").send(["new@example.test"]).expect(201);
      await alice.patch("/user").send({ email: "new@example.test" }).expect(422);
    });

    it("changes what is sent and answers with the private view", async () => {
      const alice = await here.as(await here.user("alice"), "user");
      const change = {
        name: "Alice Ämilia",
        email: "alice@example.test",
        blog: "https://alice.test",
        twitter_username: "alice",
        company: "@acme",
        location: "Zürich",
        hireable: true,
        bio: "Follows\nmany.",
      };
      const { body } = await alice.patch("/user").send(change).expect(200);
      expect(Object.keys(body)).toEqual(PRIVATE);
      expect(body).toMatchObject(change);
      const { body: partly } = await alice.patch("/user").send({ bio: null, spare: 1 }).expect(200);
      expect(partly).toMatchObject({ ...change, bio: null });
      const { body: seen } = await here.anyone.get("/users/alice").expect(200);
      expect(seen).toMatchObject({ ...change, bio: null, email: null });
    });

    it("changes nothing without a body", async () => {
      const alice = await here.as(await here.user("alice", { name: "Alice" }), "user");
      expect((await alice.patch("/user").expect(200)).body.name).toBe("Alice");
      expect((await alice.patch("/user").send({}).expect(200)).body.name).toBe("Alice");
    });

    it("is seen in lists and by name at once", async () => {
      const bob = await here.user("bob");
      await here.fans(bob, 1);
      await here.anyone.get("/users/fan0").expect(200);
      const fan = await here.as(await here.named("fan0"), "user");
      await fan.patch("/user").send({ name: "Fan" }).expect(200);
      expect((await here.anyone.get("/users/fan0")).body.name).toBe("Fan");
    });
  });

  describe("GET /users", () => {
    it("lists everybody by id", async () => {
      await here.user("zoe");
      await here.user("adam");
      const { body } = await here.anyone.get("/users").expect(200);
      expect(body.map(({ login }: { login: string }) => login)).toEqual(["zoe", "adam"]);
    });
  });

  describe("a user in a list", () => {
    const list = async () => {
      const bob = await here.user("bob");
      await here.fans(bob, 3);
      return (await here.anyone.get("/users/bob/followers").expect(200)).body as Fan[];
    };
    interface Fan extends Record<string, string> {
      id: never;
    }

    it("36: has the members of GitHub's simple-user, in their order", async () => {
      const users = await list();
      expect(users).toHaveLength(3);
      for (const user of users) expect(Object.keys(user)).toEqual(SIMPLE);
    });

    it("37: is found under its own url", async () => {
      for (const { id, url = "" } of await list()) {
        expect(url.startsWith(`${here.api}/users/`)).toBe(true);
        const { body } = await here.anyone.get(url.slice(here.api.length)).expect(200);
        expect(body.id).toBe(id);
        expect(body.url).toBe(url);
      }
    });

    it("38: has the prefix in its API addresses, and never in html_url", async () => {
      for (const user of await list()) {
        const { html_url, avatar_url, ...others } = user;
        expect(html_url).toBe(`${here.world.url}/${user.login}`);
        expect(avatar_url).not.toContain("/api/v3");
        const urls = Object.entries(others).filter(([name]) => /(^|_)url$/.test(name));
        expect(urls).toHaveLength(10);
        for (const [, url] of urls) {
          expect(url.startsWith(`${here.api}/users/${user.login}`)).toBe(true);
          expect(url.includes("/api/v3")).toBe(base !== "");
        }
      }
    });

    it("39: has templates with literal braces", async () => {
      for (const user of await list()) {
        const url = `${here.api}/users/${user.login}`;
        expect(user.following_url).toBe(`${url}/following{/other_user}`);
        expect(user.gists_url).toBe(`${url}/gists{/gist_id}`);
        expect(user.starred_url).toBe(`${url}/starred{/owner}{/repo}`);
        expect(user.events_url).toBe(`${url}/events{/privacy}`);
      }
    });

    it("has the node id of its id", async () => {
      for (const { id, node_id } of await list()) expect(node_id).toBe(nodeId(id));
    });
  });
});

describe.each(bases)("addresses in answers below %j", (base) => {
  const behind = stage(base, { config: { trustedProxies: ["loopback"] } });
  const direct = stage(base);
  const fixed = stage(base, { config: { publicUrl: "https://people.test" } });

  it("40: begin with the host that was asked and the scheme that a proxy forwarded", async () => {
    const bob = await behind.user("bob");
    await behind.fans(bob, 31);
    const { body, headers } = await behind.anyone
      .get("/users/bob/followers")
      .set({ Host: "h:8080", "X-Forwarded-Proto": "https" })
      .expect(200);
    expect(body[0].url).toBe(`https://h:8080${base}/users/fan0`);
    expect(body[0].html_url).toBe("https://h:8080/fan0");
    expect(headers.link).toBe(
      `<https://h:8080${base}/user/${bob.id}/followers?page=2>; rel="next", ` +
        `<https://h:8080${base}/user/${bob.id}/followers?page=2>; rel="last"`,
    );
  });

  it("begin with the host that a proxy forwarded", async () => {
    await behind.user("bob");
    const { body } = await behind.anyone
      .get("/users/bob")
      .set({ "X-Forwarded-Host": "people.test", "X-Forwarded-Proto": "https" });
    expect(body.url).toBe(`https://people.test${base}/users/bob`);
  });

  it("don't believe strangers who say that they are proxies", async () => {
    await direct.user("bob");
    const { body } = await direct.anyone
      .get("/users/bob")
      .set({ Host: "h:8080", "X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https" });
    expect(body.url).toBe(`http://h:8080${base}/users/bob`);
  });

  it.each(['evil.test"><script>', "a b", "evil.test/x?", "evil.test\\@b"])(
    "are not made of the Host %j",
    async (host) => {
      await direct.user("bob");
      const answer = await direct.raw(
        `GET ${base}/users/bob HTTP/1.1`,
        `Host: ${host}`,
        "User-Agent: raw",
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
      expect(answer).toContain(`"url":"${direct.api}/users/bob"`);
    },
  );

  it("begin with the address that was connected to when HTTP/1.0 names no host", async () => {
    await direct.user("bob");
    const answer = await direct.raw(`GET ${base}/users/bob HTTP/1.0`, "User-Agent: raw");
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(answer).toContain(`"url":"${direct.api}/users/bob"`);
  });

  it("begin with the public URL where one is configured", async () => {
    await fixed.user("bob");
    const { body } = await fixed.anyone.get("/users/bob").set("Host", "h:8080");
    expect(body.url).toBe(`https://people.test${base}/users/bob`);
  });
});
