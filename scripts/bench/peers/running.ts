import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Ask } from "../load.ts";
import type { Peer } from "./peers.ts";

const PATIENCE = 60_000;
/** Linux counts processor time in hundredths of a second (proc(5)). */
const MICROSECONDS_A_TICK = 10_000;

export interface Running {
  readonly peer: Peer;
  readonly url: string;
  /** Milliseconds from its start to its first answer. */
  readonly start: number;
  /** Microseconds of processor time so far. */
  cpu(): number;
  /** Megabytes in memory. */
  memory(): number;
  stop(): Promise<void>;
}

/** A request of octocat's, with the first of the tokens or another one. */
export function asking(peer: Peer, method: Ask["method"], path: string, place = 0): Ask {
  const token = peer.tokens[place];
  // Prism else answers with the first status that has a body, which here is a refusal.
  const preferred = path.startsWith("/user/following/") ? { Prefer: "code=204" } : {};
  const shown = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return {
    method,
    path: peer.prefix + path,
    headers: { "User-Agent": "bench", ...preferred, ...shown },
  };
}

export const LIST = "/users/octocat/followers?page=2&per_page=30";

/** Starts a server in a process of its own, and waits for its first answer. */
export async function run(peer: Peer): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const words = [peer.script, ...peer.words(port)];
  const child = spawn(process.execPath, words, { stdio: "ignore", detached: false });
  await answered(url, peer, child);
  const start = performance.now() - started;
  const { pid = 0 } = child;
  return {
    ...{ peer, url, start },
    cpu: () => {
      const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
      const fields = rest.split(" ");
      return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_A_TICK;
    },
    memory: () => {
      const [, kilobytes] =
        /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
      return Number(kilobytes) / 1024;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function answered(url: string, peer: Peer, child: ChildProcess): Promise<void> {
  const { path, headers } = asking(peer, "GET", LIST);
  const end = performance.now() + PATIENCE;
  while (performance.now() < end && child.exitCode === null) {
    const answer = await fetch(url + path, { headers }).catch(() => undefined);
    if (answer?.ok) return void (await answer.text());
    await pause(5);
  }
  child.kill("SIGKILL");
  throw new Error(`${peer.name} does not answer.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
