import { connect } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { start } from "../../src/library/index.ts";
import { stage } from "./stage.ts";

const on = stage();
const following = async () =>
  (await on.github("GET", "/user/following")).body as unknown as { login: string }[];
const logins = async () => (await following()).map(({ login }) => login);

/** The status of a request with exactly these headers. */
async function statusOf(...headers: string[]): Promise<string> {
  const { hostname, port } = new URL(on.server.url);
  const socket = connect(Number(port), hostname).setEncoding("utf8");
  socket.write(
    ["POST /-/dev/reset HTTP/1.1", ...headers, "Connection: close", "", ""].join("\r\n"),
  );
  return (await socket.toArray()).join("").slice(9, 12);
}

describe("the controls", () => {
  it("are for programs on this machine, and not for pages in a browser", async () => {
    expect(await statusOf("Host: example.com")).toBe("403");
    expect(await statusOf("Host: localhost.example.com")).toBe("403");
    expect(await statusOf("Host: 127.0.0.1", "Origin: https://example.com")).toBe("403");
    expect(await statusOf("Host: 127.0.0.1", "Origin: null")).toBe("403");
    expect(await statusOf("Host: localhost:1", "Origin: http://localhost:1")).toBe("204");
    expect(await statusOf("Host: [::1]")).toBe("204");
  });

  it.each<[string, string, unknown, number, unknown]>([
    ["GET", "/nothing", undefined, 404, "There is no control GET /-/dev/nothing; see docs/dev.md."],
    ["GET", "/reset", undefined, 404, "There is no control GET /-/dev/reset; see docs/dev.md."],
    ["POST", "/tokens", {}, 400, "username is missing"],
    ["POST", "/tokens", { username: "a", until: 1 }, 400, "there is no “until” here"],
    ["POST", "/tokens", { username: "octocat", scopes: ["all"] }, 422, "There is no scope “all”."],
    ["POST", "/snapshots/a/restore", undefined, 404, "There is no snapshot “a”."],
    ["DELETE", "/snapshots/a", undefined, 404, "There is no snapshot “a”."],
    ["DELETE", "/worlds/nowhere", undefined, 404, "There is no world “nowhere”."],
    [
      "PATCH",
      "/ids",
      { users: 1 },
      422,
      expect.stringMatching(/^The next of users is \d+ or later\.$/),
    ],
    ["PATCH", "/clock", { time: "2024-02-30T99:99Z" }, 422, "“2024-02-30T99:99Z” is no time."],
    ["POST", "/clock/move", { seconds: 1e12 }, 400, "seconds must be <= 1000000000"],
    ["DELETE", "/faults/7", undefined, 404, "There is no fault 7."],
    [
      "POST",
      "/faults",
      { kind: "drop", operation: "users/folow" },
      422,
      "There is no operation “users/folow”; did you mean “users/follow”?",
    ],
  ])("%s %s with %j is answered %i", async (method, path, body, status, error) => {
    const answer = await on.dev(method, path, body);
    expect([answer.status, answer.body]).toEqual([status, { error }]);
  });

  it("say that a body is no JSON", async () => {
    const answer = await fetch(`${on.server.url}/-/dev/tokens`, { method: "POST", body: "{" });
    expect([answer.status, await answer.json()]).toEqual([400, { error: "The body is no JSON." }]);
  });

  it("are not there on a server that serves", async () => {
    const { world } = await import("../support/server.ts");
    const served = await world();
    const answer = await fetch(`${served.url}/-/dev/reset`, { method: "POST" });
    expect(answer.status).toBe(404);
    await served.close();
  });
});

describe("what a server begins with", () => {
  it("is the same at every start with the same word, and another with another", async () => {
    const begin = async (randomSeed: string) => {
      const server = await start({ randomSeed, clock: () => Date.UTC(2025, 0, 1) });
      const told = await fetch(`${server.url}/-/dev`);
      const ids: (string | null)[] = [];
      for (const path of ["/api/v3/users/octocat", "/api/v4/version"]) {
        const { headers } = await fetch(server.url + path);
        ids.push(headers.get("x-github-request-id") ?? headers.get("x-request-id"));
      }
      const token = await server.tokenFor("hubot");
      await server.stop();
      return { told: await told.json(), ids, token };
    };
    const [first, again, other] = [await begin("a"), await begin("a"), await begin("b")];
    expect(again).toEqual(first);
    expect(other.token).not.toBe(first.token);
    expect(other.ids).not.toEqual(first.ids);
    expect(first.ids[0]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(new Set(first.ids).size).toBe(2);
  });

  it("has tokens that work", async () => {
    const { body } = await on.dev("GET");
    const { tokens } = body as { tokens: { username: string; token: string }[] };
    expect(tokens.map(({ username }) => username)).toEqual(["root", "octocat", "john_smith"]);
    for (const { username, token } of tokens) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${on.server.url}/api/v3/user`, { headers });
      expect(await answer.json()).toMatchObject({ login: username });
    }
  });
});

describe("reset", () => {
  it("puts everything back", async () => {
    const ids = await on.dev("GET", "/ids");
    await on.github("PUT", "/user/following/hubot");
    await on.dev("PATCH", "/clock", { time: "2020-01-01", frozen: true });
    await on.dev("PATCH", "/limits", { rate_limit: 1 });
    await on.dev("PATCH", "/ids", { users: 500 });
    await on.dev("POST", "/faults", { kind: "unavailable" });
    expect((await on.dev("POST", "/reset")).status).toBe(204);
    expect(await logins()).toEqual(["defunkt"]);
    expect((await on.dev("GET", "/clock")).body).toMatchObject({ frozen: false });
    expect((await on.dev("GET", "/limits")).body).toMatchObject({ rate_limit: 0 });
    expect((await on.dev("GET", "/ids")).body).toEqual(ids.body);
    expect((await on.dev("GET", "/faults")).body).toEqual([]);
  });
});

describe("tokens", () => {
  it("are given to whom is named, and outlive a reset", async () => {
    const given = await on.dev("POST", "/tokens", { username: "mona", scopes: ["user"] });
    expect(given).toMatchObject({ status: 201, body: { username: "mona", scopes: ["user"] } });
    const { token } = given.body as { token: string };
    await on.dev("POST", "/reset");
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${on.server.url}/api/v3/user`, { headers });
    expect(answer.headers.get("x-oauth-scopes")).toBe("user");
    expect(await answer.json()).toMatchObject({ login: "mona" });
  });
});

describe("snapshots", () => {
  it("bring rows back, as often as one likes", async () => {
    await on.github("PUT", "/user/following/hubot");
    expect((await on.dev("PUT", "/snapshots/two")).status).toBe(204);
    expect((await on.dev("GET", "/snapshots")).body).toContain("two");
    for (const name of ["mojombo", "jack_smith"]) {
      await on.github("PUT", `/user/following/${name}`);
      expect((await on.dev("POST", "/snapshots/two/restore")).status).toBe(204);
      expect(await logins()).toEqual(["defunkt", "hubot"]);
      expect((await on.github("GET", "/user")).body).toMatchObject({ following: 2 });
    }
    expect((await on.dev("DELETE", "/snapshots/two")).status).toBe(204);
    expect((await on.dev("POST", "/snapshots/two/restore")).status).toBe(404);
  });
});

describe("numbers", () => {
  it("go on where one says", async () => {
    const set = await on.dev("PATCH", "/ids", { users: 583_231, keys: 42 });
    expect(set.body).toMatchObject({ users: 583_231, keys: 42, gpg_keys: 1 });
    await on.dev("POST", "/tokens", { username: "late" });
    expect((await on.github("GET", "/users/late")).body).toMatchObject({ id: 583_231 });
  });
});

describe("the clock", () => {
  const createdAt = async (username: string) => {
    await on.dev("POST", "/tokens", { username });
    const { body } = await on.github("GET", `/users/${username}`);
    return (body as { created_at: string }).created_at;
  };

  it("stands still, is moved, and goes on from where it is", async () => {
    const set = await on.dev("PATCH", "/clock", { time: "2024-02-29T12:00:00Z", frozen: true });
    expect(set.body).toEqual({ time: "2024-02-29T12:00:00.000Z", frozen: true });
    expect(await createdAt("one")).toBe("2024-02-29T12:00:00Z");
    const moved = await on.dev("POST", "/clock/move", { seconds: -86_400 });
    expect(moved.body).toMatchObject({ time: "2024-02-28T12:00:00.000Z" });
    expect(await createdAt("two")).toBe("2024-02-28T12:00:00Z");
    const going = await on.dev("PATCH", "/clock", { frozen: false });
    expect(going.body).toMatchObject({ frozen: false });
    expect((going.body as { time: string }).time.slice(0, 16)).toBe("2024-02-28T12:00");
  });

  it("ends tokens that expire", async () => {
    const root = await on.server.tokenFor("root");
    const made = await fetch(`${on.server.url}/api/v4/users/2/personal_access_tokens`, {
      method: "POST",
      headers: { "private-token": root, "content-type": "application/json" },
      body: JSON.stringify({
        name: "short",
        scopes: ["api"],
        expires_at: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
      }),
    });
    const { token } = (await made.json()) as { token: string };
    const status = async () => {
      const headers = { "private-token": token };
      return (await fetch(`${on.server.url}/api/v4/user`, { headers })).status;
    };
    expect(await status()).toBe(200);
    await on.dev("POST", "/clock/move", { seconds: 3 * 86_400 });
    expect(await status()).toBe(401);
  });
});
