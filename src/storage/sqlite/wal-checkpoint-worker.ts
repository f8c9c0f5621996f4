// Runs in a thread of its own (wal-checkpointer.ts starts it): copies what the write-ahead log has into
// the database file, so that no request waits for it.
import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import SqliteConnection from "better-sqlite3";

/** Milliseconds between two looks at the log. */
const CHECK_INTERVAL_MS = 200;
/**
 * The same when it is so long that soon a commit will have to copy what is left, to begin it anew:
 * then there is little left to copy.
 */
const CHECK_INTERVAL_NEAR_LIMIT_MS = 5;
/** Looks without a change after which writing counts as over. */
const QUIET_CHECKS = 10;
/** Bytes that the log may keep on disk between writes. */
const MAX_IDLE_LOG_BYTES = 4 * 2 ** 20;

const { file, addon, limit } = workerData as {
  file: string;
  addon: string | undefined;
  /** Pages in the log at which a commit copies them itself. */
  limit: number;
};
const connection = new SqliteConnection(file, {
  fileMustExist: true,
  // Never waits for a lock; the next poll tries again.
  timeout: 0,
  ...(addon === undefined ? {} : { nativeBinding: addon }),
});
// Decides here whether the database is on disk before the log that repeats it is overwritten.
connection.pragma("synchronous = FULL");

let seen = "";
let quiet = 0;
let lastProblem = "";

function look(): void {
  const { mark, size } = log();
  quiet = mark === seen ? quiet + 1 : 0;
  seen = mark;
  let pages = 0;
  if (quiet === 0) pages = checkpoint("PASSIVE");
  else if (quiet % QUIET_CHECKS === 0 && size > MAX_IDLE_LOG_BYTES) pages = checkpoint("TRUNCATE");
  looking = setTimeout(look, pages > limit / 2 ? CHECK_INTERVAL_NEAR_LIMIT_MS : CHECK_INTERVAL_MS);
}

function log(): { mark: string; size: number } {
  const { size = 0, mtimeMs = 0 } = statSync(`${file}-wal`, { throwIfNoEntry: false }) ?? {};
  return { mark: `${size} ${mtimeMs}`, size };
}

/**
 * Says how many pages the log has. A disk that is full now may have room at the next look; it is
 * told once, and not an end.
 */
function checkpoint(mode: "PASSIVE" | "TRUNCATE"): number {
  try {
    const [found] = connection.pragma(`wal_checkpoint(${mode})`) as { log: number }[];
    lastProblem = "";
    return found?.log ?? 0;
  } catch (error) {
    const { message } = error as Error;
    if (message !== lastProblem) parentPort?.postMessage({ problem: message });
    lastProblem = message;
    // So that the next look is not taken for one at a log that has been dealt with.
    seen = "";
    return 0;
  }
}

let looking = setTimeout(look, CHECK_INTERVAL_MS);
parentPort?.once("message", () => {
  clearTimeout(looking);
  connection.close();
});
parentPort?.postMessage({ ready: true });
