import { CommandError } from "../../command-error.ts";
import { recordAudit } from "../../domain/activity/audit-log.ts";
import type { Store } from "../../domain/store.ts";
import { BadLine } from "../../import/staged-follows.ts";
import { withData } from "../../server/data-directory.ts";
import { configOf, printInfo } from "../command.ts";
import { openProgress, type Progress } from "../progress.ts";

export interface ImportFlags {
  json?: boolean;
  skipBad?: boolean;
  dryRun?: boolean;
}

interface Aids {
  /** Called for each bad line when these are skipped; without it the first one is thrown. */
  onBad: ((error: BadLine) => void) | undefined;
  onProgress: Progress["show"];
}

const MAX_BAD_LINES_SHOWN = 10;

/** Runs an import with what all of them have; returns what it reports, and its seconds. */
export async function runImport<T>(
  options: ImportFlags,
  what: "events" | "follows" | "users",
  work: (store: Store, aids: Aids) => Promise<T>,
): Promise<{ report: T; seconds: number }> {
  const config = configOf(options);
  const started = performance.now();
  const progress = await openProgress();
  const onBad = options.skipBad === true ? printFirst() : undefined;
  try {
    const aids = { onBad, onProgress: progress.show };
    const workAndNote = async (store: Store) => {
      const made = await work(store, aids);
      if (options.dryRun !== true) await recordAudit(store, { action: `import.${what}` });
      return made;
    };
    const report = await withData(config, workAndNote, { mayCreate: true });
    return { report, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    throw new CommandError(
      `${error.message} Nothing was imported; --skip-bad leaves such lines out.`,
    );
  } finally {
    progress.close();
  }
}

/** Bad lines are shown up to a limit, so that a wholly bad file does not fill the terminal. */
function printFirst(): (error: BadLine) => void {
  let shown = 0;
  return (error) => {
    shown += 1;
    if (shown <= MAX_BAD_LINES_SHOWN) printInfo(`followd: ${error.message}`);
  };
}
