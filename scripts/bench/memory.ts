import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { answered, freePort, type Startable } from "./cold-start.ts";
import { median } from "./figures.ts";
import type { Ask } from "./load.ts";
import { record } from "./measure.ts";

const ROUNDS = 3;
const REQUESTS = 20_000;
/** Milliseconds of rest; a server looks every five seconds whether it can give memory back. */
const REST = 17_000;
const KILOBYTES_PER_MB = 1024;
/** Answered with an empty list, which tells that a server is there. */
const LIST = "/api/v3/users/root/followers";

/** What node itself takes to answer the same over HTTP. */
const BARE = `
  const answers = new Map(JSON.parse(process.argv[2]).map((each) => [each.path, each]));
  const answer = (req, res) => {
    const { status, headers, body } = answers.get(req.url);
    res.writeHead(status, headers).end(body);
  };
  require("node:http").createServer(answer).listen(process.argv[1], "127.0.0.1");
`;

/** MB that a server holds of its own, by the server's name; bare node:http is `node`. */
export type Memory = { node: number } & Record<string, number>;

/**
 * What servers hold of their own (RssAnon, without mapped files) at rest after the same requests.
 * Undefined where a system does not tell (only Linux does).
 */
export async function memoryAtRest(programs: readonly Startable[]): Promise<Memory | undefined> {
  if (process.platform !== "linux") return undefined;
  const own = programs.map(({ name, main, data }) => ({ name, ...program(main, data) }));
  const [first] = own;
  if (first === undefined) return undefined;
  const answers = await served(first, ({ url }) =>
    Promise.all(first.asks.map((ask) => record({ url }, ask))),
  );
  const canned = JSON.stringify(answers);
  const words = (port: string) => ["-e", BARE, port, canned];
  const all = [{ name: "node", words, asks: first.asks }, ...own];
  const rounds: number[][] = [];
  // At once, as they wait for most of the time.
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(await Promise.all(all.map((each) => served(each, atRest))));
  }
  const held = (place: number) =>
    median(rounds.map((each) => each[place] ?? Number.NaN)) / KILOBYTES_PER_MB;
  return Object.fromEntries(all.map(({ name }, place) => [name, held(place)])) as Memory;
}

interface Program {
  readonly words: (port: string) => string[];
  readonly asks: readonly Ask[];
}

function program(main: string, data: string): Program {
  const asks = asksFor(tokenFor(main, data));
  const words = (port: string) => [main, "serve", "--data", data, "--port", port];
  return { words, asks };
}

function tokenFor(main: string, data: string): string {
  const words = [main, "token", "create", "root", "--scope", "user,api", "--data", data];
  return execFileSync(process.execPath, words, { encoding: "utf8" }).trim();
}

/** Checks, lists and single users in both dialects. */
const asksFor = (token: string): Ask[] =>
  [
    LIST,
    "/api/v3/user",
    "/api/v3/users/root",
    "/api/v3/user/following/root",
    "/api/v4/user",
    "/api/v4/users?search=root",
    "/api/v4/users/1/followers",
  ].map((path) => ({
    path,
    method: "GET",
    headers: { "User-Agent": "bench", Authorization: `Bearer ${token}` },
  }));

interface Served {
  child: ChildProcess;
  url: string;
  asks: readonly Ask[];
}

/** Runs a program for as long as this work takes. */
async function served<T>({ words, asks }: Program, work: (served: Served) => Promise<T>) {
  const port = await freePort();
  const child = spawn(process.execPath, words(String(port)), { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  try {
    await answered(url + LIST, performance.now());
    return await work({ child, url, asks });
  } finally {
    child.kill();
    await new Promise((resolve) => child.once("exit", resolve));
  }
}

/** Kilobytes. */
async function atRest({ child, url, asks }: Served): Promise<number> {
  const requests = asks.map((ask) => ({ ...ask }));
  await autocannon({ url, requests, connections: 32, amount: REQUESTS });
  await new Promise((resolve) => setTimeout(resolve, REST));
  return anonymous(child);
}

/** Kilobytes that belong to a process alone. */
function anonymous({ pid }: ChildProcess): number {
  const [, kilobytes] =
    /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes);
}
