import type { Log } from "./logger.ts";

/** npm passes on a signal that the terminal has sent to us already; that is not a second wish. */
const SAME_WISH = 500;

/** Resolves with the first signal that asks to stop; a second one ends the process at once. */
export function runUntilSignal({ log, flush }: Omit<Log, "end">): Promise<NodeJS.Signals> {
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "ending, as something unforeseen has happened");
    flush();
    process.exit(1);
  });
  return new Promise((resolve) => {
    let first: number | undefined;
    const take = (signal: NodeJS.Signals) => {
      first ??= performance.now();
      if (performance.now() - first > SAME_WISH) process.exit(1);
      resolve(signal);
    };
    process.on("SIGTERM", take);
    process.on("SIGINT", take);
  });
}
