import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import request from "supertest";
import { type World, world } from "../support/server.ts";

type Speaks = "github" | "gitlab" | "gitlab-v3" | "instance";

const asked = (url: string, method: string, path: string, headers: Record<string, string> = {}) => {
  const verb = method.toLowerCase() as "get" | "put" | "post" | "head" | "options";
  return request(url)[verb](path).set("User-Agent", "test").set(headers);
};

/** Requests as they are taken; tests/http/choose-dialect.test.ts has the whole table. */
const rows: [Speaks, number, string, string, Record<string, string>?][] = [
  // One mount, or one document that knows the method and path.
  ["github", 401, "GET", "/api/v3/user"],
  ["gitlab", 401, "GET", "/api/v4/user"],
  ["gitlab-v3", 401, "PUT", "/api/v3/users/1/block"],
  ["github", 401, "PUT", "/user/following/mona"],
  ["gitlab", 401, "POST", "/users/1/follow"],
  ["gitlab", 401, "GET", "/user/status"],
  ["instance", 200, "GET", "/-/health"],
  ["instance", 404, "GET", "/-/confirmation?token=x"],
  // Paths of both: the caller's manner decides.
  ["github", 401, "GET", "/user"],
  ["gitlab", 401, "GET", "/user", { "PRIVATE-TOKEN": "x" }],
  ["gitlab", 401, "GET", "/user?private_token=x"],
  ["gitlab", 401, "GET", "/user", { "JOB-TOKEN": "x" }],
  ["gitlab", 401, "GET", "/user", { Sudo: "mona" }],
  ["gitlab-v3", 401, "GET", "/api/v3/user", { "PRIVATE-TOKEN": "x" }],
  ["gitlab-v3", 401, "HEAD", "/api/v3/user", { "PRIVATE-TOKEN": "x" }],
  ["github", 401, "GET", "/api/v3/user", { Authorization: "Bearer x" }],
  ["github", 401, "GET", "/user", { Accept: "application/vnd.github+json" }],
  ["github", 404, "GET", "/users/1", { "X-GitHub-Api-Version": "2022-11-28" }],
  // A number where GitHub has names.
  ["gitlab", 403, "GET", "/users/1"],
  ["github", 404, "GET", "/users/mona/followers"],
  ["github", 200, "GET", "/users"],
  ["github", 404, "GET", "/api/v3/users/1/followers"],
  // A browser that announces a credential for later.
  [
    "gitlab-v3",
    204,
    "OPTIONS",
    "/api/v3/user",
    { "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "private-token" },
  ],
  // An unknown path, a body that can't be read, a method that is not allowed.
  ["github", 404, "GET", "/nowhere"],
  ["gitlab", 404, "GET", "/nowhere", { "PRIVATE-TOKEN": "x" }],
  ["gitlab-v3", 404, "GET", "/api/v3/nowhere", { "PRIVATE-TOKEN": "x" }],
  // Below /api/v3 GitLab's credentials decide before the path does.
  ["gitlab-v3", 404, "GET", "/api/v3/users/ASDF", { "PRIVATE-TOKEN": "x" }],
  ["gitlab-v3", 404, "GET", "/api/v3/users/1/followers?private_token=x"],
  ["gitlab-v3", 404, "GET", "/api/v3/gists", { "JOB-TOKEN": "x" }],
  ["gitlab-v3", 404, "PUT", "/api/v3/user/following/mona", { Sudo: "mona" }],
  ["gitlab", 404, "GET", "/api/v4/nowhere"],
  ["gitlab", 405, "PUT", "/api/v4/users/1/follow"],
  ["gitlab", 415, "POST", "/api/v4/user/emails", { "Content-Type": "text/plain" }],
  ["github", 204, "OPTIONS", "/api/v3/user"],
];

describe("a request", () => {
  let here: World;
  beforeAll(async () => {
    here = await world();
  });
  afterAll(() => here.close());

  it.each(rows)(
    "is %s's, who answers %i: %s %s %j",
    async (speaks, status, method, path, headers = {}) => {
      const answer = asked(here.url, method, path, headers);
      const { headers: told, status: is } = await (status === 415 ? answer.send("x") : answer);
      expect([told["x-followd-dialect"], is]).toEqual([speaks, status]);
      // Each vendor's answers have a sign of their own.
      expect(told["x-github-request-id"] !== undefined).toBe(speaks === "github");
      expect(told["x-gitlab-meta"] !== undefined).toBe(speaks.startsWith("gitlab"));
    },
  );

  it("is in the log with whom it was taken for", async () => {
    const lines = here.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const [dialect, , method, path] of rows.filter(([, , , , headers]) => !headers)) {
      if (path.includes("?")) continue;
      expect(lines).toContainEqual(expect.objectContaining({ dialect, method, path }));
    }
  });

  it("that is answered anew or not at all says for whom it was taken, too", async () => {
    const root = await here.user("root", { admin: true });
    const token = await here.token(root, "api", "sudo");
    for (const [speaks, base] of [
      ["gitlab", "/api/v4"],
      ["gitlab-v3", "/api/v3"],
    ]) {
      const shown = { "PRIVATE-TOKEN": token };
      const first = await asked(here.url, "GET", `${base}/user`, shown).expect(200);
      const again = { ...shown, "If-None-Match": first.headers.etag ?? "" };
      const { headers } = await asked(here.url, "GET", `${base}/user`, again).expect(304);
      expect(headers["x-followd-dialect"]).toBe(speaks);
    }
    const { headers } = await asked(here.url, "GET", "/api/v3/users/root").expect(200);
    const again = { "If-None-Match": headers.etag ?? "" };
    const same = await asked(here.url, "GET", "/api/v3/users/root", again).expect(304);
    expect(same.headers["x-followd-dialect"]).toBe("github");
  });
});

describe("a dialect that is not mounted at the root", () => {
  it.each([
    ["github", { gitlabRoot: false }, "/users/1"],
    ["gitlab", { githubRoot: false }, "/users/mona/followers"],
    ["instance", { githubRoot: false, gitlabRoot: false }, "/users/1"],
  ] as const)("leaves it to %s: %j", async (speaks, config, path) => {
    const here = await world({ config });
    const { headers } = await asked(here.url, "GET", path);
    expect(headers["x-followd-dialect"]).toBe(speaks);
    await here.close();
  });
});
