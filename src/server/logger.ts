import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from "pino";
import type { Config } from "../config/config.ts";
import { LineBuffer } from "./line-buffer.ts";

type Stream = typeof process.stdout | typeof process.stderr;

export interface Log {
  log: Logger;
  /** Takes a finished line of JSON; undefined where events are shown to be read by people. */
  readonly writeLine: ((line: string) => void) | undefined;
  /** Writes what waits, now, as the process is about to end; maybe ahead of what is being written. */
  readonly flush: () => void;
  /** Resolves when all is written, in its order; what is logged from then on is dropped. */
  readonly end: () => Promise<void>;
}

/** Milliseconds that a reader who does not read is waited for. */
const MAX_FLUSH_MS = 1000;

/** Logs a line of JSON for each event, or on a terminal something to read. */
export async function openLog(
  { logLevel }: Config,
  json: boolean,
  to: Stream = process.stdout,
): Promise<Log> {
  const options = { level: logLevel, base: null, timestamp: stdTimeFunctions.isoTime };
  if (to.isTTY && !json) {
    const nothing = { writeLine: undefined, flush: () => undefined, end: async () => {} };
    return { log: pino(options, await readable(to)), ...nothing };
  }
  // Not in step with the request that it is about, which would wait for a slow reader.
  const lines = byteDestination(to.fd, false);
  const buffer = new LineBuffer((bytes) => lines.write(bytes as never));
  const log = pino(options, buffer);
  let isOpen = true;
  const flush = () => {
    if (!isOpen) return;
    lines.flushSync();
    // The thread that the other one writes from may not come to it any more.
    byteDestination(to.fd, true).write(buffer.take() as never);
  };
  // Where the process ends by itself, or something ends it, without asking.
  process.once("exit", flush);
  const end = () => {
    // A request that the stop cut off still has its line, for which there is no stream any more.
    log.level = "silent";
    process.removeListener("exit", flush);
    buffer.flush();
    isOpen = false;
    return ended(lines);
  };
  const writeLine = (line: string) => {
    if (isOpen) buffer.write(line);
  };
  return { log, writeLine, flush, end };
}

/** Takes buffers, though its types know texts alone. */
const byteDestination = (fd: number, sync: boolean) =>
  destination({ dest: fd, sync, contentMode: "buffer" });

async function ended(lines: ReturnType<typeof destination>): Promise<void> {
  const closed = once(lines, "close").catch(() => undefined);
  lines.end();
  await Promise.race([closed, pause(MAX_FLUSH_MS, undefined, { ref: false })]);
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
