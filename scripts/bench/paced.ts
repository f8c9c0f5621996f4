// One round of checkpoints.ts, in a process of its own: follows at a fixed pace for a while, and
// prints how many milliseconds all but the slowest of a thousand took.
import { createSecretKey } from "node:crypto";
import { follow } from "../../src/domain/follows/follows.ts";
import { openStore } from "../../src/domain/open-store.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { checkpointElsewhere } from "../../src/storage/sqlite/wal-checkpointer.ts";

const PER_MILLISECOND = 2;
/** Seconds at the beginning that do not count: pages are read, code is compiled and the log grows. */
const WARMING = 2;

const [file = "", where = "", seconds = "", users = ""] = process.argv.slice(2);
const engine = openSqlite({ file });
const store = openStore(engine, createSecretKey(Buffer.alloc(32)));
const onProblem = (problem: string) => console.error(problem);
const end =
  where === "thread" ? await checkpointElsewhere(engine, { file, onProblem }) : async () => {};

const anybody = () => 2 + Math.floor(Math.random() * (Number(users) - 1));
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

const waits: number[] = [];
const started = performance.now();
const counted = started + WARMING * 1000;
/** From when it was due, so that waiting behind a slow write counts, too. */
async function write(due: number): Promise<void> {
  await follow(store, anybody(), anybody());
  if (due >= counted) waits.push(performance.now() - due);
}

const all: Promise<void>[] = [];
const writes = (WARMING + Number(seconds)) * 1000 * PER_MILLISECOND;
while (all.length < writes) {
  const due = started + all.length / PER_MILLISECOND;
  if (due <= performance.now()) all.push(write(due));
  else await nextTurn();
}
await Promise.all(all);
waits.sort((a, b) => a - b);
console.log(JSON.stringify({ p999: waits[Math.floor(waits.length * 0.999)] }));
await end();
await engine.close();
