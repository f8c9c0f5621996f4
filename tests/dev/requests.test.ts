import { describe, expect, it } from "@jest/globals";
import { checkResponse } from "../../src/dev/check-responses.ts";
import type { Entry } from "../../src/dev/request-log.ts";
import { stage } from "./stage.ts";

const on = stage();

interface Noted {
  number: number;
  method: string;
  path: string;
  dialect: string;
  operation: string | null;
  status: number;
  headers: Record<string, string>;
  refused: string[];
}

const noted = async (query = "") => (await on.dev("GET", `/requests${query}`)).body as Noted[];

const entry = (dialect: string, path: string, body: unknown, status = 200): Entry => ({
  ...{ number: 1, time: "", path, dialect, operation: null, user: null },
  ...{ headers: {}, body: null, fault: null, isCut: false },
  answer: {
    ...{ method: "GET", path, status, body: JSON.stringify(body) },
    contentType: "application/json; charset=utf-8",
  },
});

describe("requests", () => {
  it("are listed with their answers, without secrets and without the controls", async () => {
    await on.github("PUT", "/user/following/hubot");
    await on.gitlab("GET", "/users?username=hubot&private_token=secret");
    await on.github("GET", "/nowhere");
    const all = await noted();
    expect(all).toMatchObject([
      { method: "PUT", dialect: "github", operation: "users/follow", status: 204, refused: [] },
      { dialect: "gitlab", operation: "listUsers" },
      { dialect: "github", operation: null, status: 404, refused: [] },
    ]);
    expect(JSON.stringify(all)).not.toContain("secret");
    expect(all[1]?.path).toBe("/api/v4/users?username=hubot&private_token=[cut]");
  });

  it("have the caller, the headers and the body, without credentials", async () => {
    const { server, token } = on;
    await fetch(`${server.url}/api/v3/user`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${token}`, "if-none-match": '"x"', "user-agent": "mine" },
      body: JSON.stringify({ bio: "hello", password: "hidden" }),
    });
    const [one] = await noted();
    expect(one).toMatchObject({
      ...{ user: "octocat", method: "PATCH", body: { bio: "hello", password: "[cut]" } },
      headers: { "if-none-match": '"x"', "user-agent": "mine" },
    });
    expect(JSON.stringify(one)).not.toMatch(new RegExp(`${token}|hidden`));
    expect(one?.headers).not.toHaveProperty("authorization");
  });

  it("are found by operation, dialect, method, status and caller", async () => {
    await on.github("GET", "/user");
    await on.github("GET", "/nowhere");
    await on.gitlab("GET", "/user");
    const numbers = async (query: string) => (await noted(query)).map(({ path }) => path);
    expect(await numbers("?operation=users/get-authenticated")).toEqual(["/api/v3/user"]);
    expect(await numbers("?dialect=gitlab")).toEqual(["/api/v4/user"]);
    expect(await numbers("?status=404&method=GET")).toEqual(["/api/v3/nowhere"]);
    expect(await numbers("?user=octocat&status=200")).toEqual(["/api/v3/user", "/api/v4/user"]);
    expect(await numbers("?user=hubot")).toEqual([]);
  });

  it("are listed after a number, and can be cleared", async () => {
    await on.github("GET", "/user");
    const [first] = await noted();
    await on.github("GET", "/users/hubot");
    expect((await noted(`?since=${first?.number}`)).map(({ path }) => path)).toEqual([
      "/api/v3/users/hubot",
    ]);
    expect((await on.dev("DELETE", "/requests")).status).toBe(204);
    expect(await noted()).toEqual([]);
  });

  it("agree with all descriptions", async () => {
    for (const path of ["/user", "/user/followers", "/users", "/users/octocat", "/users/missing"]) {
      await on.github("GET", path);
    }
    for (const path of ["/user", "/users/2", "/users/2/followers", "/users/999", "/version"]) {
      await on.gitlab("GET", path);
    }
    await fetch(`${on.server.url}/-/health`);
    expect((await noted()).length).toBe(11);
    expect(await noted("?refused=true")).toEqual([]);
  });
});

describe("what the descriptions refuse", () => {
  it.each<[string, Entry, RegExp]>([
    [
      "a list in place of a user",
      entry("github", "/users/octocat", []),
      /must be object|must match/,
    ],
    [
      "a user without a login",
      entry("github", "/users/octocat/followers", [{ id: 1 }]),
      /must have required property 'login'/,
    ],
    [
      "an error without its page",
      entry("github", "/users/octocat", { message: "x" }, 404),
      /must have required property 'documentation_url'/,
    ],
    [
      "a status of no answer",
      entry("github", "/users/octocat/followers", [], 299),
      /no such answer/,
    ],
    ["a user of GitLab's without a name", entry("gitlab", "/users/2", { id: 2 }), /required/],
    ["a number in place of a list", entry("gitlab", "/users/2/followers", 7), /must be array/],
    ["a health that is JSON", entry("instance", "/-/health", {}), /is application\/json/],
  ])("is %s", async (_, wrong, complaint) => {
    expect((await checkResponse(wrong)).join("\n")).toMatch(complaint);
  });

  it("is nothing of a dialect that has no description", async () => {
    expect(await checkResponse(entry("other", "/x", 7))).toEqual([]);
  });
});
