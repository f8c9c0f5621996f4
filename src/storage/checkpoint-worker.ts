// Runs in a thread of its own (checkpoints.ts starts it): copies what the write-ahead log has into
// the database file, so that no request waits for it.
import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import SqliteConnection from "better-sqlite3";

/** Milliseconds between two looks at the log. */
const EVERY = 200;
/** Looks without a change after which nobody seems to be writing. */
const QUIET = 10;
/** Bytes that the log may keep on disk when nobody writes. */
const KEPT = 4 * 2 ** 20;

const { file, addon } = workerData as { file: string; addon: string | undefined };
const connection = new SqliteConnection(file, {
  fileMustExist: true,
  // Whoever holds a lock is let go on; the next look is soon enough.
  timeout: 0,
  ...(addon === undefined ? {} : { nativeBinding: addon }),
});
// Decides here whether the database is on disk before the log that repeats it is overwritten.
connection.pragma("synchronous = FULL");

let seen = "";
let quiet = 0;
let told = "";

function look(): void {
  const { mark, size } = log();
  quiet = mark === seen ? quiet + 1 : 0;
  seen = mark;
  if (quiet === 0) checkpoint("PASSIVE");
  else if (quiet % QUIET === 0 && size > KEPT) checkpoint("TRUNCATE");
}

function log(): { mark: string; size: number } {
  const { size = 0, mtimeMs = 0 } = statSync(`${file}-wal`, { throwIfNoEntry: false }) ?? {};
  return { mark: `${size} ${mtimeMs}`, size };
}

/** A disk that is full now may have room at the next look; it is told once, and not an end. */
function checkpoint(mode: "PASSIVE" | "TRUNCATE"): void {
  try {
    connection.pragma(`wal_checkpoint(${mode})`);
    told = "";
  } catch (error) {
    const { message } = error as Error;
    if (message !== told) parentPort?.postMessage({ problem: message });
    told = message;
    // So that the next look is not taken for one at a log that has been dealt with.
    seen = "";
  }
}

const looking = setInterval(look, EVERY);
parentPort?.once("message", () => {
  clearInterval(looking);
  connection.close();
});
parentPort?.postMessage({ ready: true });
