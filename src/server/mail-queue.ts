import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Letter, SendMail } from "../domain/letter.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After which pauses a letter is tried again; after the last one it is the operator's. */
const PAUSES_MS = [
  ...[MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS],
  ...Array.from({ length: 7 }, () => 6 * HOUR_MS),
];

interface Queued {
  readonly letter: Letter;
  /** How often it was tried. */
  readonly tries: number;
  /** When it is tried next, in milliseconds since 1970. */
  readonly at: number;
}

interface MailQueueOptions {
  /** Letters wait below it in files that their owner alone can read, as links in them open accounts. */
  data: string;
  send: SendMail;
  /** Takes letters that were given up. */
  keep: SendMail;
  log: { warn(details: object, text: string): void; error(details: object, text: string): void };
  clock?: () => number;
}

export interface MailQueue {
  /** Resolves once the letter is in the queue; it is tried at once. */
  readonly send: SendMail;
  /** Tries the letters that are due. */
  work(): Promise<void>;
  end(): void;
}

/** Mail that survives a mail server's outages and this program's restarts. */
export function openMailQueue(options: MailQueueOptions): MailQueue {
  const { clock = Date.now, log, keep } = options;
  const folder = join(options.data, "mail-queue");
  const busy = new Set<string>();
  const timer = setInterval(() => void work(), MINUTE_MS).unref();

  function write(name: string, queued: Queued): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileAtomically(join(folder, name), JSON.stringify(queued));
  }

  async function attempt(name: string, { letter, tries }: Queued): Promise<void> {
    if (busy.has(name)) return;
    busy.add(name);
    try {
      await options.send(letter);
      rmSync(join(folder, name), { force: true });
    } catch (error) {
      await postpone(name, letter, tries + 1, error);
    } finally {
      busy.delete(name);
    }
  }

  async function postpone(name: string, letter: Letter, tries: number, err: unknown) {
    const details = { err, mail: letter.subject, to: letter.to, tries };
    const pause = PAUSES_MS[tries - 1];
    if (pause === undefined) {
      await keep(letter);
      rmSync(join(folder, name), { force: true });
      log.error(details, `mail to ${letter.to} was given up; it is in undelivered-mail.txt`);
      return;
    }
    const at = clock() + pause;
    write(name, { letter, tries, at });
    log.warn(details, `mail to ${letter.to} failed; next try at ${new Date(at).toISOString()}`);
  }

  async function work(): Promise<void> {
    for (const name of namesIn(folder)) {
      const queued = read(join(folder, name));
      if (queued !== undefined && queued.at <= clock()) await attempt(name, queued);
    }
  }

  return {
    async send(letter) {
      const queued = { letter, tries: 0, at: clock() };
      const name = `${queued.at}-${randomUUID()}.json`;
      write(name, queued);
      attempt(name, queued).catch((err: unknown) => log.error({ err }, "mail can't be queued"));
    },
    work,
    end: () => clearInterval(timer),
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+-[\da-f-]+\.json$/.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** A letter of the queue; undefined for a file that is gone or is none. */
function read(file: string): Queued | undefined {
  try {
    const queued = JSON.parse(readFileSync(file, "utf8")) as Partial<Queued>;
    return typeof queued.letter?.to === "string" ? (queued as Queued) : undefined;
  } catch {
    return undefined;
  }
}
