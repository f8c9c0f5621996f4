import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/**
 * `node scripts/bench/pages.ts`: CPU of the server for a page and for the API list with the same
 * users, on a server as it is started from the command line. Of several rounds the least counts,
 * as everything else on the machine only adds.
 */
const MOST = 3;
const ROUNDS = 15;
const REQUESTS = 200;
const FOLLOWERS = 2000;
const PASSWORD = "tr0mbone quay lamp";

const program = new URL("../../src/main.js", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "followd-pages-"));
const file = (name: string) => join(folder, name);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const followd = (...words: string[]): string =>
  execFileSync(process.execPath, [program, ...words, "--data", file("data")], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

/** A celebrity whom all follow, and who follows every other of them. */
function seed(): string {
  const lines = Array.from({ length: FOLLOWERS }, (_, place) => {
    const there = `${place + 2},1`;
    return place % 2 === 0 ? there : `${there}\n1,${place + 2}`;
  });
  writeFileSync(file("follows.csv"), `follower,followed\n${lines.join("\n")}\n`);
  writeFileSync(file("password"), PASSWORD);
  followd("import", "follows", file("follows.csv"), "--create-users", "dev-{id}");
  const account = ["--email", "ada@example.org", "--admin", "--password-file", file("password")];
  followd("user", "create", "ada", ...account);
  return followd("token", "create", "ada", "--scope", "api,sudo").trim();
}

interface Caller {
  readonly path: string;
  readonly headers: Record<string, string>;
}

function ask(url: string, { path, headers }: Caller): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url + path, { agent, headers: { ...headers, "user-agent": "bench" } });
    request.on("error", reject);
    request.on("response", (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("error", reject);
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve(bytes);
        else reject(new Error(`${path}: ${answer.statusCode}`));
      });
    });
  });
}

/** Seconds of CPU that the server has used, as it says itself. */
async function cpuOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/-/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]);
}

/** Microseconds of CPU for each request, in the round with the least. */
async function costOf(url: string, caller: Caller): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await cpuOf(url);
    for (let each = 0; each < REQUESTS; each += 1) await ask(url, caller);
    least = Math.min(least, ((await cpuOf(url)) - before) / REQUESTS);
  }
  return least * 1e6;
}

async function start(): Promise<{ server: ChildProcess; url: string }> {
  const words = [program, "serve", "--data", file("data"), "--port", "0"];
  const server = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  for (const output of [server.stdout, server.stderr]) {
    if (output === null) continue;
    for await (const line of createInterface(output)) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url === undefined) continue;
      output.resume();
      return { server, url };
    }
  }
  throw new Error("The server did not start.");
}

async function signIn(url: string): Promise<string> {
  const body = new URLSearchParams({ login: "ada", password: PASSWORD });
  const answer = await fetch(`${url}/login`, { method: "POST", body, redirect: "manual" });
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  return cookie;
}

const token = seed();
const { server, url } = await start();
try {
  const cookie = await signIn(url);
  const page = (path: string, more = {}): Caller => ({
    path,
    headers: { accept: "text/html", ...more },
  });
  const list = (path: string): Caller => ({ path, headers: { authorization: `Bearer ${token}` } });
  const followers = "/users/dev-1/followers?per_page=50";
  const following = "/users/dev-1/following?per_page=50";
  const signedIn = { cookie };
  const pairs: [string, Caller, Caller][] = [
    ["followers, signed out", page("/dev-1?tab=followers"), list(followers)],
    ["followers, signed in", page("/dev-1?tab=followers", signedIn), list(followers)],
    ["following, signed in", page("/dev-1?tab=following", signedIn), list(following)],
    [
      "search, signed in",
      page("/search?q=dev-1", signedIn),
      list("/api/v4/users?search=dev-1&per_page=50"),
    ],
    [
      "administration, users",
      page("/admin/users", signedIn),
      list("/api/v4/users?per_page=50&order_by=id&active=true"),
    ],
  ];
  console.log("| page | µs of CPU | its API list | ratio |\n| --- | --- | --- | --- |");
  for (const [what, shown, answered] of pairs) {
    const [cost, listCost] = [await costOf(url, shown), await costOf(url, answered)];
    const ratio = cost / listCost;
    console.log(`| ${what} | ${cost.toFixed(0)} | ${listCost.toFixed(0)} | ${ratio.toFixed(2)} |`);
    if (ratio > MOST) process.exitCode = 1;
  }
} finally {
  agent.destroy();
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
