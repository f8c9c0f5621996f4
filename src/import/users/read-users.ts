import { type InfoRecord, parse } from "csv-parse";
import { CommandError } from "../../command-error.ts";
import { Lines } from "../line-splitter.ts";
import { chunksOf, type OnProgress, rejoined } from "../read-chunks.ts";
import { BadLine } from "../staged-follows.ts";
import {
  isPerson,
  LdifEntries,
  type LdifEntry,
  unknownAttributes,
  userOfEntry,
} from "./ldif-reader.ts";
import { memberOf } from "./parse-user.ts";
import { UserParseError } from "./readers.ts";

export type UserFormat = "csv" | "ndjson" | "ldif";

export interface ReadUsersOptions {
  /** Without it, the name or the first bytes of the file decide. */
  format?: UserFormat | undefined;
  /** Members, columns or attributes that are left out. */
  ignore?: readonly string[];
  /** What a column of CSV is separated by; else the one that the header has. */
  delimiter?: string | undefined;
  /** Under which provider the names of an LDAP directory are identities. */
  provider?: string;
  onProgress?: OnProgress;
  /** Called with each user, as an object of members. */
  take: (line: number, value: unknown) => Promise<void>;
  /** Called for each line that can't be read; may throw. */
  reject: (line: number, problem: string) => void;
}

export interface UserFile {
  format: UserFormat;
  /** Users that were read, those that were rejected too. */
  users: number;
  /** What was left out, and how often: attributes without a member, entries that are no people. */
  leftOut: ReadonlyMap<string, number>;
}

/** A line with many keys and follows may be long. */
const MAX_LINE_BYTES = 2 ** 26;
/** Users that wait until they are taken; reading goes on meanwhile. */
const MAX_WAITING_USERS = 1000;

/** Reads a file of users: CSV with a header, NDJSON or LDIF, plain or gzipped; `-` is standard input. */
export async function readUsers(file: string, options: ReadUsersOptions): Promise<UserFile> {
  const chunks = chunksOf(file, options.onProgress);
  const first = await chunks.next();
  const start: Buffer = first.done === true ? Buffer.alloc(0) : first.value;
  const format = options.format ?? formatOf(file, start);
  const reading = new Reading(options);
  const all = rejoined(start, chunks);
  if (format === "csv") await readCsv(all, options, reading);
  else await readLines(all, format, options, reading);
  return { format, users: reading.users, leftOut: reading.leftOut };
}

const ENDINGS: Readonly<Record<string, UserFormat>> = {
  csv: "csv",
  tsv: "csv",
  ndjson: "ndjson",
  jsonl: "ndjson",
  json: "ndjson",
  ldif: "ldif",
};

function formatOf(file: string, start: Buffer): UserFormat {
  const [, ending = ""] = /\.(\w+)(?:\.gz)?$/i.exec(file) ?? [];
  const named = ENDINGS[ending.toLowerCase()];
  if (named !== undefined) return named;
  const text = start.toString("utf8", 0, 4096).replace(/^\ufeff/, "");
  if (/^\s*\{/.test(text)) return "ndjson";
  return /^(?:#.*\n|\s)*(?:version: *1|dn::? )/.test(text) ? "ldif" : "csv";
}

/** Counts users and what is left out of them. */
class Reading {
  users = 0;
  readonly leftOut = new Map<string, number>();
  readonly #options: ReadUsersOptions;
  readonly #ignored: ReadonlySet<string>;

  constructor(options: ReadUsersOptions) {
    this.#options = options;
    this.#ignored = new Set((options.ignore ?? []).map((name) => name.toLowerCase()));
  }

  isIgnored(name: string): boolean {
    return this.#ignored.has(name.toLowerCase());
  }

  leaveOut(what: string): void {
    this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + 1);
  }

  async take(line: number, value: unknown): Promise<void> {
    this.users += 1;
    await this.#options.take(line, this.#without(value));
  }

  #without(value: unknown): unknown {
    if (this.#ignored.size === 0 || typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => !this.isIgnored(name)));
  }
}

/** Lines are read faster than users are taken, so those of a piece wait in a list. */
async function readLines(
  chunks: AsyncIterable<Buffer>,
  format: "ndjson" | "ldif",
  options: ReadUsersOptions,
  reading: Reading,
): Promise<void> {
  let waiting: [number, unknown][] = [];
  const { reject } = options;
  const entries = new LdifEntries((line, entry) => {
    const user = userOf(line, entry, options, reading);
    if (user !== undefined) waiting.push([line, user]);
  }, reject);
  const lines = new Lines(
    (bytes, from, to, number) => {
      const text = bytes.toString("utf8", from, to);
      if (format === "ldif") entries.line(text, number);
      else if (text.trim() !== "") addObject(waiting, text, number, reject);
    },
    { longest: MAX_LINE_BYTES, things: "users", empty: format === "ldif" },
  );
  const taken = async () => {
    const all = waiting;
    waiting = [];
    for (const [line, value] of all) await reading.take(line, value);
  };
  for await (const chunk of chunks) {
    lines.feed(chunk);
    if (waiting.length >= MAX_WAITING_USERS) await taken();
  }
  lines.end();
  entries.end();
  await taken();
}

function addObject(
  waiting: [number, unknown][],
  text: string,
  number: number,
  reject: ReadUsersOptions["reject"],
): void {
  try {
    waiting.push([number, JSON.parse(text)]);
  } catch {
    const whole = /^\s*\[/.test(text) ? " Write an object a line: jq -c '.[]'" : "";
    reject(number, `it is no JSON.${whole}`);
  }
}

function userOf(
  line: number,
  entry: LdifEntry,
  { provider = "ldapmain", reject }: ReadUsersOptions,
  reading: Reading,
): unknown {
  if (!isPerson(entry)) {
    reading.leaveOut("entries that are no people");
    return undefined;
  }
  for (const name of unknownAttributes(entry)) reading.leaveOut(name);
  const attributes = new Map([...entry].filter(([name]) => !reading.isIgnored(name)));
  try {
    return userOfEntry(attributes, provider);
  } catch (error) {
    if (!(error instanceof UserParseError)) throw error;
    reject(line, error.message);
    return undefined;
  }
}

const DELIMITERS = [",", ";", "\t", "|"];

async function readCsv(
  chunks: AsyncIterable<Buffer>,
  options: ReadUsersOptions,
  reading: Reading,
): Promise<void> {
  let columns: string[] | undefined;
  const parser = parse({
    bom: true,
    delimiter: options.delimiter ?? DELIMITERS,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_LINE_BYTES,
  });
  const feeding = feed(chunks, parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<
      InfoRecord & { record: string[]; info: { lines: number } }
    >) {
      if (columns === undefined) {
        columns = headerOf(record, reading);
        continue;
      }
      if (record.length > columns.length) {
        reading.users += 1;
        options.reject(
          info.lines,
          `it has ${record.length} columns, the header ${columns.length}.`,
        );
      } else await reading.take(info.lines, objectOf(columns, record));
    }
    await feeding;
  } catch (error) {
    parser.destroy();
    await feeding.catch(() => undefined);
    throw explained(error);
  }
}

async function feed(
  chunks: AsyncIterable<Buffer>,
  parser: ReturnType<typeof parse>,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (parser.destroyed) return;
      if (!parser.write(chunk)) await drained(parser);
    }
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

/** Resolves, too, when the parser ends in an error. */
const drained = (parser: ReturnType<typeof parse>): Promise<void> =>
  new Promise((resolve) => {
    parser.once("drain", resolve);
    parser.once("close", resolve);
  });

function explained(error: unknown): unknown {
  const { code = "", lines } = error as { code?: string; lines?: number };
  if (!code.startsWith("CSV_")) return error;
  const problem =
    code === "CSV_QUOTE_NOT_CLOSED"
      ? "a quotation mark has no other."
      : "its quotation marks are wrong.";
  return new BadLine(lines ?? 0, problem);
}

/** The member of each column; `custom_attributes.team` is one of several of a member. */
function headerOf(cells: readonly string[], reading: Reading): string[] {
  const names = cells.map((cell) => cell.trim().replace(/[ -]/g, "_"));
  const members = names.map((name) => {
    if (reading.isIgnored(name) || name === "") return "";
    const [first = "", ...rest] = name.split(".");
    return [memberOf(first) ?? memberOf(first.toLowerCase()) ?? first, ...rest].join(".");
  });
  if (!members.includes("username")) {
    throw new CommandError(
      "Line 1 is the header of CSV and has no column “username” (or “login”): it says which member " +
        "each column is.",
    );
  }
  return members;
}

/** Empty cells say nothing. What looks like JSON is: lists of objects stand so in a cell. */
function objectOf(columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const user: Record<string, unknown> = {};
  for (const [place, cell] of cells.entries()) {
    const [name = "", ...rest] = (columns[place] ?? "").split(".");
    const value = cell.trim();
    if (name === "" || value === "") continue;
    if (rest.length === 0) user[name] = structured(value);
    else user[name] = { ...(user[name] as object | undefined), [rest.join(".")]: value };
  }
  return user;
}

function structured(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
