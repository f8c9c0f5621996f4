import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import Database from "better-sqlite3";

/**
 * `node scripts/bench/explorer.ts --data DIR --most MS`: the explorer's questions about users of a
 * graph that is there already, as `npm run generate-graph -- --data DIR` leaves one: the most
 * followed, those who follow most, and any. What is counted is CPU of the server, which answers one
 * question at a time; of two rounds the lesser counts. p99 is over the users.
 */
const ROUNDS = 2;
const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "data" },
    most: { type: "string", default: "300" },
    users: { type: "string", default: "100" },
    tries: { type: "string", default: "3" },
  },
});
const [users, tries, most] = [options.users, options.tries, options.most].map(Number) as [
  number,
  number,
  number,
];

/** Usernames of three kinds, always the same ones of one graph. */
function sample(): Record<"most followed" | "following most" | "any", string[]> {
  const database = new Database(`${options.data}/followd.db`, { readonly: true });
  const names = (sql: string, ...values: number[]) =>
    (database.prepare(sql).all(...values) as { username: string }[]).map((row) => row.username);
  const top = "select username from users where following > 0 order by";
  const { last } = database.prepare("select max(id) as last from users").get() as { last: number };
  const step = Math.max(1, Math.floor(last / users));
  const found = {
    "most followed": names(`${top} followers desc, id limit 10`),
    "following most": names(`${top} following desc, id limit 10`),
    any: names("select username from users where id % ? = 7 % ? limit ?", step, step, users),
  };
  database.close();
  return found;
}

async function start() {
  const program = new URL("../../src/main.js", import.meta.url).pathname;
  const words = [program, "serve", "--data", options.data, "--port", "0"];
  const server = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  for (const output of [server.stdout, server.stderr]) {
    for await (const line of createInterface(output)) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url === undefined) continue;
      output.resume();
      return { server, url };
    }
  }
  throw new Error("The server did not start.");
}

/** Seconds of CPU that the server has used, as it says itself. */
async function cpuOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/-/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]);
}

/** Milliseconds of CPU for one question, in the round with the least. */
async function costOf(url: string, path: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await cpuOf(url);
    for (let each = 0; each < tries; each += 1) {
      const answer = await fetch(url + path);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    }
    least = Math.min(least, ((await cpuOf(url)) - before) / tries);
  }
  return least * 1000;
}

const QUESTIONS: [string, (user: string, other: string) => string][] = [
  ["neighbourhood, depth 1, 150 nodes", (user) => `${user}/neighbourhood`],
  ["neighbourhood, depth 2, 150 nodes", (user) => `${user}/neighbourhood?depth=2`],
  ["neighbourhood, depth 1, 2,000 nodes", (user) => `${user}/neighbourhood?limit=2000`],
  ["neighbourhood, depth 2, 2,000 nodes", (user) => `${user}/neighbourhood?depth=2&limit=2000`],
  ["mutuals", (user) => `${user}/mutuals`],
  ["non-mutuals", (user) => `${user}/non-mutuals`],
  ["suggestions", (user) => `${user}/suggestions`],
  ["whom both follow", (user, other) => `${user}/common/${other}`],
  ["who follows both", (user, other) => `${user}/common/${other}?end=followers`],
  ["shortest path", (user, other) => `${user}/path/${other}`],
];

const people = sample();
const { server, url } = await start();
try {
  const percentile = (times: number[], part: number) =>
    times[Math.min(times.length - 1, Math.ceil(part * times.length) - 1)] ?? Number.NaN;
  console.log("| question | users | p50 ms of CPU | p99 |\n| --- | --- | --- | --- |");
  for (const [what, pathOf] of QUESTIONS) {
    for (const [kind, names] of Object.entries(people)) {
      const times: number[] = [];
      for (const [place, name] of names.entries()) {
        // Another user of the same kind, and half of the time one of any.
        const others = place % 2 === 0 ? people.any : names;
        const other = others[(place * 7 + 3) % others.length] ?? name;
        times.push(await costOf(url, `/-/graph/${pathOf(name, other)}`));
      }
      times.sort((a, b) => a - b);
      const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
      console.log(`| ${what} | ${kind} | ${p50.toFixed(1)} | ${p99.toFixed(1)} |`);
      if (p99 > most) process.exitCode = 1;
    }
  }
} finally {
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
}
