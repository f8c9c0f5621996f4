import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import request from "supertest";
import { type World, world } from "../support/server.ts";

type Speaks = "github" | "gitlab" | "instance";

/** What an answer gives away about who made it. */
const speakerOf = (headers: Record<string, string>): Speaks => {
  if (headers["x-github-request-id"] !== undefined) return "github";
  return headers["x-gitlab-meta"] === undefined ? "instance" : "gitlab";
};

/** The decision table: a request, and whose answer it gets. */
const rows: [Speaks, string, string, Record<string, string>?][] = [
  // One mount, or one document that knows the method and path.
  ["github", "GET", "/api/v3/user"],
  ["gitlab", "GET", "/api/v4/user"],
  ["github", "PUT", "/user/following/mona"],
  ["gitlab", "POST", "/users/1/follow"],
  ["gitlab", "GET", "/user/status"],
  ["instance", "GET", "/-/health"],
  // Paths of both: the caller's manner decides.
  ["github", "GET", "/user"],
  ["gitlab", "GET", "/user", { "PRIVATE-TOKEN": "x" }],
  ["gitlab", "GET", "/user?private_token=x"],
  ["gitlab", "GET", "/user", { "JOB-TOKEN": "x" }],
  ["gitlab", "GET", "/user", { Sudo: "mona" }],
  ["github", "GET", "/user", { Accept: "application/vnd.github+json" }],
  ["github", "GET", "/users/1", { "X-GitHub-Api-Version": "2022-11-28" }],
  // A number where GitHub has names.
  ["gitlab", "GET", "/users/1"],
  ["gitlab", "GET", "/users/1/followers"],
  ["github", "GET", "/users/mona/followers"],
  ["github", "GET", "/users"],
  // Below a prefix there is nothing to be told apart.
  ["github", "GET", "/api/v3/users/1/followers"],
  // What nobody knows.
  ["github", "GET", "/nowhere"],
  ["gitlab", "GET", "/api/v4/nowhere"],
];

describe("a request", () => {
  let here: World;
  beforeAll(async () => {
    here = await world();
  });
  afterAll(() => here.close());

  it.each(rows)("is %s's: %s %s %j", async (speaks, method, path, headers = {}) => {
    const verb = method.toLowerCase() as "get" | "put" | "post";
    const answer = await request(here.url)[verb](path).set("User-Agent", "test").set(headers);
    expect(speakerOf(answer.headers)).toBe(speaks);
  });
});

describe("a dialect that is not mounted at the root", () => {
  it.each([
    ["github", { gitlabRoot: false }, "/users/1", "github"],
    ["gitlab", { githubRoot: false }, "/users/mona/followers", "gitlab"],
  ] as const)("leaves it to %s", async (_, config, path, speaks) => {
    const here = await world({ config });
    const answer = await request(here.url).get(path).set("User-Agent", "test");
    expect(speakerOf(answer.headers)).toBe(speaks);
    await here.close();
  });
});
