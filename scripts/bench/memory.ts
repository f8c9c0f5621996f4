import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { answered, freePort, makeBundle, SOURCE } from "./cold-start.ts";
import type { Line } from "./figures.ts";
import type { Ask } from "./load.ts";
import { record } from "./measure.ts";

const REQUESTS = 20_000;
/** Milliseconds of rest; a server looks every five seconds whether it can give memory back. */
const REST = 17_000;
const MEGABYTE = 1024;
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

/**
 * What servers hold of their own (RssAnon, without mapped files) at rest after the same requests,
 * as ratios to bare node:http. Nothing where a system does not tell (only Linux does).
 */
export async function memoryAtRest(data: string): Promise<Line[]> {
  if (process.platform !== "linux") return [];
  const asks = asksFor(tokenFor(data));
  const words = (main: string, port: string) => [
    main,
    "serve",
    "--data",
    data,
    "--port",
    port,
    "--no-access-log",
    "--log-level",
    "error",
  ];
  const { held: source, answers } = await measured((port) => words(SOURCE, port), asks);
  const bundled = makeBundle(data);
  const { held: bundle } = await measured((port) => words(bundled, port), asks);
  const canned = JSON.stringify(answers);
  const { held: bare } = await measured((port) => ["-e", BARE, port, canned], asks);
  const megabytes = [bare, source, bundle].map((kilobytes) => Math.round(kilobytes / MEGABYTE));
  console.log(`\nMB at rest, bare node:http, of the source, as one file: ${megabytes.join(", ")}`);
  return [
    { name: "memory at rest, of the source / bare node:http", value: source / bare, most: 3.2 },
    { name: "memory at rest, as one file / bare node:http", value: bundle / bare, most: 3.2 },
  ];
}

function tokenFor(data: string): string {
  const words = [SOURCE, "token", "create", "root", "--scope", "user,api", "--data", data];
  return execFileSync(process.execPath, words, { encoding: "utf8" }).trim();
}

/** Checks, lists and single users in both dialects. */
const asksFor = (token: string): Ask[] =>
  [
    LIST,
    "/api/v3/user",
    "/api/v3/users/root",
    "/api/v3/user/following/nobody",
    "/api/v4/user",
    "/api/v4/users?search=root",
    "/api/v4/users/1/followers",
  ].map((path) => ({
    path,
    method: "GET",
    headers: { "User-Agent": "bench", Authorization: `Bearer ${token}` },
  }));

/** Kilobytes at rest of a program that listens at the port it is given, and what it answers. */
async function measured(words: (port: string) => string[], asks: readonly Ask[]) {
  const port = await freePort();
  const child = spawn(process.execPath, words(String(port)), { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  try {
    await answered(url + LIST, performance.now());
    const answers = await Promise.all(asks.map((ask) => record({ url }, ask)));
    const requests = asks.map((ask) => ({ ...ask }));
    await autocannon({ url, requests, connections: 32, amount: REQUESTS });
    await new Promise((resolve) => setTimeout(resolve, REST));
    return { held: anonymous(child), answers };
  } finally {
    child.kill();
    await new Promise((resolve) => child.once("exit", resolve));
  }
}

/** Kilobytes that belong to a process alone. */
export function anonymous({ pid }: ChildProcess): number {
  const [, kilobytes] =
    /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes);
}
