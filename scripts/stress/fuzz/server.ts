import { createSecretKey } from "node:crypto";
import { pino } from "pino";
import { createApp } from "../../../src/app.ts";
import { defaultConfig } from "../../../src/config/config.ts";
import { openOrigin } from "../../../src/dev/world-template.ts";
import { DEFAULT_WORLD, Worlds } from "../../../src/dev/worlds.ts";
import { openStore } from "../../../src/domain/open-store.ts";
import { listen, openServer } from "../../../src/server/http-server.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { renew } from "./accounts.ts";

/** What the server tells the one who fuzzes it, in bytes and microseconds. */
export interface State {
  heap: number;
  memory: number;
  cpu: number;
  /** What it logged as an error, and what was not caught. */
  errors: string[];
}

const ERROR_LEVEL = 50;
const MOST_ERRORS = 20;

const errors: string[] = [];
const note = (text: string) => {
  if (errors.length < MOST_ERRORS) errors.push(text.slice(0, 2000));
};
process.on("uncaughtException", (error) => note(`uncaught: ${error.stack}`));
process.on("unhandledRejection", (error) => note(`unhandled: ${String(error)}`));

const [, , file = ":memory:", kind = "serve"] = process.argv;
const log = pino(
  { level: "info" },
  {
    write(line: string) {
      if (line.includes(`"level":${ERROR_LEVEL}`)) note(line);
    },
  },
);
// No rate limit, so that every request gets as far as it can.
const config = { ...defaultConfig, accessLog: false, lookupLimit: 0 };
const { url, renewed } = await (kind === "dev" ? openDev() : openServe());
process.send?.({ url });

async function openServe() {
  const store = openStore(openSqlite({ file }), createSecretKey(Buffer.alloc(32, "fuzz")));
  const app = await createApp({ store, config, log });
  const server = openServer(app.handler);
  const listening = await listen(server, "127.0.0.1", 0);
  await app.warmUp();
  app.setReady(true);
  return { url: listening, renewed: () => renew(store) };
}

/** A server for tests: its controls need no credential. */
async function openDev() {
  const origin = await openOrigin({ config, log });
  const worlds = new Worlds(origin);
  const server = openServer(worlds.handler);
  const listening = await listen(server, "127.0.0.1", 0);
  const renewed = async () => renew((await worlds.get(DEFAULT_WORLD)).store);
  return { url: listening, renewed };
}

function stateNow(): State {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed: heap, rss: memory } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { heap, memory, cpu: user + system, errors: errors.splice(0) };
}

/** What it has used so far: microseconds of CPU, and the most memory that it ever had in bytes. */
export interface Usage {
  cpu: number;
  peak: number;
}

function usageNow(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpu: user + system, peak: process.resourceUsage().maxRSS * 1024 };
}

process.on("message", (wanted) => {
  if (wanted === "state") process.send?.(stateNow());
  else if (wanted === "usage") process.send?.(usageNow());
  else void renewed().then((credentials) => process.send?.(credentials));
});
process.on("disconnect", () => process.exit());
