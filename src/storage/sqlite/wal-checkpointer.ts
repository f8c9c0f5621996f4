import { once } from "node:events";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { sql } from "../drizzle.ts";
import type { Engine } from "../engine.ts";

/**
 * The text of wal-checkpoint-worker.ts with all that it imports, as CommonJS. A build that makes one
 * file of the program defines it (esbuild: `define`), as there is no other file to start there.
 */
declare const FOLLOWD_CHECKPOINT_WORKER: string | undefined;

/** Pages in the log after which a commit copies them itself; SQLite's own default. */
const DEFAULT_CHECKPOINT_PAGES = 1000;
/**
 * The same while the worker is at it. It copies what is there but never catches up with a process
 * who writes on and on, and only a log that was copied to its end begins anew. At 64 MB the commit
 * that finds it so copies the little that is left.
 */
const MAX_LOG_PAGES = 16_384;

export interface CheckpointOptions {
  file: string;
  /** The native part of better-sqlite3, where the worker can't find it by itself. */
  addon?: string | undefined;
  /** Called when the worker has ended, with `ended`, or has failed and goes on. */
  onProblem: (message: string, ended: boolean) => void;
  /** Another worker than the one of the program. */
  worker?: URL;
}

/**
 * Leaves checkpoints of an open database to a thread. When that ends for any reason, commits
 * see to them again. Resolves, once it runs, with what ends it, to be called before `db.close`.
 */
export async function checkpointElsewhere(
  db: Pick<Engine, "query">,
  { file, addon, onProblem, worker: other }: CheckpointOptions,
): Promise<() => Promise<void>> {
  const worker = start({ file, addon, limit: MAX_LOG_PAGES }, other);
  let stopping = false;
  const exited = new Promise<void>((resolve) => {
    const end = (problem: string) => {
      resolve();
      if (stopping) return;
      stopping = true;
      void setAutocheckpoint(db, DEFAULT_CHECKPOINT_PAGES).then(() => onProblem(problem, true));
    };
    worker.once("error", (error) => end(String((error as Partial<Error>).message ?? error)));
    worker.once("exit", (code) => end(`it ended with code ${code}`));
  });
  worker.on("message", ({ problem }: { problem?: string }) => {
    if (problem !== undefined) onProblem(problem, false);
  });
  await Promise.race([once(worker, "message").catch(() => undefined), exited]);
  if (!stopping) await setAutocheckpoint(db, MAX_LOG_PAGES);
  // It alone keeps no process alive.
  worker.unref();
  return async () => {
    if (stopping) return;
    stopping = true;
    worker.ref();
    worker.postMessage("stop");
    await exited;
    await setAutocheckpoint(db, DEFAULT_CHECKPOINT_PAGES);
  };
}

function start(workerData: object, other: URL | undefined): Worker {
  if (other !== undefined) return new Worker(other, { workerData });
  if (typeof FOLLOWD_CHECKPOINT_WORKER === "string") {
    return new Worker(FOLLOWD_CHECKPOINT_WORKER, { eval: true, workerData });
  }
  // TypeScript beside this file in a checkout, JavaScript in the package.
  const worker = `wal-checkpoint-worker${extname(import.meta.filename)}`;
  return new Worker(join(import.meta.dirname, worker), { workerData });
}

async function setAutocheckpoint({ query }: Pick<Engine, "query">, pages: number): Promise<void> {
  try {
    await query.run(sql.raw(`pragma wal_autocheckpoint = ${pages}`));
  } catch {
    // Closed: there is nothing left to copy.
  }
}
