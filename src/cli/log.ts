import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from "pino";
import type { Config } from "../config.ts";

type Stream = typeof process.stdout | typeof process.stderr;

export interface Log {
  log: Logger;
  /** Writes what waits, now; nothing after it gets lost when the process ends. */
  readonly flush: () => void;
}

/** Logs a line of JSON for each event, or on a terminal something to read. */
export async function openLog(
  { logLevel }: Config,
  json: boolean,
  to: Stream = process.stdout,
): Promise<Log> {
  const options = { level: logLevel, base: null, timestamp: stdTimeFunctions.isoTime };
  if (to.isTTY && !json) {
    return { log: pino(options, await readable(to)), flush: () => undefined };
  }
  // Not in step with the request that it is about, which would wait for a slow reader.
  const lines = destination({ dest: to.fd, sync: false });
  return { log: pino(options, lines), flush: () => lines.flushSync() };
}

async function readable({ fd }: Stream): Promise<DestinationStream> {
  const { default: pretty } = await import("pino-pretty");
  return pretty({
    destination: fd,
    sync: true,
    translateTime: "SYS:HH:MM:ss",
    ignore: "pid,hostname",
  });
}
