import { createSecretKey } from "node:crypto";
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

/** What a server answers: where it listens, then on each message the CPU it has used so far. */
export type Report = { port: number } | { cpu: number; memory: number };

export const task = (): Task => JSON.parse(process.argv[2] ?? "{}") as Task;

export function openFor({ file, secret, pageCache, groupCommit, synchronous }: Task): Store {
  const key = createSecretKey(Buffer.from(secret, "hex"));
  const cacheBytes = { pages: pageCache ? 64 * 2 ** 20 : 0, fragments: 64 * 2 ** 20 };
  return openStore(openSqlite({ file, groupCommit, synchronous }), key, { cacheBytes });
}

/** Listens, and reports to the bench in microseconds and bytes. */
export function serve(handler: RequestListener, messages: Partial<ServerOptions> = {}): void {
  setV8Flags();
  // As followd's own server has it.
  const options = { keepAliveTimeout: 60_000, optimizeEmptyRequests: true, ...messages };
  const server = createServer(options, handler);
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system, memory: process.memoryUsage().rss });
  });
  process.on("disconnect", () => process.exit());
}
