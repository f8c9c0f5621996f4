import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type Followd, type StartOptions, start } from "../src/library/index.ts";

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
      "a name that nobody can have",
      { seed: { users: ["a b"] } },
      "username is no username: up to 255 letters, digits and _ - .",
    ],
    [
      "a follow of nobody",
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
    await expect(start({ settings: { host: "0.0.0.0" } })).rejects.toThrow("loopback alone");
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
      // Whoever comes later gets numbers of their own.
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
  it("answers nobody any more, and may be asked for twice", async () => {
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
