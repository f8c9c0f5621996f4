import type { Logger } from "pino";
import type { OpenData } from "./data-directory.ts";

/** Milliseconds between two looks at how much is written. */
const CHECK_INTERVAL_MS = 1000;
/** Changes between two looks from where a thread is worth its megabytes. */
const MIN_CHANGES = 10;

/**
 * Has a thread see to the database's checkpoints as soon as much is written; until then commits
 * see to them, one of them every few hundred. Returns what ends that. Without the thread everything
 * is as right, and some writes are slower.
 */
export function beginCheckpoints({ store, file }: OpenData, log: Logger): () => Promise<void> {
  let begun: Promise<() => Promise<void>> | undefined;
  const begin = async () => {
    const [{ checkpointElsewhere }, { addonFile }] = await Promise.all([
      import("../storage/sqlite/wal-checkpointer.ts"),
      import("./native-addon.ts"),
    ]);
    const onProblem = (problem: string, ended: boolean) =>
      log.warn(
        { problem },
        ended ? "no checkpoint thread; writes see to it themselves" : "a checkpoint failed",
      );
    return checkpointElsewhere(store.engine, { file, addon: addonFile(), onProblem });
  };
  // The versions that caches compare move with every committed change.
  const changes = () => store.followVersions.latest + store.userListVersions.latest;
  let seen = changes();
  const timer = setInterval(() => {
    const now = changes();
    if (now - seen >= MIN_CHANGES) {
      clearInterval(timer);
      begun = begin();
    }
    seen = now;
  }, CHECK_INTERVAL_MS).unref();
  return async () => {
    clearInterval(timer);
    await (await begun)?.();
  };
}
