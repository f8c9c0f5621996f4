import type { Logger } from "pino";
import type { Opened } from "./data-directory.ts";

/** Milliseconds that the first callers have the processor to themselves. */
const BEGINS_AFTER = 1000;

/**
 * Soon has a thread see to the database's checkpoints; returns what ends that. Without the thread
 * everything is as right, and some writes are slower.
 */
export function beginCheckpoints({ people, file }: Opened, log: Logger): () => Promise<void> {
  let begun: Promise<() => Promise<void>> | undefined;
  const begin = async () => {
    const [{ checkpointElsewhere }, { addonFile }] = await Promise.all([
      import("../storage/checkpoints.ts"),
      import("../storage/addon.ts"),
    ]);
    const onProblem = (problem: string, ended: boolean) =>
      log.warn(
        { problem },
        ended ? "no checkpoint thread; writes see to it themselves" : "a checkpoint failed",
      );
    return checkpointElsewhere(people.db, { file, addon: addonFile(), onProblem });
  };
  const timer = setTimeout(() => {
    begun = begin();
  }, BEGINS_AFTER).unref();
  return async () => {
    clearTimeout(timer);
    await (await begun)?.();
  };
}
