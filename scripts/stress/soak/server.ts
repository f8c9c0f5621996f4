import { createSecretKey } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { pino } from "pino";
import { createApp } from "../../../src/app.ts";
import { defaultConfig } from "../../../src/config/config.ts";
import { openStore } from "../../../src/domain/open-store.ts";
import { listen, openServer } from "../../../src/server/http-server.ts";
import { beginCheckpoints } from "../../../src/server/start-checkpointer.ts";
import { setV8Flags } from "../../../src/server/v8-flags.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";

/** What the server holds, in bytes where nothing else is said. */
export interface State {
  /** After all garbage is gone. */
  heap: number;
  /** What no other process shares and no file is behind; NaN where the system does not tell. */
  anonymous: number;
  /** How many. */
  descriptors: number;
  log: number;
}

/** Small, so that soon everything is full and each new entry has to evict one. */
const CACHE_BYTES = { pages: 4 * 2 ** 20, fragments: 4 * 2 ** 20 };
/** Every caller is counted, and none reaches the limit. */
const PLENTY = 1_000_000_000;

setV8Flags();
const [file = "", secret = ""] = process.argv.slice(2);
const key = createSecretKey(Buffer.from(secret, "hex"));
const store = openStore(openSqlite({ file }), key, { cacheBytes: CACHE_BYTES });
const log = pino({ level: "error" });
const config = {
  ...defaultConfig,
  accessLog: false,
  trustedProxies: ["loopback"],
  rateLimit: PLENTY,
  rateLimitAnonymous: PLENTY,
  rateLimitWrites: PLENTY,
  badCredentialsLimit: PLENTY,
  lookupLimit: PLENTY,
};
const app = await createApp({ store, config, log });
const url = await listen(openServer(app.handler, app.messages), "127.0.0.1", 0);
await app.warmUp();
beginCheckpoints({ store, file, isNew: false }, log);
process.send?.({ url });

process.on("message", () => process.send?.(stateNow()));
process.on("disconnect", () => process.exit());

function stateNow(): State {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed: heap } = process.memoryUsage();
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return { heap, anonymous: anonymous(), descriptors: descriptors(), log };
}

function anonymous(): number {
  if (process.platform !== "linux") return Number.NaN;
  const [, kilobytes] = /^RssAnon:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

function descriptors(): number {
  return process.platform === "linux" ? readdirSync("/proc/self/fd").length : Number.NaN;
}
