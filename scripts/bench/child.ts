import { createSecretKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { openStore } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import { setV8Flags } from "../../src/server/v8-flags.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";

/** What the bench tells a server that it starts. */
export interface Task {
  file: string;
  secret: string;
  /** Whether whole pages are kept, or only the users in them. */
  pageCache: boolean;
  groupCommit: boolean;
  synchronous: "FULL" | "NORMAL";
}

/** What a server tells when it listens. */
export interface Report {
  port: number;
}

/** A task, and what more the server is told, as they lie in the file that it is started with. */
const given = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as {
  task: Task;
  more: unknown;
};
export const task = (): Task => given.task;
export const more = <T>(): T => given.more as T;

/** As `serve` opens it by default. */
const CACHE_BYTES = 32 * 2 ** 20;

export function openFor({ file, secret, pageCache, groupCommit, synchronous }: Task): Store {
  const key = createSecretKey(Buffer.from(secret, "hex"));
  const cacheBytes = { pages: pageCache ? CACHE_BYTES : 0, fragments: CACHE_BYTES };
  return openStore(openSqlite({ file, groupCommit, synchronous }), key, { cacheBytes });
}

/** Listens, and reports to the bench. */
export function serve(handler: RequestListener, messages: Partial<ServerOptions> = {}): void {
  setV8Flags();
  // As followd's own server has it.
  const options = { keepAliveTimeout: 60_000, optimizeEmptyRequests: true, ...messages };
  const server = createServer(options, handler);
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
  process.on("disconnect", () => process.exit());
}
