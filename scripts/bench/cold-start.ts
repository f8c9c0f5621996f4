import { spawn, spawnSync } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { median } from "./figures.ts";

const TRIES = 7;

/** Milliseconds from starting the program to its first correct answer, and to run `node -e 0`. */
export interface ColdStart {
  followd: number;
  /** The program as one file. */
  bundle: number;
  node: number;
}

export async function coldStart(data: string): Promise<ColdStart> {
  const followd: number[] = [];
  const bundle: number[] = [];
  const node: number[] = [];
  const bundled = makeBundle(data);
  for (let round = 0; round <= TRIES; round += 1) {
    const first = await firstAnswer(SOURCE, data);
    const firstOfBundle = await firstAnswer(bundled, data);
    const started = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    // The first round fills the compile cache and the file cache.
    if (round > 0) {
      followd.push(first);
      bundle.push(firstOfBundle);
      node.push(performance.now() - started);
    }
  }
  return { followd: median(followd), bundle: median(bundle), node: median(node) };
}

/** The program, to be run by node. */
export const SOURCE = new URL("../../src/main.js", import.meta.url).pathname;

/** Makes one file of the program beside a folder of data; tells where it is. */
export function makeBundle(data: string): string {
  const folder = `${data}-bundle`;
  const script = new URL("../packaging/binary/build-bundle.ts", import.meta.url).pathname;
  const { status, stderr } = spawnSync(process.execPath, [script, "--out", folder]);
  if (status !== 0) throw new Error(String(stderr));
  return join(folder, "bundle.cjs");
}

async function firstAnswer(main: string, data: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [main, "serve", "--data", data, "--port", String(port)], {
    stdio: "ignore",
  });
  try {
    await answered(`http://127.0.0.1:${port}/api/v3/users/root/followers`, started);
    return performance.now() - started;
  } finally {
    child.kill();
    await new Promise((resolve) => child.once("exit", resolve));
  }
}

/** Resolves when there is an empty list at this address. */
export async function answered(url: string, started: number): Promise<void> {
  const headers = { "User-Agent": "bench" };
  while (performance.now() - started < 30_000) {
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
