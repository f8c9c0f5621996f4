import { describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const on = stage();
const NOW = Date.UTC(2025, 0, 1, 12) / 1000;
const freeze = () => on.dev("PATCH", "/clock", { time: "2025-01-01T12:00:00Z", frozen: true });
const fault = (body: object) => on.dev("POST", "/faults", body);
const headersOf = ({ headers }: { headers: Headers }, ...names: string[]) =>
  names.map((name) => headers.get(name));

const LIMITS = ["limit", "remaining", "used", "reset", "resource"].map((n) => `x-ratelimit-${n}`);

describe("which requests a fault befalls", () => {
  it("is said by operation and dialect", async () => {
    await fault({ kind: "server-error", operation: "users/get-authenticated" });
    await fault({ kind: "unavailable", dialect: "gitlab" });
    expect((await on.github("GET", "/user")).status).toBe(500);
    expect((await on.github("GET", "/users/octocat")).status).toBe(200);
    expect((await on.gitlab("GET", "/user")).status).toBe(503);
  });

  it("is said by how many go before, and how many are met", async () => {
    const added = await fault({ kind: "unavailable", skip: 1, times: 2 });
    expect(added).toMatchObject({ status: 201, body: { kind: "unavailable", skip: 1, times: 2 } });
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await on.github("GET", "/user")).status);
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
    expect((await on.dev("GET", "/faults")).body).toEqual([]);
  });

  it("ends with the fault", async () => {
    const { body } = await fault({ kind: "unavailable" });
    expect((await on.dev("DELETE", `/faults/${(body as { id: number }).id}`)).status).toBe(204);
    expect((await on.github("GET", "/user")).status).toBe(200);
    await fault({ kind: "unavailable" });
    expect((await on.dev("DELETE", "/faults")).status).toBe(204);
    expect((await on.github("GET", "/user")).status).toBe(200);
  });

  it("is never a control", async () => {
    await fault({ kind: "unavailable" });
    await fault({ kind: "drop" });
    expect((await on.dev("GET", "/faults")).status).toBe(200);
  });

  it.each([
    { kind: "sever-error" },
    { kind: "drop", times: 0 },
    { kind: "drop", dialect: "gitea" },
    { kind: "drop", colour: "red" },
    {},
  ])("is not %j", async (body) => {
    expect((await fault(body)).status).toBe(400);
  });
});

describe("a fault that could never happen", () => {
  it.each<[object, RegExp]>([
    [{ kind: "throttled", dialect: "github" }, /can't happen in github's dialect/],
    [{ kind: "primary-limit", dialect: "gitlab" }, /can't happen in gitlab's dialect/],
    [{ kind: "throttled", operation: "users/follow" }, /can't happen to “users\/follow”/],
    [{ kind: "secondary-limit", operation: "followUser" }, /can't happen to “followUser”/],
    [{ kind: "drop", operation: "users/follow", dialect: "gitlab" }, /not of gitlab/],
    [{ kind: "server-error", operation: "getHealth" }, /operation/],
    [{ kind: "delay", seconds: 3 }, /“seconds” means nothing for delay/],
    [{ kind: "drop", milliseconds: 3 }, /“milliseconds” means nothing for drop/],
    [{ kind: "unavailable", status: 503 }, /“status” means nothing/],
    [{ kind: "status" }, /A status from 400 to 599/],
    [{ kind: "status", status: 499 }, /A status from 400 to 599/],
    [{ kind: "status", status: 307 }, /A status from 400 to 599/],
    [{ kind: "status", status: 304, message: "No." }, /A 304 has no body/],
    [
      { kind: "status", status: 409, operation: "users/follow" },
      /“users\/follow” never answers 409; its document names 304, 401, 403, 404, 422\./,
    ],
    [{ kind: "status", status: 422, operation: "followUser" }, /never answers 422/],
    [{ kind: "status", status: 304, operation: "users/list-followers-for-user" }, /names 404\./],
    [{ kind: "drop", operation: "users/folow" }, /did you mean “users\/follow”/],
  ])("is refused with the reason: %j", async (body, reason) => {
    const { status, body: told } = await fault(body);
    expect({ status, told }).toEqual({
      status: 422,
      told: { error: expect.stringMatching(reason) },
    });
    expect((await on.dev("GET", "/faults")).body).toEqual([]);
  });
});

describe("any status of an operation", () => {
  it("is GitHub's 422 of a follow that has been spammed", async () => {
    await fault({ kind: "status", status: 422, operation: "users/follow", times: 1 });
    expect((await on.github("PUT", "/user/following/hubot")).body).toMatchObject({
      message: "Validation Failed",
      errors: [{ message: "Validation failed, or the endpoint has been spammed." }],
      documentation_url: expect.stringContaining("/rest/users/followers"),
      status: "422",
    });
    expect((await on.github("PUT", "/user/following/hubot")).status).toBe(204);
  });

  it.each([401, 403, 404, 409, 422, 429, 451, 503])(
    "is %i in the vendors' bodies",
    async (status) => {
      await fault({ kind: "status", status });
      const github = await on.github("GET", "/user");
      expect(github).toMatchObject({ status, body: { status: String(status) } });
      const gitlab = await on.gitlab("GET", "/user");
      expect(gitlab).toMatchObject({ status, body: { message: expect.anything() } });
    },
  );

  it("is one that the document names for the operation, in the vendors' bodies", async () => {
    for (const status of [401, 403, 404]) {
      for (const operation of ["users/unfollow", "unfollowUser"]) {
        await fault({ kind: "status", status, operation, times: 1 });
      }
      expect(await on.github("DELETE", "/user/following/hubot")).toMatchObject({
        ...{ status, body: { status: String(status) } },
      });
      const gitlab = await on.gitlab("POST", "/users/5/unfollow");
      expect(gitlab).toMatchObject({ status, body: { message: expect.anything() } });
    }
  });

  it("can be a 304, which has no body and changes nothing", async () => {
    for (const ask of [on.github, on.gitlab]) {
      await fault({ kind: "status", status: 304, times: 1 });
      const answer = await ask("GET", "/user");
      expect([answer.status, answer.body]).toEqual([304, ""]);
      expect(answer.headers.get("content-type")).toBeNull();
      expect((await ask("GET", "/user")).status).toBe(200);
    }
  });

  it("has the message that is given", async () => {
    await fault({ kind: "status", status: 403, message: "No more." });
    expect((await on.gitlab("GET", "/user")).body).toEqual({ message: "No more." });
    expect((await on.github("GET", "/user")).body).toMatchObject({ message: "No more." });
  });
});

describe("a body", () => {
  it("can be no JSON, at its full length", async () => {
    await fault({ kind: "broken-json" });
    const answer = await fetch(`${on.server.url}/api/v3/users/octocat`);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text.length).toBe(Number(answer.headers.get("content-length")));
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  it("can end in the middle", async () => {
    await fault({ kind: "cut-body" });
    const answer = await fetch(`${on.server.url}/api/v3/users/octocat`);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it("can come slowly, whole", async () => {
    await fault({ kind: "slow-body", milliseconds: 200 });
    const started = performance.now();
    const answer = await fetch(`${on.server.url}/api/v3/users/octocat`);
    expect(await answer.json()).toMatchObject({ login: "octocat" });
    expect(performance.now() - started).toBeGreaterThan(150);
  });
});

describe("latency", () => {
  it("comes before the answer, which is the usual one", async () => {
    await fault({ kind: "delay", milliseconds: 120 });
    const started = performance.now();
    expect((await on.github("GET", "/user")).status).toBe(200);
    // Timers may be a millisecond early.
    expect(performance.now() - started).toBeGreaterThan(118);
  });
});

describe("a dropped connection", () => {
  it("has no answer", async () => {
    await fault({ kind: "drop", times: 1 });
    await expect(on.github("GET", "/user")).rejects.toThrow("fetch failed");
    expect((await on.github("GET", "/user")).status).toBe(200);
    const { body } = await on.dev("GET", "/requests");
    expect(body).toMatchObject([
      { fault: "drop", status: 0 },
      { fault: null, status: 200 },
    ]);
  });
});

describe("GitHub", () => {
  it.each([
    ["server-error", 500, "Server Error"],
    ["bad-gateway", 502, "Server Error"],
    ["unavailable", 503, "Service Unavailable"],
    ["gateway-timeout", 504, "Server Error"],
  ])("has a %s", async (kind, status, message) => {
    await fault({ kind });
    const answer = await on.github("GET", "/user");
    expect([answer.status, answer.body]).toMatchObject([
      status,
      { message, status: String(status) },
    ]);
    expect(answer.headers.get("x-github-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  // The words and headers: docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
  it("refuses a token whose limit is used up", async () => {
    await freeze();
    await fault({ kind: "primary-limit", seconds: 90 });
    const answer = await on.github("GET", "/user");
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      message: expect.stringMatching(
        /^API rate limit exceeded for user ID 2\. If you reach out to/,
      ),
      documentation_url: expect.stringMatching(/#rate-limiting$/),
      status: "403",
    });
    expect(headersOf(answer, ...LIMITS)).toEqual(["5000", "0", "5000", String(NOW + 90), "core"]);
    expect(answer.headers.get("retry-after")).toBeNull();
  });

  it("refuses an address whose limit is used up, without a status member", async () => {
    await fault({ kind: "primary-limit" });
    const answer = await fetch(`${on.server.url}/api/v3/users/octocat`);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-ratelimit-limit")).toBe("60");
    const body = (await answer.json()) as { message: string };
    expect(body.message).toMatch(
      /^API rate limit exceeded for 127\.0\.0\.1\. \(But here's the good news/,
    );
    expect(body).not.toHaveProperty("status");
  });

  it("answers with Retry-After", async () => {
    await fault({ kind: "secondary-limit", seconds: 7, operation: "users/follow" });
    const answer = await on.github("PUT", "/user/following/hubot");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([403, "7"]);
    expect(answer.body).toMatchObject({
      message: expect.stringMatching(/^You have exceeded a secondary rate limit\. Please wait/),
      documentation_url: expect.stringMatching(/#about-secondary-rate-limits$/),
    });
    expect((await on.github("GET", "/user/following/hubot")).status).toBe(404);
  });

  it("refuses a bad credential before it counts", async () => {
    await fault({ kind: "primary-limit" });
    const headers = { authorization: "Bearer wrong" };
    expect((await on.github("GET", "/user", headers)).status).toBe(401);
  });

  it("knows no fault of GitLab's", async () => {
    await fault({ kind: "throttled" });
    expect((await on.github("GET", "/user")).status).toBe(200);
  });
});

describe("GitLab", () => {
  it.each([
    ["server-error", 500, "500 Internal Server Error"],
    ["bad-gateway", 502, "502 Bad Gateway"],
    ["unavailable", 503, "503 Service Unavailable"],
    ["gateway-timeout", 504, "504 Gateway Timeout"],
  ])("has a %s", async (kind, status, message) => {
    await fault({ kind });
    const answer = await on.gitlab("GET", "/user");
    expect([answer.status, answer.body]).toEqual([status, { message }]);
  });

  // docs.gitlab.com/administration/settings/user_and_ip_rate_limits#response-headers
  it("throttles, in plain text and with its own headers", async () => {
    await freeze();
    await fault({ kind: "throttled", seconds: 30 });
    const answer = await on.gitlab("GET", "/user");
    expect([answer.status, answer.body]).toEqual([429, "Retry later\n"]);
    expect(answer.headers.get("content-type")).toBe("text/plain");
    const names = ["name", "limit", "observed", "remaining", "reset", "resettime"];
    expect(headersOf(answer, ...names.map((name) => `ratelimit-${name}`))).toEqual([
      "throttle_authenticated_api",
      "120",
      "7201",
      "0",
      String(NOW + 30),
      "Wed, 01 Jan 2025 12:00:30 GMT",
    ]);
    expect(answer.headers.get("retry-after")).toBe("30");
    const anonymous = await fetch(`${on.server.url}/api/v4/users/2/followers`);
    expect(anonymous.headers.get("ratelimit-name")).toBe("throttle_unauthenticated_api");
  });

  it("limits single endpoints", async () => {
    await fault({ kind: "too-many-requests", seconds: 5, operation: "followUser" });
    const answer = await on.gitlab("POST", "/users/5/follow");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "5"]);
    expect(answer.body).toEqual({
      message: { error: "This endpoint has been requested too many times. Try again later." },
    });
  });
});

describe("limits", () => {
  it("count from when they are set", async () => {
    expect((await on.github("GET", "/rate_limit")).status).toBe(404);
    const set = await on.dev("PATCH", "/limits", { rate_limit: 2, rate_limit_anonymous: 1 });
    expect(set.body).toMatchObject({ rate_limit: 2, rate_limit_anonymous: 1, follow_limit: 300 });
    const used: (string | null)[] = [];
    for (let time = 0; time < 3; time += 1) {
      used.push((await on.github("GET", "/user")).headers.get("x-ratelimit-used"));
    }
    expect(used).toEqual(["1", "2", "2"]);
    await on.dev("PATCH", "/limits", { rate_limit: 3 });
    expect((await on.github("GET", "/user")).headers.get("x-ratelimit-used")).toBe("1");
    await on.dev("PATCH", "/limits", { rate_limit: 0, follow_limit: 1 });
    expect((await on.github("GET", "/user")).headers.get("x-ratelimit-used")).toBeNull();
    expect((await on.gitlab("POST", "/users/5/follow")).status).toBe(400);
  });
});
