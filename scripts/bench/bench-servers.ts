import { constants, copyFileSync, mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Task } from "./child.ts";
import type { BenchServers } from "./measure.ts";
import type { Seeded } from "./seed.ts";
import { ABSENT, type BenchServer, launch, launchProgram } from "./start-server.ts";

export interface BenchOptions {
  seeded: Seeded;
  /** Where the servers' copies of the data go. */
  folder: string;
  /** Every server that starts is added to these, to be stopped. */
  started: BenchServer[];
  /** The program of another checkout. */
  main?: string | undefined;
}

/**
 * A place to measure in. That of another checkout has its program alone, and where that ends, as it
 * does not know a setting, none.
 */
export function benchServers({ seeded, folder, started, main }: BenchOptions): BenchServers {
  const { file, secret } = seeded;
  const task: Task = { file, secret, pageCache: true, groupCommit: true, synchronous: "FULL" };
  // Each server has a directory of its own: two on one file would tell each other of changes.
  const copy = () => {
    const to = mkdtempSync(join(folder, "copy-"));
    for (const name of ["followd.db", "followd.key"]) {
      copyFileSync(join(dirname(file), name), join(to, name), constants.COPYFILE_FICLONE);
    }
    return to;
  };
  const noted = async (starting: Promise<BenchServer>) => {
    const server = await starting;
    started.push(server);
    return server;
  };
  const program: BenchServers["program"] = (words = [], preload) =>
    noted(launchProgram({ data: copy(), main, words, preload }));
  const baseline: BenchServers["baseline"] = (script, changes = {}, more) =>
    noted(launch(script, { ...task, file: join(copy(), "followd.db"), ...changes }, more));
  if (main === undefined) return { seeded, program, baseline };
  return {
    seeded,
    baseline: async () => ABSENT,
    program: async (words = [], preload) => {
      if (preload !== undefined) return ABSENT;
      return program(words).catch((error: Error) => {
        if (words.length === 0) throw error;
        console.error(`The other checkout does not serve ${words.join(" ")}: ${error.message}`);
        return ABSENT;
      });
    },
  };
}
