import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { Octokit } from "@octokit/rest";
import { megabytesOf, type Program } from "./program.ts";

/** Longer than a server takes until its checkpoint thread runs. */
const UNTIL_THREADED = 1500;

type Part = (program: Program) => Promise<string | undefined> | string | undefined;

/** What an executable has to do, in this order; each may tell a figure. */
export const parts: Readonly<Record<string, Part>> = {
  "help of every verb": helps,
  "what it writes to load": nativePart,
  serve: serves,
  "backup, restore, export, import, doctor": keeps,
  dev: plays,
  "serve --tls local": secures,
};

function helps(program: Program): undefined {
  const words = program.run("--help").matchAll(/^ {2}([a-z]+) /gm);
  const verbs = [...words]
    .map(([, verb = ""]) => verb)
    .filter((verb) => !["help", "followd"].includes(verb));
  assert(verbs.length > 9, `There are only ${verbs.join()}.`);
  for (const verb of verbs) assert.match(program.run("help", verb), /^Usage: followd/);
  assert.match(program.run("completion", "bash"), /complete -F _followd followd$/);
  assert.match(program.run("config", "print"), /^port +3000 +default$/m);
  assert.match(program.run("version"), /^\d+\.\d+\.\d+$/);
}

/** One file that other users can't change; a changed one is replaced. */
function nativePart(program: Program): undefined {
  const cache = join(program.env.HOME, ".cache/followd");
  program.run("token", "create", "root");
  const [name = "", ...more] = readdirSync(cache);
  assert.deepEqual(more, []);
  assert.equal(statSync(cache).mode & 0o777, 0o700);
  const file = join(cache, name);
  const bytes = readFileSync(file);
  chmodSync(file, 0o700);
  writeFileSync(file, "something else");
  program.run("user", "list");
  assert.deepEqual(readFileSync(file), bytes);
}

async function serves(program: Program): Promise<string> {
  const server = await program.listen("serve");
  program.run("user", "create", "octocat", "--email", "octocat@example.com");
  const auth = program.run("token", "create", "root");
  const octokit = new Octokit({ auth, baseUrl: `${server.url}/api/v3` });
  await octokit.rest.users.follow({ username: "octocat" });
  const { data } = await octokit.rest.users.listFollowersForUser({ username: "octocat" });
  assert.deepEqual(
    data.map(({ login }) => login),
    ["root"],
  );
  const asked = octokit.graphql("query { viewer { following(first: 1) { totalCount } } }");
  assert.deepEqual(await asked, { viewer: { following: { totalCount: 1 } } });

  const megabytes = megabytesOf(server.child);
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { "PRIVATE-TOKEN": auth, "Content-Type": "application/json" };
    const answer = await fetch(server.url + path, { ...init, headers });
    return [answer.status, await answer.text()] as const;
  };
  assert.equal((await ask("/api/v4/users/2/unfollow", { method: "POST" }))[0], 201);
  const key = JSON.stringify({ key: "none" });
  assert.equal((await ask("/api/v4/user/gpg_keys", { method: "POST", body: key }))[0], 400);
  const page = (await ask("/-/docs"))[1];
  const [, script = ""] = /<script src="([^"]+)"/.exec(page) ?? [];
  assert.equal((await ask(script))[0], 200);
  assert.match((await ask("/-/metrics"))[1], /^followd_/m);
  assert.equal((await ask("/-/readiness"))[0], 200);
  program.run("healthcheck", "--port", new URL(server.url).port);
  await pause(UNTIL_THREADED);
  assert.doesNotMatch(server.said(), /checkpoint/);
  assert.equal(await server.end(), 0);
  return `listening after ${Math.round(server.milliseconds)} ms, then ${megabytes} MB of memory`;
}

function keeps(program: Program): undefined {
  const pairs = join(program.folder, "pairs.csv.gz");
  writeFileSync(pairs, gzipSync("follower,followed\n1,2\n2,3\n"));
  program.run("import", "follows", pairs, "--create-users", "dev-{id}");
  const backup = program.run("backup").split(/\s+/)[1] ?? "";
  program.run("token", "create", "root");
  program.run("restore", backup, "--json");
  const exported = join(program.folder, "follows.csv");
  program.run("export", "follows", exported);
  assert.equal(readFileSync(exported, "utf8").trim().split("\n").length, 3);
  const { healthy } = JSON.parse(program.run("doctor", "--json")) as { healthy: boolean };
  assert(healthy);
}

async function plays(program: Program): Promise<undefined> {
  const seed = join(program.folder, "seed.yaml");
  writeFileSync(seed, "users: [ann, bob]\nfollows:\n  - ann: [bob]\n");
  const server = await program.listen("dev", "--seed", seed);
  const [answer, requests] = [
    await fetch(`${server.url}/api/v3/users/bob/followers`, { headers: { "User-Agent": "x" } }),
    await fetch(`${server.url}/-/dev/requests`),
  ];
  assert.deepEqual([answer.status, requests.status], [200, 200]);
  assert.match(await answer.text(), /"login":"ann"/);
  assert.equal((await fetch(`${server.url}/-/dev/reset`, { method: "POST" })).ok, true);
  assert.equal(await server.end(), 0);
}

async function secures(program: Program): Promise<undefined> {
  mkdirSync(join(program.folder, "secure"), { mode: 0o700 });
  const words = ["--data", "secure", "--tls", "local"];
  const server = await program.listen("serve", ...words);
  assert.match(server.url, /^https:/);
  const { port } = new URL(server.url);
  program.run("healthcheck", ...words, "--port", port);
  assert.equal(await server.end(), 0);
}
