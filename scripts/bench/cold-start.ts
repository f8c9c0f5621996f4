import { spawn, spawnSync } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { median } from "./figures.ts";
import { cpuOf } from "./start-server.ts";

const TRIES = 7;
/** Milliseconds; a machine may have much else to do. */
const PATIENCE = 120_000;

/** Milliseconds. */
export interface Start {
  wall: number;
  /** Of all threads. */
  cpu: number;
}

/** What it takes from starting a program to its first correct answer, and to run `node -e 0`. */
export type ColdStart = { node: Start } & Record<string, Start>;

/** A program, and the folder of its data. */
export interface Startable {
  name: string;
  main: string;
  data: string;
}

/** Starts programs and bare node in turn; the median counts. */
export async function coldStart(programs: readonly Startable[]): Promise<ColdStart> {
  const starts = new Map<string, Start[]>();
  const note = (name: string, start: Start) =>
    starts.set(name, [...(starts.get(name) ?? []), start]);
  for (let round = 0; round <= TRIES; round += 1) {
    const noted = round === 0 ? () => {} : note;
    // The first round fills the compile cache and the file cache.
    for (const each of programs) noted(each.name, await firstAnswer(each));
    noted("node", startOfNode());
  }
  const middle = (name: string): [string, Start] => {
    const all = starts.get(name) ?? [];
    return [
      name,
      { wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) },
    ];
  };
  return Object.fromEntries([...starts.keys()].map(middle)) as ColdStart;
}

/** node, and what it tells of its own CPU when it ends. */
const NODE = `process.once("exit", () => {
  const { user, system } = process.cpuUsage();
  require("fs").writeSync(1, String((user + system) / 1000));
})`;

function startOfNode(): Start {
  const started = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  const wall = performance.now() - started;
  return { wall, cpu: Number(spawnSync(process.execPath, ["-e", NODE]).stdout) };
}

const ROOT = new URL("../../", import.meta.url).pathname;

/** Makes one file of a checkout's program in a folder, by its own script; tells where it is. */
export function makeBundle(folder: string, checkout = ROOT): string {
  const words = ["run", "-s", "build:bundle", "--", "--out", folder];
  const { status, stderr } = spawnSync("npm", words, { cwd: checkout });
  if (status !== 0) throw new Error(String(stderr));
  return join(folder, "bundle.cjs");
}

async function firstAnswer({ main, data }: Startable): Promise<Start> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [main, "serve", "--data", data, "--port", String(port)], {
    stdio: "ignore",
  });
  try {
    await answered(`http://127.0.0.1:${port}/api/v3/users/root/followers`, started);
    return { wall: performance.now() - started, cpu: cpuOf(child.pid ?? 0) / 1000 };
  } finally {
    child.kill();
    await new Promise((resolve) => child.once("exit", resolve));
  }
}

/** Resolves when there is an empty list at this address. */
export async function answered(url: string, started: number): Promise<void> {
  const headers = { "User-Agent": "bench" };
  while (performance.now() - started < PATIENCE) {
    const answer = await fetch(url, { headers }).catch(() => undefined);
    if (answer?.status === 200 && (await answer.text()) === "[]") return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`${url} did not answer.`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
