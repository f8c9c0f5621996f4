import { describe, expect, it } from "@jest/globals";
import { changeProfile } from "../../src/domain/users/users.ts";
import { document } from "../../src/generated/github-document.ts";
import { bases, DOCS, logins, notFound, refusal, stage } from "../support/stage.ts";

type Headers = Record<string, string>;
const METHODS = ["get", "put", "post", "patch", "delete"] as const;
const VARY = "Accept-Encoding, Accept, X-Requested-With";

/** On every answer. */
const EVERYWHERE = {
  server: "GitHub.com",
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, " +
    "X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, " +
    "X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, " +
    "X-GitHub-Request-Id, Deprecation, Sunset",
  "strict-transport-security": "max-age=31536000; includeSubdomains; preload",
  "x-frame-options": "deny",
  "x-content-type-options": "nosniff",
  "x-xss-protection": "0",
  "referrer-policy": "origin-when-cross-origin, strict-origin-when-cross-origin",
  "content-security-policy": "default-src 'none'",
};
const PREFLIGHT = {
  "access-control-allow-headers":
    "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, " +
    "If-Unmodified-Since, X-Requested-With",
  "access-control-allow-methods": "GET, POST, PATCH, PUT, DELETE",
  "access-control-max-age": "86400",
  "access-control-allow-origin": "*",
};

const paths = Object.entries(document.paths) as [string, object][];

describe.each(bases)("answers below %j", (base) => {
  // A clock that stands still, as GET /zen goes by it.
  const here = stage(base, { clock: () => Date.UTC(2026, 5, 1) });

  /** A user with every right and everything that can be read, and each path made out to them. */
  async function root() {
    const user = await here.user("root", { admin: true });
    await here.fans(user, 31);
    const agent = await here.as(user, "user", "admin:public_key", "site_admin");
    const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN3aHAs5B";
    const { body } = await agent.post("/user/keys").send({ key }).expect(201);
    const ids: Record<string, string> = {
      username: "root",
      target_user: "fan0",
      account_id: String(user.id),
      key_id: String(body.id),
      token_id: "999999",
      enterprise: "acme",
    };
    const made = (path: string) =>
      path.replace(/\{([^}]+)\}/g, (_, name: string) => `${ids[name]}`);
    return { agent, made, user };
  }

  /** An answer of each kind. */
  async function oneOfEach() {
    const { agent } = await root();
    const { etag = "" } = (await agent.get("/meta").expect(200)).headers;
    return {
      "200": await agent.get("/users/root/followers").expect(200),
      "200 for anyone": await here.anyone.get("/users/root/followers").expect(200),
      "204": await agent.put("/user/following/fan0").expect(204),
      "304": await agent.get("/meta").set("If-None-Match", etag).expect(304),
      "400": await agent.post("/admin/users").type("json").send("{bad").expect(400),
      "401": await here.anyone.get("/user").expect(401),
      "401 for a bad token": await here.anyone.get("/").set("Authorization", "token x").expect(401),
      "403": await (await here.asFineGrained(await here.named("fan0")))
        .get("/user/followers")
        .expect(403),
      "404": await agent.get("/users/missing").expect(404),
      "404 without a route": await here.anyone.get("/nowhere").expect(404),
      "415": await agent.get("/").set("Accept", "text/html").expect(415),
      "422": await agent.post("/admin/users").send({}).expect(422),
      preflight: await here.anyone.options("/user"),
    };
  }

  it("60: all carry a request id, the security headers and the CORS headers", async () => {
    const ids = new Set<string>();
    // To the second, and node writes down a new one within a millisecond of its beginning.
    const earliest = Math.floor(Date.now() / 1000 - 1) * 1000;
    const answers = Object.values(await oneOfEach());
    const latest = Date.now();
    for (const { headers } of answers) {
      expect(headers).toMatchObject(EVERYWHERE);
      const { "x-github-request-id": id = "", date = "" } = headers;
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
      ids.add(id);
      expect(Date.parse(date)).toBeGreaterThanOrEqual(earliest);
      expect(Date.parse(date)).toBeLessThanOrEqual(latest);
      for (const gone of ["x-powered-by", "status", "access-control-allow-credentials"]) {
        expect(headers).not.toHaveProperty(gone);
      }
    }
    expect(ids.size).toBe(13);
  });

  it("79: all name the version of the server", async () => {
    for (const { headers } of Object.values(await oneOfEach())) {
      expect(headers["x-github-enterprise-version"]).toBe("3.15.0");
    }
  });

  it("61: lists say who may keep them, and what they vary by", async () => {
    const answers = await oneOfEach();
    expect(answers["200"].headers).toMatchObject({
      "cache-control": "private, max-age=60, s-maxage=60",
      vary: `Accept, Authorization, Cookie, X-GitHub-OTP,${VARY}`,
      "content-type": "application/json; charset=utf-8",
      "x-github-media-type": "github.v3; format=json",
    });
    expect(answers["200 for anyone"].headers).toMatchObject({
      "cache-control": "public, max-age=60, s-maxage=60",
      vary: `Accept,${VARY}`,
    });
  });

  it("67: empty and failed answers have no ETag, and nothing to keep them by", async () => {
    const { "200": list, "200 for anyone": open, "304": same, ...others } = await oneOfEach();
    for (const { headers } of [list, open, same]) expect(headers).toHaveProperty("etag");
    for (const { headers } of Object.values(others)) {
      expect(headers).not.toHaveProperty("etag");
      expect(headers).not.toHaveProperty("last-modified");
      expect(headers).not.toHaveProperty("cache-control");
      expect(headers.vary).toBe(VARY);
    }
  });

  it("errors are JSON with their members in GitHub's order", async () => {
    const answers = Object.values(await oneOfEach()).filter(({ status }) => status >= 400);
    expect(answers).toHaveLength(8);
    for (const { body, headers, status } of answers) {
      expect(headers["content-type"]).toBe("application/json; charset=utf-8");
      expect(headers["x-github-media-type"]).toBe("github.v3; format=json");
      const members = ["message", "documentation_url", "status"];
      expect(Object.keys(body).filter((name) => name !== "errors")).toEqual(members);
      expect(body.status).toBe(String(status));
      expect(body.documentation_url.startsWith("https://docs.github.com/")).toBe(true);
    }
  });

  describe("GET on a condition", () => {
    it("63: is 304 to who has it, under a weak tag or a strong one", async () => {
      const { agent } = await root();
      for (const path of ["/users/root", "/users/root/followers", "/user", "/user/keys", "/meta"]) {
        const { headers } = await agent.get(path).expect(200);
        const [, opaque] = /^(?:W\/)?"([^"]+)"$/.exec(headers.etag ?? "") ?? [];
        expect(opaque).toBeDefined();
        const kept = [`W/"${opaque}"`, `"${opaque}"`, `"other", W/"${opaque}"`, "*"];
        for (const tag of kept) {
          const same = await agent.get(path).set("If-None-Match", tag).expect(304);
          expect(same.text).toBe("");
          expect(same.headers.etag).toBe(`"${opaque}"`);
          for (const name of ["cache-control", "vary"]) {
            expect(same.headers[name]).toBe(headers[name]);
          }
          expect(same.headers["last-modified"]).toBe(headers["last-modified"]);
          expect(same.headers["x-github-api-version-selected"]).toBe("2022-11-28");
          for (const name of ["content-type", "x-oauth-scopes", "x-accepted-oauth-scopes"]) {
            expect(same.headers).not.toHaveProperty(name);
          }
          expect(same.headers).not.toHaveProperty("x-github-media-type");
        }
        for (const tag of [`${opaque}`, '"other"', `W/${opaque}`]) {
          await agent.get(path).set("If-None-Match", tag).expect(200);
        }
      }
    });

    it("64: is 200 with a new tag once a user has come", async () => {
      const bob = await here.user("bob");
      await here.user("carol");
      const carol = await here.as(await here.named("carol"), "user");
      for (const path of ["/users/bob/followers", "/users/bob", `/user/${bob.id}/followers`]) {
        const { headers } = await here.anyone.get(path).expect(200);
        const again = () => here.anyone.get(path).set("If-None-Match", headers.etag ?? "");
        await again().expect(304);
        await carol.put("/user/following/bob").expect(204);
        const { headers: now } = await again().expect(200);
        expect(now.etag).not.toBe(headers.etag);
        await carol.delete("/user/following/bob").expect(204);
        await again().expect(200);
      }
    });

    it("is 200 once a user in the list has another name", async () => {
      const { agent } = await root();
      const path = "/users/root/followers?page=2";
      const { headers } = await agent.get(path).expect(200);
      await agent.patch("/admin/users/fan30").send({ login: "last" }).expect(202);
      const now = await agent
        .get(path)
        .set("If-None-Match", headers.etag ?? "")
        .expect(200);
      expect(logins(now)).toEqual(["last"]);
    });

    it("is 200 once the profile is another", async () => {
      const bob = await here.user("bob");
      const { headers } = await here.anyone.get("/users/bob").expect(200);
      await changeProfile(here.store, bob.id, { bio: "new" });
      const now = await here.anyone.get("/users/bob").set("If-None-Match", headers.etag ?? "");
      expect(now.status).toBe(200);
      expect(now.body.bio).toBe("new");
    });

    it("is 200 to a token that sees more", async () => {
      const bob = await here.user("bob");
      const little = await here.as(bob);
      const much = await here.as(bob, "user");
      const { headers } = await little.get("/user").expect(200);
      const more = await much
        .get("/user")
        .set("If-None-Match", headers.etag ?? "")
        .expect(200);
      expect(more.body.user_view_type).toBe("private");
    });

    it("68: goes by the time as well, which is the user's updated_at", async () => {
      const { id } = await here.user("bob");
      for (const path of ["/users/bob", `/user/${id}`]) {
        const { headers, body } = await here.anyone.get(path).expect(200);
        const modified = headers["last-modified"] ?? "";
        expect(modified).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
        expect(Date.parse(modified)).toBe(Date.parse(body.updated_at));
        const since = (time: string) => here.anyone.get(path).set("If-Modified-Since", time);
        const same = await since(modified).expect(304);
        expect(same.text).toBe("");
        expect(same.headers["last-modified"]).toBe(modified);
        await since(new Date(Date.parse(modified) - 1000).toUTCString()).expect(200);
        await since("no time").expect(200);
        // The tag alone decides where there is one.
        await since(modified).set("If-None-Match", '"other"').expect(200);
        await since("Thu, 01 Jan 1970 00:00:00 GMT")
          .set("If-None-Match", headers.etag ?? "")
          .expect(304);
      }
      expect((await here.anyone.get("/users/bob/followers")).headers).not.toHaveProperty(
        "last-modified",
      );
    });
  });

  describe("HEAD", () => {
    const comparable = ({ headers }: { headers: Headers }) => {
      const { date: _date, "x-github-request-id": _id, ...others } = headers;
      return others;
    };

    it("69: has what GET has, less the body", async () => {
      const { agent, made } = await root();
      const readable = paths.filter(([, item]) => "get" in item).map(([path]) => made(path));
      expect(readable).toHaveLength(54);
      for (const path of [...readable, "/users/root/followers?callback=f", "/nowhere"]) {
        for (const who of [agent, here.anyone]) {
          const get = await who.get(path);
          const head = await who.head(path);
          expect([path, head.status]).toEqual([path, get.status]);
          expect(head.text ?? "").toBe("");
          expect(comparable(head)).toEqual(comparable(get));
        }
      }
      const { headers } = await agent.head("/users/root/followers").expect(200);
      expect(Number(headers["content-length"])).toBeGreaterThan(1000);
      expect(headers.link).toContain('rel="next"');
    });
  });

  describe("a path that is not there", () => {
    it("70: is what other methods on known paths find, never 405", async () => {
      const { agent, made } = await root();
      for (const method of ["post", "patch"] as const) {
        await agent[method]("/user/followers").expect(404, notFound());
      }
      for (const [path, item] of paths) {
        for (const method of METHODS.filter((each) => !(each in item))) {
          // GitLab's third version has it at the same address.
          if (base === "/api/v3" && method === "post" && path === "/users") continue;
          const { status, headers } = await agent[method](made(path));
          expect([method, path, status]).toEqual([method, path, 404]);
          expect(headers).not.toHaveProperty("allow");
        }
      }
    });

    it("71: is one with a slash at its end", async () => {
      const { agent, made } = await root();
      await agent.get("/user/followers/").expect(404, notFound());
      for (const [path] of paths.filter(([each, item]) => each !== "/" && "get" in item)) {
        const { status, body } = await agent.get(`${made(path)}/`);
        expect([path, status, body.documentation_url]).toEqual([path, 404, DOCS]);
      }
    });

    it("is one in another case or with a spare slash", async () => {
      const { agent } = await root();
      for (const path of ["/User/followers", "/users//followers", "//user", "/user//followers"]) {
        await agent.get(path).expect(404, notFound());
      }
    });

    it("78: hides every credential and echoes no version", async () => {
      const { agent } = await root();
      for (const path of ["/no/such/path", "/users/root/unheard-of"]) {
        const { headers } = await agent.get(path).expect(404, notFound());
        expect(headers).not.toHaveProperty("x-github-api-version-selected");
      }
    });
  });

  describe("Accept", () => {
    // An address that has no page for people, who get one elsewhere for `text/html`.
    const ask = (accept: string) => here.anyone.get("/users/bob/keys").set("Accept", accept);

    it("72: of nothing that is served gets 415", async () => {
      await here.user("bob");
      for (const accept of ["text/html", "application/xml", "image/png, text/html;q=0.9"]) {
        await ask(accept).expect(415, {
          message: `Unsupported 'Accept' header: '${accept}'. Must accept 'application/json'.`,
          documentation_url: "https://docs.github.com/v3/media",
          status: "415",
        });
      }
      await ask("text/html,*/*").expect(200);
    });

    it.each([
      ["", "github.v3; format=json"],
      ["*/*", "github.v3; format=json"],
      ["application/*", "github.v3; format=json"],
      ["application/json", "github.v3; format=json"],
      ["application/vnd.github+json", "github.v3; format=json"],
      ["application/vnd.github.v3+json", "github.v3; format=json"],
      ["application/vnd.github.v3+json;charset=utf-8", "github.v3; format=json"],
      ["text/html, application/json;q=0.5", "github.v3; format=json"],
      ["application/vnd.github.raw+json", "github.v3; param=raw; format=json"],
      ["application/vnd.github.v3.text+json", "github.v3; param=text; format=json"],
      ["application/vnd.github.html+json", "github.v3; param=html; format=json"],
      [
        "application/vnd.github.merge-info-preview+json, application/vnd.github.nebula-preview",
        "github.v3; param=merge-info-preview.nebula-preview; format=json",
      ],
    ])("of %j is answered as %j", async (accept, mediaType) => {
      await here.user("bob");
      const { headers } = await ask(accept).expect(200);
      expect(headers["x-github-media-type"]).toBe(mediaType);
      expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    });

    it("73: with a parameter has it echoed", async () => {
      await here.user("bob");
      const { headers } = await ask("application/vnd.github.full+json").expect(200);
      expect(headers["x-github-media-type"]).toBe("github.v3; param=full; format=json");
    });
  });

  describe("X-GitHub-Api-Version", () => {
    it("74: is echoed, also where it was not sent, but for one that is not served", async () => {
      await here.user("bob");
      for (const sent of [{}, { "X-GitHub-Api-Version": "2022-11-28" }]) {
        const { headers } = await here.anyone.get("/users/bob").set(sent).expect(200);
        expect(headers["x-github-api-version-selected"]).toBe("2022-11-28");
      }
      const bad = await here.anyone.get("/users/bob").set("X-GitHub-Api-Version", "1999-01-01");
      expect(bad.status).toBe(400);
      expect(bad.body).toEqual({
        ...refusal(400, "Bad Request"),
        errors:
          'The version you specified in the "X-GitHub-API-Version" request header, "1999-01-01", ' +
          "is not a supported version. The following versions are currently supported: " +
          '"2022-11-28" (most recent).',
      });
      const members = ["message", "errors", "documentation_url", "status"];
      expect(Object.keys(bad.body)).toEqual(members);
      expect(bad.headers).not.toHaveProperty("x-github-api-version-selected");
    });

    it("is on empty, unchanged and refused answers alike", async () => {
      const answers = await oneOfEach();
      for (const [kind, { headers }] of Object.entries(answers)) {
        const silent = ["401 for a bad token", "404 without a route", "preflight"].includes(kind);
        expect([kind, headers["x-github-api-version-selected"]]).toEqual([
          kind,
          silent ? undefined : "2022-11-28",
        ]);
      }
    });
  });

  describe("User-Agent", () => {
    it("75: of a person gets indented JSON with a line's end, under the same tag", async () => {
      await here.user("bob");
      const as = (agent: string, path = "/users/bob") =>
        here.anyone.get(path).set("User-Agent", agent);
      const compact = await as("x").expect(200);
      expect(compact.text).toBe(JSON.stringify(compact.body));
      for (const agent of [
        "curl/8",
        "Wget/1.21",
        "Mozilla/5.0 Safari/605",
        "Mozilla Firefox/130",
      ]) {
        const pretty = await as(agent).expect(200);
        expect(pretty.text).toBe(`${JSON.stringify(compact.body, null, 2)}\n`);
        expect(pretty.headers.etag).toBe(compact.headers.etag);
        expect(pretty.headers["content-length"]).toBe(String(Buffer.byteLength(pretty.text)));
        const tag = compact.headers.etag ?? "";
        await as(agent).set("If-None-Match", tag).expect(304);
      }
      const failed = await as("curl/8", "/users/missing").expect(404);
      expect(failed.text).toBe(`${JSON.stringify(failed.body, null, 2)}\n`);
    });
  });

  describe("OPTIONS", () => {
    it("76: is 204 with what a browser wants to know", async () => {
      const answer = await here.anyone
        .options("/user/followers")
        .set({ Origin: "https://app.test", "Access-Control-Request-Method": "GET" });
      expect(answer.status).toBe(204);
      expect(answer.headers).toMatchObject(PREFLIGHT);
      expect(answer.headers).not.toHaveProperty("content-type");
      expect(answer.text).toBe("");
    });

    it("is 204 on any path, for any caller and credential", async () => {
      const { made } = await root();
      for (const path of [
        ...paths.map(([each]) => made(each)),
        "/no/such/path",
        "/users/missing/",
      ]) {
        const { status, headers } = await here.anyone
          .options(path)
          .set({ Authorization: "token wrong", "X-GitHub-Api-Version": "v3", Accept: "text/html" });
        expect([path, status]).toEqual([path, 204]);
        expect(headers).toMatchObject({ ...EVERYWHERE, ...PREFLIGHT });
      }
      const raw = await here.raw(`OPTIONS ${base}/user HTTP/1.1`, "Host: localhost");
      expect(raw).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
    });
  });

  describe("?callback", () => {
    /** What the script hands to the function `f`. */
    const handedOver = (text: string): { meta: Record<string, unknown>; data: unknown } => {
      const [, json = ""] = /^\/\*\*\/f\((.*)\)$/s.exec(text) ?? [];
      return JSON.parse(json);
    };
    const script = async (path: string, agent = here.anyone) => {
      const answer = await agent.get(path).buffer(true).expect(200);
      expect(answer.headers["content-type"]).toBe("application/javascript; charset=utf-8");
      expect(answer.headers["content-length"]).toBe(String(Buffer.byteLength(answer.text)));
      return handedOver(answer.text);
    };

    it("77: gets a script with the status, the links and the data", async () => {
      const { agent, user } = await root();
      const { body } = await agent.get("/users/root/followers").expect(200);
      const { meta, data } = await script("/users/root/followers?callback=f");
      const at = `${here.api}/user/${user.id}/followers?callback=f`;
      expect(meta).toMatchObject({
        status: 200,
        Link: [
          [`${at}&page=2`, { rel: "next" }],
          [`${at}&page=2`, { rel: "last" }],
        ],
      });
      expect(data).toEqual(body);
    });

    it("gets every refusal with 200, as scripts can't see others", async () => {
      const cases = [
        ["/users/missing?callback=f", notFound("users/users#get-a-user")],
        ["/nowhere?callback=f", notFound()],
        [
          "/user?callback=f",
          refusal(401, "Requires authentication", "users/users#get-the-authenticated-user"),
        ],
      ] as const;
      for (const [path, body] of cases) {
        const { meta, data } = await script(path);
        expect(meta.status).toBe(Number(body.status));
        expect(data).toEqual(body);
      }
    });

    it("gets an empty answer with 200, too", async () => {
      const { agent } = await root();
      await agent.put("/user/following/fan0").expect(204);
      const { meta, data } = await script("/user/following/fan0?callback=f", agent);
      expect(meta.status).toBe(204);
      expect(data).toBeNull();
      const { headers } = await agent.get("/user/following/fan0?callback=f");
      expect(headers).not.toHaveProperty("cache-control");
    });

    it.each(["a.b.c", "$_1", "jQuery123_456"])("takes the name %s", async (name) => {
      const answer = await here.anyone.get(`/meta?callback=${name}`).buffer(true).expect(200);
      expect(answer.text.startsWith(`/**/${name}({"meta":{"status":200,`)).toBe(true);
    });

    it.each(["", "alert(1)", "f;x", "<script>", "1a", "a..b"])(
      "ignores the name %j",
      async (name) => {
        await here.user("bob");
        const answer = await here.anyone.get("/users/bob").query({ callback: name }).expect(200);
        expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
        expect(answer.body.login).toBe("bob");
      },
    );

    it("means nothing to other methods", async () => {
      const { agent } = await root();
      await agent.put("/user/following/fan0?callback=f").expect(204);
    });

    it("hands over data that would end a script early", async () => {
      const bob = await here.user("bob");
      await changeProfile(here.store, bob.id, { bio: "a\u2028b\u2029c</script>" });
      const { text } = await here.anyone.get("/users/bob?callback=f").buffer(true).expect(200);
      expect(text).not.toMatch(/[\u2028\u2029]/);
      expect(handedOver(text).data).toMatchObject({ bio: "a\u2028b\u2029c</script>" });
    });
  });
});

describe.each(bases)("a 304 under limits below %j", (base) => {
  const here = stage(base, { config: { rateLimit: 100, rateLimitAnonymous: 100 } });

  it("66: costs a caller with a token nothing", async () => {
    const bob = await here.as(await here.user("bob"));
    const first = await bob.get("/users/bob").expect(200);
    expect(first.headers["x-ratelimit-remaining"]).toBe("99");
    const tag = first.headers.etag ?? "";
    for (let times = 0; times < 3; times += 1) {
      const same = await bob.get("/users/bob").set("If-None-Match", tag).expect(304);
      expect(same.headers["x-ratelimit-remaining"]).toBe("99");
      expect(same.headers["x-ratelimit-used"]).toBe("1");
    }
    const other = await bob.get("/users/bob").set("If-None-Match", '"x"').expect(200);
    expect(other.headers["x-ratelimit-remaining"]).toBe("98");
  });
});
