import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signingKey } from "../../../src/domain/credentials/token-signing.ts";
import { issue } from "../../../src/domain/credentials/tokens.ts";
import { openStore } from "../../../src/domain/open-store.ts";
import type { Store } from "../../../src/domain/store.ts";
import { createAccount } from "../../../src/domain/users/accounts.ts";
import {
  brokenReferences,
  integrityErrors,
  openForInspection,
  wrongCounters,
} from "../../../src/storage/sqlite/integrity.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { watchOutput } from "../child-output.ts";
import { within } from "./waits.ts";

const MAIN = new URL("../../../src/main.js", import.meta.url).pathname;
export const KEY = Buffer.alloc(32, "followd-crash");

/** A data directory with people, some of whom have tokens. */
export interface TestDatabase {
  data: string;
  file: string;
  /** Usernames of who is followed. */
  targets: readonly string[];
  /** Who follows, each with a token for either dialect. */
  writers: readonly { username: string; id: number; token: string }[];
}

/** Makes a data directory anew. */
export async function createDatabase(
  data: string,
  targets: number,
  writers: number,
): Promise<TestDatabase> {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(join(data, "followd.key"), KEY, { mode: 0o600 });
  process.umask(0o077);
  const file = join(data, "followd.db");
  const store = openStore(openSqlite({ file }), signingKey(KEY));
  try {
    return { data, file, ...(await fill(store, targets, writers)) };
  } finally {
    await store.engine.close();
  }
}

/** Makes so many people to be followed, and so many with tokens who follow. */
export async function fill(
  store: Store,
  targets: number,
  writers: number,
): Promise<Pick<TestDatabase, "targets" | "writers">> {
  const names = Array.from({ length: targets }, (_, number) => `target-${number}`);
  for (const username of names) await createAccount(store, { username });
  const made: TestDatabase["writers"][number][] = [];
  for (let number = 0; number < writers; number += 1) {
    const { id, username } = await createAccount(store, { username: `writer-${number}` });
    const scopes = ["user", "api"];
    const [token] = await issue(store, { userId: id, name: "crash", scopes });
    made.push({ username, id, token });
  }
  return { targets: names, writers: made };
}

export interface Server {
  url: string;
  child: ChildProcess;
  /** Milliseconds from its start until it was ready. */
  readyAfter: number;
  /** Sends a signal; resolves with the exit code and the milliseconds that the end took. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; after: number }>;
}

/** Starts the program, and waits until it is ready. */
export async function startServer(data: string, ...flags: string[]): Promise<Server> {
  const words = ["serve", "--data", data, "--port", "0", "--log-level", "fatal", ...flags];
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const output = watchOutput(child);
  const found = new Promise<string>((resolve) => {
    child.stderr.on("data", () => {
      const url = /listening at (\S+)\n/.exec(output.text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const ended = exited.then(([code, signal]) => {
    throw new Error(`The server ended unasked with code ${code}, signal ${signal}: ${output.text}`);
  });
  ended.catch(() => undefined);
  try {
    const url = await within("a server's start", Promise.race([found, ended]));
    await within(`the readiness of ${url}`, Promise.race([ready(url), ended]));
    return {
      url,
      child,
      readyAfter: performance.now() - started,
      async end(signal) {
        if (child.exitCode !== null || child.signalCode !== null) await ended;
        output.expectExit();
        const sentAt = performance.now();
        child.kill(signal);
        const [code] = await within(`the end of ${url} after ${signal}`, exited);
        return { code, after: performance.now() - sentAt };
      },
    };
  } catch (error) {
    output.expectExit();
    child.kill("SIGKILL");
    throw new Error(`${(error as Error).message}\n${output.text}`, { cause: error });
  }
}

async function ready(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/-/readiness`);
    await answer.arrayBuffer();
    if (answer.status === 200) return;
  }
}

/** What is wrong with a database, in lines. */
export function wrongsIn(file: string): string[] {
  const connection = openForInspection(file);
  try {
    return [
      ...integrityErrors(connection),
      ...brokenReferences(connection),
      ...wrongCounters(connection).map(({ problem, count }) => `${problem}: ${count}`),
    ];
  } finally {
    connection.close();
  }
}

/** Who follows whom, as `writer target`. */
export function edgesIn(file: string): Set<string> {
  const connection = openForInspection(file);
  try {
    const sql = `select a.username || ' ' || b.username from follows
      join users as a on a.id = follower_id join users as b on b.id = followed_id`;
    return new Set(connection.prepare(sql).pluck().all() as string[]);
  } finally {
    connection.close();
  }
}
