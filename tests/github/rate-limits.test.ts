import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { client } from "../support/server.ts";
import { bases, notFound, refusal, stage } from "../support/stage.ts";

const FIVE = [
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
  "x-ratelimit-resource",
  "x-ratelimit-used",
];
const RATE_LIMIT = "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user";
const TOKEN_LIMIT =
  "https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#rate-limiting";
const ANONYMOUS_LIMIT =
  "https://docs.github.com/rest/overview/resources-in-the-rest-api#rate-limiting";

type Headers = Record<string, string>;
const limitsIn = (headers: Headers) =>
  Object.keys(headers)
    .filter((name) => name.startsWith("x-ratelimit-"))
    .sort();
const remaining = ({ headers }: { headers: Headers }) => headers["x-ratelimit-remaining"];

/** Each test has callers of its own, as limits are remembered by them and not by the database. */
describe.each(bases)("limits below %j", (base) => {
  describe("GET /rate_limit", () => {
    const here = stage(base);

    it("80: are none by default, as GET /rate_limit says, and no answer has their headers", async () => {
      await here.user("bob");
      const alice = await here.as(await here.user("alice"), "user");
      for (const who of [alice, here.anyone]) {
        const answers = [
          await who.get("/users/bob").expect(200),
          await who.get("/users/missing").expect(404),
          await who.get("/nowhere").expect(404),
          await who.put("/user/following/bob"),
          await who.get("/rate_limit"),
        ];
        for (const { headers } of answers) expect(limitsIn(headers)).toEqual([]);
        const { headers } = await who
          .get("/rate_limit")
          .expect(404, refusal(404, "Rate limiting is not enabled.", RATE_LIMIT));
        expect(headers["cache-control"]).toBe("no-cache");
      }
    });
  });

  describe("on", () => {
    const here = stage(base, { config: { rateLimit: 10, rateLimitAnonymous: 60 } });

    it("counts searches by themselves, thirty a minute with a token and ten without", async () => {
      const alice = await here.as(await here.user("searcher"), "user");
      const [first, second] = [
        await alice.get("/search/users?q=x").expect(200),
        await alice.get("/search/users?q=x").expect(200),
      ];
      expect(first.headers).toMatchObject({
        "x-ratelimit-limit": "30",
        "x-ratelimit-resource": "search",
      });
      expect([first, second].map(remaining)).toEqual(["29", "28"]);
      const { body } = await alice.get("/rate_limit").expect(200);
      expect(body.resources.search).toMatchObject({ limit: 30, used: 2, remaining: 28 });
      expect(body.resources.core).toMatchObject({ used: 0 });
      for (let left = 9; left >= 0; left -= 1) {
        expect(remaining(await here.anyone.get("/search/users?q=x").expect(200))).toBe(`${left}`);
      }
      await here.anyone.get("/search/users?q=x").expect(403);
      await here.anyone.get("/users/searcher").expect(200);
    });

    it("81: are shown in five headers, and GET /rate_limit costs nothing", async () => {
      const alice = await here.as(await here.user("alice"), "user");
      const before = Math.floor(Date.now() / 1000);
      const first = await alice.get("/users/alice").expect(200);
      const after = Math.ceil(Date.now() / 1000);
      expect(first.headers).toMatchObject({
        "x-ratelimit-limit": "10",
        "x-ratelimit-remaining": "9",
        "x-ratelimit-used": "1",
        "x-ratelimit-resource": "core",
      });
      const reset = Number(first.headers["x-ratelimit-reset"]);
      expect(reset).toBeGreaterThanOrEqual(before + 3600);
      expect(reset).toBeLessThanOrEqual(after + 3600);

      const once = await alice.get("/rate_limit").expect(200);
      const twice = await alice.get("/rate_limit").expect(200);
      expect(twice.body).toEqual(once.body);
      expect(once.body.rate).toEqual({ limit: 10, used: 1, remaining: 9, reset });
      expect(Object.keys(once.body.rate)).toEqual(["limit", "used", "remaining", "reset"]);
      expect(once.body.resources.core).toEqual(once.body.rate);
      expect(Object.keys(once.body.resources)).toEqual([
        ...["core", "search", "graphql", "integration_manifest", "source_import"],
        ...["code_scanning_upload", "actions_runner_registration", "scim"],
        ...["dependency_snapshots", "code_search", "code_scanning_autofix"],
      ]);
      expect(once.headers["cache-control"]).toBe("no-cache");
      expect(limitsIn(once.headers)).toEqual(FIVE);
      expect(remaining(twice)).toBe("9");

      expect(remaining(await alice.get("/users/missing").expect(404))).toBe("8");
    });

    it("are in empty, unchanged and refused answers as well, and HEAD counts", async () => {
      await here.user("bob");
      const alice = await here.as(await here.user("alice"), "user");
      const { headers } = await alice.get("/users/bob").expect(200);
      const answers = [
        await alice
          .get("/users/bob")
          .set("If-None-Match", headers.etag ?? "")
          .expect(304),
        await alice.head("/users/bob").expect(200),
        await alice.put("/user/following/bob").expect(204),
        await alice.get("/admin/tokens").expect(404),
        await alice.post("/user/emails").type("json").send("{").expect(400),
      ];
      expect(answers.map(remaining)).toEqual(["9", "8", "7", "6", "5"]);
      for (const each of answers) {
        expect(limitsIn(each.headers)).toEqual(FIVE);
        expect(each.headers["x-ratelimit-reset"]).toBe(headers["x-ratelimit-reset"]);
      }
    });

    it("are shown in the body of JSONP, whose scripts see no headers", async () => {
      const alice = await here.as(await here.user("alice"));
      const answer = await alice.get("/user?callback=f").buffer(true).expect(200);
      const reset = answer.headers["x-ratelimit-reset"];
      expect(answer.text).toMatch(
        new RegExp(
          '^/\\*\\*/f\\(\\{"meta":\\{"status":200,.*"x-ratelimit-limit":"10",' +
            `"x-ratelimit-remaining":"9","x-ratelimit-reset":"${reset}"`,
        ),
      );
    });

    it("are one for all tokens of a user, and another one for another", async () => {
      const alice = await here.user("alice");
      const [one, other] = [await here.as(alice), await here.as(alice, "repo")];
      const bob = await here.as(await here.user("bob"));
      expect(remaining(await one.get("/user"))).toBe("9");
      expect(remaining(await other.get("/user"))).toBe("8");
      expect(remaining(await bob.get("/user"))).toBe("9");
    });

    it("82: are nothing to a bad credential", async () => {
      const before = remaining(await here.anyone.get("/rate_limit").expect(200));
      const bad = client({ url: here.api }, "wrong");
      for (const path of ["/users/alice", "/rate_limit", "/user"]) {
        const { headers } = await bad.get(path).expect(401, refusal(401, "Bad credentials"));
        expect(limitsIn(headers)).toEqual([]);
      }
      expect(remaining(await here.anyone.get("/rate_limit").expect(200))).toBe(before);
    });

    it("are counted for a missing credential", async () => {
      const before = Number(remaining(await here.anyone.get("/rate_limit")));
      const { headers } = await here.anyone.get("/user").expect(401);
      expect(headers["x-ratelimit-remaining"]).toBe(String(before - 1));
    });

    it("are told on a path that leads nowhere to those without a credential alone", async () => {
      const alice = await here.as(await here.user("alice"));
      const { headers } = await alice.get("/nowhere").expect(404, notFound());
      expect(limitsIn(headers)).toEqual([]);
      const open = await here.anyone.get("/nowhere").expect(404, notFound());
      expect(limitsIn(open.headers)).toEqual(FIVE);
    });

    it("83: refuse a token that has used them up, but for the question how much is left", async () => {
      const user = await here.user("alice");
      const alice = await here.as(user);
      for (let times = 0; times < 10; times += 1) await alice.get("/user").expect(200);
      for (const path of ["/user", "/users/missing", "/users/alice?callback=x%28"]) {
        const answer = await alice.get(path).expect(403);
        expect(answer.body).toEqual({
          message: expect.stringMatching(
            new RegExp(
              `^API rate limit exceeded for user ID ${user.id}\\. If you reach out to GitHub ` +
                `Support for help, please include the request ID ${answer.headers["x-github-request-id"]} ` +
                "and timestamp \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\\.",
            ),
          ),
          documentation_url: TOKEN_LIMIT,
          status: "403",
        });
        expect(answer.headers).toMatchObject({
          "x-ratelimit-remaining": "0",
          "x-ratelimit-used": "10",
          "x-ratelimit-limit": "10",
        });
        expect(answer.headers).not.toHaveProperty("retry-after");
      }
      const { body } = await alice.get("/rate_limit").expect(200);
      expect(body.rate).toMatchObject({ limit: 10, remaining: 0, used: 10 });
      // A caller over the limit still gets the 404 and the 401.
      await alice.get("/nowhere").expect(404, notFound());
      await here.anyone.get("/user").set("Authorization", "token wrong").expect(401);
    });
  });

  describe("of callers without a credential", () => {
    const here = stage(base, { config: { rateLimit: 5000, rateLimitAnonymous: 3 } });

    it("go by address, and are refused without a status member", async () => {
      await here.user("bob");
      for (let times = 0; times < 3; times += 1) await here.anyone.get("/users/bob").expect(200);
      for (const path of ["/users/bob", "/nowhere", "/user"]) {
        const asked = here.anyone.get(path).set("X-GitHub-Api-Version", "v3");
        const { body, headers } = await asked.expect(403);
        expect(body).toEqual({
          message:
            "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated " +
            "requests get a higher rate limit. Check out the documentation for more details.)",
          documentation_url: ANONYMOUS_LIMIT,
        });
        expect(headers["x-ratelimit-remaining"]).toBe("0");
        expect(headers).not.toHaveProperty("retry-after");
      }
      expect((await here.anyone.get("/rate_limit").expect(200)).body.rate.remaining).toBe(0);
      await (await here.as(await here.user("alice"))).get("/users/bob").expect(200);
    });
  });

  describe("of writes", () => {
    const here = stage(base, { config: { rateLimit: 5000, rateLimitWrites: 2 } });

    it("84: are GitHub's secondary ones, and say when to come back", async () => {
      await here.user("bob");
      const alice = await here.as(await here.user("alice"), "user");
      await alice.put("/user/following/bob").expect(204);
      await alice.delete("/user/following/bob").expect(204);
      const { body, headers } = await alice.put("/user/following/bob").expect(403);
      expect(body.message).toMatch(
        /^You have exceeded a secondary rate limit\. Please wait a few minutes before you try again\./,
      );
      expect(body.documentation_url).toMatch(/secondary-rate-limits$/);
      expect(body.status).toBe("403");
      expect(headers["retry-after"]).toMatch(/^[1-9]\d*$/);
      expect(Number(headers["retry-after"])).toBeLessThanOrEqual(60);
      await alice.get("/user/following/bob").expect(404);
      const carol = await here.as(await here.user("carol"), "user");
      await carol.put("/user/following/bob").expect(204);
    });

    it("don't count who reads", async () => {
      const bob = await here.as(await here.user("bob"));
      for (let times = 0; times < 5; times += 1) await bob.get("/user").expect(200);
    });
  });
});

describe("the hour of a limit", () => {
  const here = stage("/api/v3", { config: { rateLimit: 2 }, clock: () => Date.now() });

  beforeEach(() => {
    // Only the time of day and timeouts, which limits go by: sockets need the others.
    jest.useFakeTimers({
      now: Date.UTC(2026, 0, 1),
      doNotFake: [
        "hrtime",
        "nextTick",
        "performance",
        "queueMicrotask",
        "setImmediate",
        "clearImmediate",
        "setInterval",
        "clearInterval",
      ],
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it("begins with the first request and ends for all at once", async () => {
    const alice = await here.as(await here.user("alice"));
    const reset = String(Date.UTC(2026, 0, 1, 1) / 1000);
    for (const status of [200, 200, 403]) {
      const { headers } = await alice.get("/user").expect(status);
      expect(headers["x-ratelimit-reset"]).toBe(reset);
      jest.advanceTimersByTime(20 * 60 * 1000 - 1);
    }
    expect(remaining(await alice.get("/rate_limit"))).toBe("0");
    jest.advanceTimersByTime(3);
    const { headers } = await alice.get("/user").expect(200);
    expect(headers["x-ratelimit-remaining"]).toBe("1");
    expect(Number(headers["x-ratelimit-reset"])).toBe(Number(reset) + 3600);
  });
});
