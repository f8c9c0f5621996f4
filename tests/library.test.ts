import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type Followd, type Seed, start } from "../src/library/index.ts";
import type { StartOptions } from "../src/library/options.ts";

const running: Followd[] = [];

async function server(options?: StartOptions): Promise<Followd> {
  const one = await start(options);
  running.push(one);
  return one;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

/** The status and the body of an answer of GitHub's dialect. */
async function ask({ url }: Followd, token: string, path: string, method = "GET") {
  const answer = await fetch(`${url}/api/v3${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await answer.text();
  return [answer.status, text === "" ? undefined : JSON.parse(text)] as [number, never];
}

const logins = ([, body]: [number, { login: string }[]]) => body.map(({ login }) => login);

describe("start", () => {
  it.each<[string, StartOptions, string]>([
    ["a name twice", { seed: { users: ["a", "A"] } }, "“A” stands here twice."],
    [
      "a name that no user can have",
      { seed: { users: ["a b"] } },
      "username is no username: up to 255 letters, digits, “_”, “-” and “.”",
    ],
    [
      "a follow of an unknown user",
      { seed: { users: ["a"], follows: [["a", "b"]] } },
      "There is no user “b”.",
    ],
    [
      "a scope that does not exist",
      { seed: { users: ["a"], tokens: [{ username: "a", scopes: ["all"] }] } },
      "There is no scope “all”.",
    ],
  ])("refuses %s", async (_, options, message) => {
    await expect(start(options)).rejects.toThrow(message);
  });

  it("refuses to show its controls to other machines", async () => {
    await expect(start({ settings: { host: "0.0.0.0" } })).rejects.toThrow(
      "Other machines reach 0.0.0.0, so the controls need a secret: set controlToken, too.",
    );
  });

  it("serves those of the vendors' examples, where nothing else is said", async () => {
    const one = await server();
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const token = await one.tokenFor("octocat");
    expect(logins(await ask(one, token, "/user/followers"))).toEqual([
      "defunkt",
      "mojombo",
      "hubot",
    ]);
    const johns = await fetch(`${one.url}/api/v4/users?username=john_smith`);
    expect(await johns.json()).toMatchObject([{ name: "John Smith", state: "active" }]);
  });

  it("takes another seed", async () => {
    const seed = {
      users: ["ann", { username: "bob", bio: "B" }],
      follows: [["ann", "bob"]],
    } as const;
    const one = await server({ seed });
    const token = await one.tokenFor("bob");
    expect(logins(await ask(one, token, "/user/followers"))).toEqual(["ann"]);
    expect(await ask(one, token, "/users/octocat")).toMatchObject([404, {}]);
    expect(await ask(one, token, "/user")).toMatchObject([200, { bio: "B", email: null }]);
  });

  it("takes settings and a clock", async () => {
    const settings = { privateMode: true, githubVersion: "3.16.1" };
    const one = await server({ settings, clock: () => Date.UTC(2020, 1, 29) });
    const answer = await fetch(`${one.url}/api/v3/users/octocat`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("x-github-enterprise-version")).toBe("3.16.1");
    const token = await one.tokenFor("new");
    expect(await ask(one, token, "/user")).toMatchObject([
      200,
      { created_at: "2020-02-29T00:00:00Z" },
    ]);
  });

  it("keeps servers of one process apart", async () => {
    const [one, two] = await Promise.all([server(), server({ randomSeed: "other" })]);
    const [mine, theirs] = [await one.tokenFor("octocat"), await two.tokenFor("octocat")];
    expect(await ask(one, mine, "/user/following/hubot", "PUT")).toEqual([204, undefined]);
    expect(logins(await ask(two, theirs, "/user/following"))).toEqual(["defunkt"]);
    expect(await ask(two, mine, "/user")).toMatchObject([401, {}]);
  });
});

describe("tokenFor", () => {
  it("refuses what can't be", async () => {
    const one = await server();
    await expect(one.tokenFor("octocat", ["all"])).rejects.toThrow("There is no scope “all”.");
    await expect(one.tokenFor("a b")).rejects.toThrow("username");
  });

  it("gives the scopes that are asked for", async () => {
    const one = await server();
    const token = await one.tokenFor("octocat", ["read:user"]);
    expect(await ask(one, token, "/user/following/hubot", "PUT")).toMatchObject([404, {}]);
    expect(await ask(one, token, "/user/following")).toMatchObject([200, {}]);
  });

  it("makes who is missing", async () => {
    const one = await server();
    const [status, user] = await ask(one, await one.tokenFor("newcomer"), "/user");
    expect([status, user]).toMatchObject([200, { login: "newcomer", followers: 0 }]);
  });
});

describe("reset", () => {
  it("puts back rows, counters and numbers", async () => {
    const one = await server();
    const token = await one.tokenFor("octocat");
    const before = [await ask(one, token, "/users"), await ask(one, token, "/user/following")];
    await ask(one, token, "/user/following/hubot", "PUT");
    await ask(one, token, "/user/following/defunkt", "DELETE");
    const [, root] = await ask(one, await one.tokenFor("root"), "/user");
    expect(root).toMatchObject({ site_admin: true });
    await one.reset();
    expect([await ask(one, token, "/users"), await ask(one, token, "/user/following")]).toEqual(
      before,
    );
    expect(await ask(one, token, "/user/following/hubot")).toMatchObject([404, {}]);
  });

  it("keeps the users and tokens of tokenFor, under their numbers", async () => {
    const one = await server();
    const made = await Promise.all(["first", "second"].map((name) => one.tokenFor(name)));
    const before = await Promise.all(made.map((token) => ask(one, token, "/user")));
    for (let time = 0; time < 3; time += 1) {
      await ask(one, made[0] as string, "/user/following/second", "PUT");
      await one.reset();
      expect(await Promise.all(made.map((token) => ask(one, token, "/user")))).toEqual(before);
      expect(logins(await ask(one, made[1] as string, "/user/followers"))).toEqual([]);
      // Users who come later get numbers of their own.
      const [, later] = await ask(one, await one.tokenFor(`later${time}`), "/user");
      expect(before.map(([, { id }]: [number, { id: number }]) => id)).not.toContain(
        (later as { id: number }).id,
      );
    }
  });

  it("brings back a token that was revoked, and who was deleted", async () => {
    const one = await server();
    const token = await one.tokenFor("octocat");
    const root = await one.tokenFor("root");
    const gone = await fetch(`${one.url}/api/v4/users/2`, {
      method: "DELETE",
      headers: { "private-token": root },
    });
    expect(gone.status).toBe(204);
    expect(await ask(one, token, "/user")).toMatchObject([401, {}]);
    await one.reset();
    expect(await ask(one, token, "/user")).toMatchObject([200, { login: "octocat" }]);
  });

  it("forgets what was counted against a limit", async () => {
    const one = await server({ settings: { rateLimit: 1 } });
    const token = await one.tokenFor("octocat");
    const status = async () => (await ask(one, token, "/user"))[0];
    expect([await status(), await status()]).toEqual([200, 403]);
    await one.reset();
    expect(await status()).toBe(200);
  });
});

describe("stop", () => {
  it("answers no more requests, and may be called twice", async () => {
    const one = await start();
    await Promise.all([one.stop(), one.stop()]);
    await expect(fetch(one.url)).rejects.toThrow("fetch failed");
  });
});

describe("a server on a folder", () => {
  const parent = mkdtempSync(join(tmpdir(), "followd-library-"));
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it("keeps what it is told, tokens too, and has no controls", async () => {
    const data = join(parent, "data");
    const one = await start({ data });
    const token = await one.tokenFor("octocat");
    expect(statSync(join(data, "followd.db")).mode & 0o777).toBe(0o600);
    expect((await fetch(`${one.url}/-/dev`)).status).toBe(404);
    await ask(one, token, "/user/following/hubot", "PUT");
    await expect(start({ data })).rejects.toThrow("is in use by another followd (library");
    await expect(one.reset()).rejects.toThrow("reset() is for servers in memory");
    await one.stop();
    const again = await server({ data });
    expect(logins(await ask(again, token, "/user/following"))).toEqual(["defunkt", "hubot"]);
  });
});

describe("options of start that are wrong", () => {
  const wrong = (options: unknown) => start(options as StartOptions);

  it.each<[unknown, string]>([
    [
      "seed.yaml",
      'start takes an object such as { settings: { privateMode: true } }, not "seed.yaml".',
    ],
    [{ port: 4000 }, "start: port is a setting; write { settings: { port: … } }."],
    [{ sede: {} }, "start: there is no option sede; did you mean seed?"],
    [
      { settings: { ratelimit: 4 } },
      "start: there is no setting ratelimit; did you mean rateLimit?",
    ],
    [{ settings: { rateLimit: "many" } }, 'start: the setting rateLimit is a number, not "many".'],
    [
      { settings: { rateLimit: -1 } },
      "start: the setting rateLimit: “-1” is not a whole number from 0 to 1000000000.",
    ],
    [{ settings: { privateMode: "yes" } }, 'the setting privateMode is a boolean, not "yes".'],
    [{ clock: "now" }, "start: clock is a function that returns milliseconds since 1970"],
    [{ randomSeed: 7 }, "start: randomSeed is a text, not 7."],
    [{ seed: "/nowhere.yaml" }, "start: the seed in /nowhere.yaml can't be read."],
    [{ seed: { user: ["ann"] } }, "there is no “user”; did you mean “users”?"],
    [{ seed: { follows: [["ann"]] } }, "here belongs `FOLLOWER: [FOLLOWED, …]`"],
  ])("%j is refused with what is right", async (options, message) => {
    await expect(wrong(options)).rejects.toThrow(message);
  });

  it("names of tokenFor are refused likewise", async () => {
    const one = await server();
    const tokenFor = (...words: unknown[]) =>
      (one as { tokenFor(...words: unknown[]): Promise<string> }).tokenFor(...words);
    await expect(tokenFor()).rejects.toThrow("tokenFor: undefined is no username");
    await expect(tokenFor("no such name!")).rejects.toThrow('tokenFor: "no such name!" is no');
    await expect(tokenFor("octocat", "user")).rejects.toThrow('such as ["user"], not "user"');
  });
});

describe("the shapes of a seed", () => {
  it("may be those of a file, or a file's path", async () => {
    const folder = mkdtempSync(join(tmpdir(), "followd-seed-"));
    const file = join(folder, "seed.yaml");
    writeFileSync(file, "users: [ann, bob]\nfollows:\n  - ann: [bob]\n");
    const shape = { users: ["ann", "bob"], follows: [{ ann: ["bob"] }] };
    for (const seed of [file, shape as unknown as Seed, { ...shape, follows: [["ann", "bob"]] }]) {
      const one = await server({ seed: seed as Seed | string });
      const token = await one.tokenFor("ann");
      expect(logins(await ask(one, token, "/user/following"))).toEqual(["bob"]);
    }
    rmSync(folder, { recursive: true });
  });
});

describe("the controls", () => {
  it("fail requests, and stop doing so", async () => {
    const one = await server();
    const token = await one.tokenFor("octocat");
    const fault = await one.fault({ kind: "unavailable", dialect: "github" });
    expect((await ask(one, token, "/user"))[0]).toBe(503);
    await fault.end();
    expect((await ask(one, token, "/user"))[0]).toBe(200);
    await one.fault({ kind: "unavailable" });
    await one.endFaults();
    expect((await ask(one, token, "/user"))[0]).toBe(200);
    await expect(one.fault({ kind: "nonsense" } as never)).rejects.toThrow(/kind/);
  });

  it("show the log of requests", async () => {
    const one = await server();
    const token = await one.tokenFor("octocat");
    await ask(one, token, "/user");
    await ask(one, token, "/users/hubot");
    const [found, ...more] = await one.requests({ operation: "users/get-authenticated" });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ method: "GET", path: "/api/v3/user", user: "octocat" });
    await one.forgetRequests();
    expect(await one.requests()).toEqual([]);
  });

  it("set the clock", async () => {
    const one = await server({ clock: new Date("2024-02-29T12:00:00Z") });
    expect((await one.clock.now()).toISOString()).toBe("2024-02-29T12:00:00.000Z");
    await one.clock.move(3600);
    expect((await one.clock.now()).toISOString()).toBe("2024-02-29T13:00:00.000Z");
    await one.clock.freeze("2030-01-01");
    expect((await one.clock.now()).getUTCFullYear()).toBe(2030);
    await one.clock.run();
  });

  it("keep snapshots and worlds", async () => {
    const one = await server();
    const token = await one.tokenFor("octocat");
    const count = async () =>
      (await ask(one, token, "/user/following?per_page=100"))[1] as object[];
    const before = (await count()).length;
    const kept = await one.snapshot();
    await ask(one, token, "/user/following/monalisa", "PUT");
    await ask(one, token, "/user/following/john_smith", "PUT");
    expect((await count()).length).toBeGreaterThan(before);
    await kept.restore();
    expect((await count()).length).toBe(before);
    await kept.delete();
    await expect(kept.restore()).rejects.toThrow(/snapshot/);
    expect(one.worlds.url("job-1")).toMatch(/^http:\/\/job-1\.localhost:\d+$/);
    expect(await one.worlds.list()).toContain("default");
  });

  it("end with `await using`", async () => {
    let url = "";
    {
      await using one = await start();
      url = one.url;
      expect((await fetch(`${url}/-/liveness`)).status).toBe(200);
    }
    await expect(fetch(`${url}/-/liveness`)).rejects.toThrow();
  });
});
