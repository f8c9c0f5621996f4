import { Agent, request } from "node:http";
import type { TestDatabase } from "./server.ts";

/** What the writers were told, to be held against what is stored. */
export class Ledger {
  /** Pairs of whom the last answer said that one follows the other. */
  readonly following = new Set<string>();
  /** Pairs that were asked about when the server went: either is right. */
  readonly unknown = new Set<string>();
  acknowledged = 0;
  /** Answers that were neither of the two expected ones. */
  strange: string[] = [];

  /** The pairs that are not stored as their writers were told. */
  lost(stored: ReadonlySet<string>): string[] {
    const both = new Set([...this.following, ...stored]);
    return [...both].filter(
      (pair) => this.following.has(pair) !== stored.has(pair) && !this.unknown.has(pair),
    );
  }

  /** Takes what is stored for true where nothing was acknowledged. */
  settle(stored: ReadonlySet<string>): void {
    for (const pair of this.unknown) {
      if (stored.has(pair)) this.following.add(pair);
      else this.following.delete(pair);
    }
    this.unknown.clear();
  }
}

export interface Writing {
  /** Lets no new request begin, and resolves when the last has ended one way or another. */
  stop(): Promise<void>;
}

/** Has all writers follow and unfollow at random, each with one request after the other. */
export function write(
  { writers, targets }: TestDatabase,
  url: string,
  ledger: Ledger,
  random: () => number,
): Writing {
  const agent = new Agent({ keepAlive: true, maxSockets: writers.length });
  let stopped = false;
  const all = writers.map(async ({ username, token }) => {
    while (!stopped) {
      const target = targets[Math.floor(random() * targets.length)] ?? "";
      const pair = `${username} ${target}`;
      const method = ledger.following.has(pair) ? "DELETE" : "PUT";
      ledger.unknown.add(pair);
      const status = await ask(agent, method, `${url}/api/v3/user/following/${target}`, token);
      // The server is gone, and acknowledged nothing.
      if (status === undefined) return;
      ledger.unknown.delete(pair);
      if (status !== 204) ledger.strange.push(`${method} ${status}`);
      else if (method === "PUT") ledger.following.add(pair);
      else ledger.following.delete(pair);
      ledger.acknowledged += 1;
    }
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(all);
      agent.destroy();
    },
  };
}

/** The status of an answer; undefined when there was none. */
export function ask(agent: Agent, method: string, url: string, token: string) {
  const headers = { Authorization: `token ${token}`, "User-Agent": "crash", "Content-Length": 0 };
  return new Promise<number | undefined>((resolve) => {
    const asked = request(url, { method, agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode));
      answer.on("error", () => resolve(undefined));
    });
    asked.on("error", () => resolve(undefined));
    asked.end();
  });
}
