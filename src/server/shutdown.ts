import type { Log } from "./logger.ts";

/** npm passes on a signal that the terminal has sent to us already; that is not a second wish. */
const REPEATED_SIGNAL_MS = 500;

/** Certificates are read again by themselves, and the log is standard output, which is not reopened. */
function ignore(log: Log["log"], signal: NodeJS.Signals): void {
  log.info({ signal }, `ignoring ${signal}: there is nothing to read again`);
}

/** Resolves with the first signal that asks to stop; a second one ends the process at once. */
export function runUntilSignal({
  log,
  flush,
}: Pick<Log, "log" | "flush">): Promise<NodeJS.Signals> {
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "ending, as something unforeseen has happened");
    flush();
    process.exit(1);
  });
  return new Promise((resolve) => {
    let first: number | undefined;
    const take = (signal: NodeJS.Signals) => {
      first ??= performance.now();
      if (performance.now() - first > REPEATED_SIGNAL_MS) process.exit(1);
      resolve(signal);
    };
    for (const signal of ["SIGTERM", "SIGINT", "SIGQUIT"] as const) process.on(signal, take);
    // A terminal that is closed ends what runs on it; a service has nothing to read again.
    process.on("SIGHUP", () => (process.stdin.isTTY ? take("SIGHUP") : ignore(log, "SIGHUP")));
    // By itself node opens its debugger to every local user, or ends.
    for (const signal of ["SIGUSR1", "SIGUSR2"] as const) {
      process.on(signal, () => ignore(log, signal));
    }
  });
}
