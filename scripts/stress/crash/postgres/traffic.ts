import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { TestDatabase } from "../server.ts";
import { within } from "../waits.ts";
import { ask, type Ledger } from "../writers.ts";

/** Milliseconds to wait before the next try where a node was not there. */
const AGAIN_MS = 20;
/** After so many writes writers rest after each, so that a round has load at its end, and an end. */
const FULL_SPEED_WRITES = 2000;

export interface Traffic {
  /** Answers that said that the database is away, and connections that were cut. */
  readonly unavailable: number;
  /** Acknowledged writes since the last call. */
  acknowledgedSince(): number;
  /** Lets no new request begin, and resolves when the last has ended one way or another. */
  stop(): Promise<void>;
}

/**
 * Nothing was done: a node can't reach the database, or a busy machine left this process no turn to
 * send the whole request in time.
 */
const REFUSALS: ReadonlySet<number> = new Set([503, 408]);

/** Has all writers follow and unfollow at random, each request at one node or the other. */
export function writeThrough(
  { writers, targets }: TestDatabase,
  nodes: readonly { url: string }[],
  ledger: Ledger,
  random: () => number,
): Traffic {
  const agent = new Agent({ keepAlive: true, maxSockets: writers.length });
  let [stopped, unavailable, since, acknowledged] = [false, 0, 0, 0];
  const all = writers.map(async ({ username, token }) => {
    while (!stopped) {
      const target = targets[Math.floor(random() * targets.length)] ?? "";
      const { url = "" } = nodes[Math.floor(random() * nodes.length)] ?? {};
      const pair = `${username} ${target}`;
      const method = ledger.following.has(pair) ? "DELETE" : "PUT";
      ledger.unknown.add(pair);
      const path = `${url}/api/v3/user/following/${target}`;
      const asked = ask(agent, method, path, token);
      const status = await within(`the answer to ${method} ${path}`, asked);
      if (status === undefined || REFUSALS.has(status)) {
        unavailable += 1;
        await pause(AGAIN_MS);
        continue;
      }
      ledger.unknown.delete(pair);
      if (status !== 204) ledger.strange.push(`${method} ${status}`);
      else if (method === "PUT") ledger.following.add(pair);
      else ledger.following.delete(pair);
      ledger.acknowledged += 1;
      since += 1;
      acknowledged += 1;
      if (acknowledged > FULL_SPEED_WRITES) await pause(AGAIN_MS);
    }
  });
  const done = Promise.all(all);
  // Awaited by `stop`.
  done.catch(() => undefined);
  return {
    get unavailable() {
      return unavailable;
    },
    acknowledgedSince() {
      const count = since;
      since = 0;
      return count;
    },
    async stop() {
      stopped = true;
      await done;
      agent.destroy();
    },
  };
}
