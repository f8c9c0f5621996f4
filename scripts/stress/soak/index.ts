// Asks a server for hours' worth of everything, and tells whether it grows.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import autocannon from "autocannon";
import { signingKey } from "../../../src/domain/credentials/token-signing.ts";
import { issue } from "../../../src/domain/credentials/tokens.ts";
import { openStore } from "../../../src/domain/open-store.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { type Seeded, seed } from "../../bench/seed.ts";
import { Asks, type Cast } from "./requests.ts";
import type { State } from "./server.ts";
import { holds, type Sample, tableOf } from "./trend.ts";

const USERS = 20_000;
const FOLLOWS = 300_000;
/** More than are remembered. */
const TOKENS = 12_000;
const SAMPLES = 20;

const { values: options } = parseArgs({
  options: {
    requests: { type: "string", default: "1000000" },
    seed: { type: "string", default: "20261121" },
    json: { type: "boolean", default: false },
  },
});

const folder = mkdtempSync(join(tmpdir(), "followd-soak-"));
try {
  process.exitCode = (await run(Number(options.requests), Number(options.seed))) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(requests: number, seedOfAsks: number): Promise<boolean> {
  const seeded = await seed({ data: join(folder, "data"), users: USERS, follows: FOLLOWS });
  const asks = new Asks(seedOfAsks, await castOf(seeded));
  const script = new URL("server.ts", import.meta.url).pathname;
  const words = [seeded.file, seeded.secret];
  const child = fork(script, words, { execArgv: ["--expose-gc"] });
  const { url } = await nextMessage<{ url: string }>(child);
  const samples: Sample[] = [];
  for (let step = 1; step <= SAMPLES; step += 1) {
    const failed = await load(url, asks, Math.ceil(requests / SAMPLES));
    child.send("state");
    const state = await nextMessage<State>(child);
    samples.push({ requests: Math.ceil((requests * step) / SAMPLES), failed, ...state });
    console.error(`${samples.at(-1)?.requests} requests`);
  }
  child.disconnect();
  console.log(options.json ? JSON.stringify(samples) : tableOf(samples));
  return holds(samples);
}

async function castOf({ file, secret }: Seeded): Promise<Cast> {
  const store = openStore(openSqlite({ file }), signingKey(Buffer.from(secret, "hex")));
  try {
    const made = Array.from({ length: TOKENS }, async (_, place) => {
      const wanted = { userId: 2 + place, name: "soak", scopes: ["user", "api"] };
      return (await issue(store, wanted))[0];
    });
    return { users: USERS, tokens: await Promise.all(made) };
  } finally {
    await store.engine.close();
  }
}

/** Sends so many requests; says how many had no answer, or one that no request deserves. */
async function load(url: string, asks: Asks, amount: number): Promise<number> {
  const setupRequest = () => asks.next();
  const result = await autocannon({
    ...{ url, amount, connections: 32 },
    requests: [{ setupRequest: setupRequest as never }],
  });
  return result["5xx"] + result.errors + result.timeouts;
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, "message")) as [T];
  return message;
}
