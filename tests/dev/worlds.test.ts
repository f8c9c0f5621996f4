import { Agent } from "node:http";
import { describe, expect, it } from "@jest/globals";
import { worldOf } from "../../src/dev/worlds.ts";
import { ask as askOf } from "../http/wire.ts";
import { ask, stage } from "./stage.ts";

const on = stage();
const inWorld = (name: string) => ({ "x-followd-world": name });

describe("the world of a request", () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, "default"],
    [{ host: "127.0.0.1:3000" }, "default"],
    [{ host: "localhost:3000" }, "default"],
    [{ host: "ci-1.localhost:3000" }, "ci-1"],
    [{ host: "CI-1.LOCALHOST" }, "ci-1"],
    [{ host: "ci-1.example.com" }, "default"],
    [{ host: "ci-1.localhost", "x-followd-world": "Other" }, "other"],
    [{ "x-followd-world": "../x" }, undefined],
    [{ "x-followd-world": "" }, undefined],
    [{ "x-followd-world": "a".repeat(64) }, undefined],
  ])("with %j is %s", (headers, expected) => {
    expect(worldOf({ headers })).toBe(expected);
  });
});

describe("worlds", () => {
  it("are refused under a name that is none", async () => {
    const answer = await on.dev("GET", "", undefined, inWorld("a b"));
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: "X-Followd-World is no name of a world." },
    ]);
  });

  it("are not made by what a page from elsewhere shows, nor used by it", async () => {
    const agent = new Agent();
    const crossSite = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    const shown = (path: string, headers: object) =>
      askOf(on.server.url, agent, { method: "GET", path, headers: { ...crossSite, ...headers } });
    try {
      for (const host of ["evil.localhost:3000", "w1.localhost", "localhost"]) {
        for (const path of ["/", "/avatars/u/1", "/api/v3/users/octocat", "/-/dev/worlds"]) {
          const { status } = await shown(path, { host, "sec-fetch-dest": "image" });
          expect([host, path, status]).toEqual([host, path, 403]);
        }
      }
      expect((await on.dev("GET", "/worlds")).body).toEqual(["default"]);
    } finally {
      agent.destroy();
    }
  });

  it("begin alike and are apart from each other", async () => {
    const { token } = on;
    const put = (name: string) =>
      ask(on.server.url, "/api/v3/user/following/hubot", {
        method: "PUT",
        headers: { ...inWorld(name), authorization: `Bearer ${token}` },
      });
    const seeded = (await on.dev("GET", "", undefined, inWorld("one"))).body as {
      tokens: { token: string }[];
    };
    expect(seeded.tokens).toEqual(((await on.dev("GET")).body as typeof seeded).tokens);
    const octocats = seeded.tokens[1]?.token ?? "";
    const [one, two] = await Promise.all(
      ["one", "two"].map((name) =>
        ask(on.server.url, "/api/v3/user/following/hubot", {
          method: name === "one" ? "PUT" : "GET",
          token: octocats,
          headers: inWorld(name),
        }),
      ),
    );
    expect([one?.status, two?.status]).toEqual([204, 404]);
    // What tokenFor gave is known where it was given.
    expect((await put("two")).status).toBe(401);
    expect((await on.dev("GET", "/worlds")).body).toEqual(["default", "one", "two"]);
  });

  it("are put back and ended one by one", async () => {
    const faults = async (name: string) =>
      (await on.dev("GET", "/faults", undefined, inWorld(name))).body as never[];
    for (const name of ["three", "four"]) {
      await on.dev("POST", "/faults", { kind: "drop" }, inWorld(name));
    }
    await on.dev("POST", "/reset", undefined, inWorld("three"));
    expect([(await faults("three")).length, (await faults("four")).length]).toEqual([0, 1]);
    expect((await on.dev("DELETE", "/worlds/four")).status).toBe(204);
    expect((await on.dev("GET", "/worlds")).body).not.toContain("four");
    expect(await faults("four")).toEqual([]);
  });

  it("are made once, however many ask at the same time", async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => on.dev("PUT", "/snapshots/x", undefined, inWorld("five"))),
    );
    expect(all.map(({ status }) => status)).toEqual(Array(20).fill(204));
    expect((await on.dev("GET", "/snapshots", undefined, inWorld("five"))).body).toEqual(["x"]);
  });

  it("may be ended all, and begin anew", async () => {
    expect((await on.dev("DELETE", "/worlds/default")).status).toBe(204);
    const token = await on.server.tokenFor("octocat");
    const answer = await ask(on.server.url, "/api/v3/user", { token });
    expect(answer.body).toMatchObject({ login: "octocat" });
  });
});
