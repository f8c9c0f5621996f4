import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { complaint, folders, followd, MAIN, start } from "./program.ts";

const folder = folders();

interface Told {
  url: string;
  control_token?: string;
  certificate_authority?: string;
  random_seed: string;
  tokens: { username: string; id: number; scopes: string[]; token: string }[];
}

/** Runs `followd dev` while something is done with what it told. */
async function running<T>(
  words: readonly string[],
  work: (told: Told) => Promise<T>,
  env?: Record<string, string>,
) {
  const child = start(["dev", "--port", "0", "--json", ...words], env);
  const stderr = text(child.stderr);
  const lines = createInterface(child.stdout);
  const [line] = (await once(lines, "line")) as [string];
  const done = await work(JSON.parse(line) as Told);
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  return { done, code, stderr: await stderr };
}

const seedIn = (content: string): string => {
  const file = folder("people.yaml");
  writeFileSync(file, content);
  return file;
};

describe("dev refuses", () => {
  it.each([
    ["0.0.0.0", "--host 0.0.0.0 is open to other machines"],
    ["::", "--host :: is open to other machines"],
    ["example.com", "--host example.com is open to other machines"],
  ])("to listen at %s", async (host, expected) => {
    const ended = await followd(["dev", "--host", host]);
    expect(complaint(ended)).toContain(expected);
    expect(ended.code).toBe(2);
  });

  it("a token for the controls that could be guessed", async () => {
    const ended = await followd(["dev", "--open", "--control-token", "short"]);
    expect(complaint(ended)).toContain("needs 16 to 255 printable characters without spaces");
    expect(ended.code).toBe(2);
  });

  it("an unreadable time, and a missing seed file", async () => {
    const clock = await followd(["dev", "--clock", "noon"]);
    expect(complaint(clock)).toBe("--clock noon is no time such as 2024-02-29.");
    const seed = await followd(["dev", "--seed", "/nowhere.yaml"]);
    expect(complaint(seed)).toBe("The seed in /nowhere.yaml can't be read.");
  });

  it.each<[string, number, string]>([
    ["users: [", 1, "Flow sequence in block collection must be"],
    ["users:\n  - ann\n  - Ann\n", 3, "“Ann” stands here twice."],
    ["users:\n  - username: ann\n    admin: 2\n", 3, "admin is neither true nor false."],
    ["users:\n  - name: Ann\n", 2, "a username is missing."],
    [
      "users:\n  - username: ann\n    locaton: x\n",
      3,
      "there is no “locaton”; did you mean “location”?",
    ],
    ["user:\n  - ann\n", 1, "there is no “user”; did you mean “users”?"],
    ["users: ann\n", 1, "users is no list."],
    ["users:\n  - 007\n", 2, "here belongs a username, or a mapping with one; what YAML takes for"],
    ["users: [ann]\nfollows:\n  - ann: [\n      Ann]\n", 4, "Ann can't follow themselves."],
    ["users: [ann]\nfollows:\n  - ann: [\n      bob]\n", 4, "There is no user “bob”."],
    ["users: [ann]\nfollows:\n  - bob: ann\n", 3, "There is no user “bob”."],
    [
      "users: [ann]\ntokens:\n  - username: ann\n    scopes: [all]\n",
      3,
      "There is no scope “all”.",
    ],
    ["- ann\n", 1, "here belongs a mapping with users, follows, tokens, groups, projects, events."],
  ])("the seed %j at its line %i", async (content, line, problem) => {
    const file = seedIn(content);
    const ended = await followd(["dev", "--seed", file]);
    expect(complaint(ended)).toContain(`${file}:${line}: ${problem}`);
    expect(ended.code).toBe(2);
  });
});

describe("dev", () => {
  it("has the same tokens with the same seed, and ends on SIGTERM", async () => {
    const first = await running([], async (told) => {
      const [, octocat] = told.tokens;
      const headers = { authorization: `Bearer ${octocat?.token}` };
      const user = await fetch(`${told.url}/api/v3/user`, { headers });
      expect(await user.json()).toMatchObject({ login: "octocat", followers: 3 });
      return told;
    });
    const again = await running([], async (told) => told);
    expect(again.done.tokens).toEqual(first.done.tokens);
    expect([first.code, again.code]).toEqual([0, 0]);
    const other = await running(["--random-seed", "other"], async (told) => told);
    expect(other.done.random_seed).toBe("other");
    expect(other.done.tokens.map(({ token }) => token)).not.toEqual(
      first.done.tokens.map(({ token }) => token),
    );
  });

  it("takes a seed, and a time to stand still at", async () => {
    const file = seedIn(`
users:
  - ann
  - { username: bob, email: bob@example.org, website_url: "https://example.org", admin: true }
follows:
  - ann: [bob]
    bob: ann
tokens:
  - ann
  - { username: bob, name: ci, scopes: [read_user] }
`);
    const words = ["--seed", file, "--clock", "2024-02-29"];
    await running(words, async ({ url, tokens }) => {
      expect(tokens).toMatchObject([
        { username: "ann" },
        { username: "bob", scopes: ["read_user"] },
      ]);
      const bob = await fetch(`${url}/api/v3/users/bob`);
      expect(await bob.json()).toMatchObject({
        blog: "https://example.org",
        followers: 1,
        following: 1,
      });
      const clock = await fetch(`${url}/-/dev/clock`);
      expect(await clock.json()).toEqual({ time: "2024-02-29T00:00:00.000Z", frozen: true });
    });
  });

  it("opens to other machines with a token for its controls, drawn anew or given", async () => {
    const drawn = await running(["--open"], async (told) => told.control_token ?? "");
    expect(drawn.done).toMatch(/^[\w-]{32}$/);
    const given = { FOLLOWD_CONTROL_TOKEN: "a-token-of-our-own" };
    await running(
      ["--open"],
      async ({ url, control_token: token }) => {
        const controls = `${url}/-/dev/worlds`;
        expect(token).toBe("a-token-of-our-own");
        expect((await fetch(controls)).status).toBe(401);
        expect((await fetch(`${url}/api/v3/users/octocat`)).status).toBe(200);
        const authorization = `Bearer ${token}`;
        const shown = await fetch(controls, { headers: { authorization } });
        expect(await shown.json()).toEqual(["default"]);
      },
      given,
    );
  });

  it("serves https with an authority that stays the same", async () => {
    const env = { XDG_DATA_HOME: folder("home") };
    const authority = async () => {
      const { done } = await running(["--tls", "local"], async (told) => told, env);
      expect(done.url).toMatch(/^https:/);
      return readFileSync(done.certificate_authority ?? "", "utf8");
    };
    expect(await authority()).toBe(await authority());
  });

  it("ends with its parent where it is asked to", async () => {
    const words = [MAIN, "dev", "--port", "0", "--json", "--wait-for-parent"];
    const code = `require("node:child_process").spawn(process.execPath, ${JSON.stringify(words)}, { stdio: ["ignore", 1, 2] })`;
    const parent = spawn(process.execPath, ["--eval", code], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
    const { url } = JSON.parse(line) as Told;
    expect((await fetch(`${url}/-/health`)).status).toBe(200);
    parent.kill("SIGKILL");
    await eventually(() =>
      fetch(`${url}/-/health`).then(
        () => undefined,
        () => true,
      ),
    );
  });

  it("ends by a signal, too, while its parent goes on", async () => {
    const child = start(["dev", "--port", "0", "--json", "--wait-for-parent"]);
    await once(createInterface(child.stdout), "line");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("prints a curl line for each dialect", async () => {
    const child = start(["dev", "--port", "0"]);
    let told = "";
    for await (const part of child.stderr.setEncoding("utf8")) {
      told += part as string;
      if (told.includes("/-/dev/reset")) break;
    }
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(told).toMatch(
      /^ {2}curl -H "Authorization: Bearer ghp_\w+" http:\S+\/api\/v3\/user\/followers$/m,
    );
    expect(told).toMatch(
      /^ {2}curl -H "PRIVATE-TOKEN: ghp_\w+" http:\S+\/api\/v4\/users\/2\/followers$/m,
    );
  });
});
