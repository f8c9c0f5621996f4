import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { type BadLine, StagedFollows } from "../../people/staged-follows.ts";
import { Failure } from "../failure.ts";
import { CsvReader } from "./csv.ts";
import { Lines, Tally } from "./lines.ts";
import { NdjsonReader } from "./ndjson.ts";

const CHUNK = 2 ** 18;
const GZIP = Buffer.from([0x1f, 0x8b]);

export interface ReadOptions {
  /** Whether the first line is a header; undefined leaves it to the line. */
  header?: boolean | undefined;
  /** Told of each bad line; without it the first one is thrown. */
  onBad?: ((error: BadLine) => void) | undefined;
  /** Told how many bytes of the file have been read. */
  onProgress?: (stage: string, done: number, of: number) => void;
}

export interface FollowFile extends Pick<Tally, "lines" | "bad"> {
  staged: StagedFollows;
}

/** Reads a file of follows, CSV or NDJSON, plain or gzipped; `-` is standard input. */
export async function readFollows(file: string, options: ReadOptions): Promise<FollowFile> {
  const staged = new StagedFollows();
  const tally = new Tally(options.onBad);
  let lines: Lines | undefined;
  try {
    for await (const chunk of plain(bytesOf(file, options))) {
      lines ??= new Lines(takerFor(formatOf(file, chunk), staged, tally, options.header));
      lines.feed(chunk);
    }
    lines?.end();
  } catch (error) {
    throw explained(file, error);
  }
  return { staged, lines: tally.lines, bad: tally.bad };
}

async function* bytesOf(file: string, { onProgress }: ReadOptions): AsyncGenerator<Buffer> {
  if (file === "-") return yield* process.stdin;
  const { size } = await stat(file);
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
    read += chunk.length;
    onProgress?.("Reading", read, size);
    yield chunk;
  }
}

/** Unzips what begins as gzip does, whatever its name. */
async function* plain(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  if (first.done === true) return;
  const all = rejoined(first.value, chunks);
  const isZipped = first.value.subarray(0, 2).equals(GZIP);
  // The callback is there only to be told of errors, and the one who reads is told, too.
  yield* isZipped ? pipeline(all, createGunzip({ chunkSize: CHUNK }), () => undefined) : all;
}

async function* rejoined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

type Format = "csv" | "ndjson";

/** By the name where it tells, else by the first byte: a brace or a bracket begins JSON. */
function formatOf(file: string, start: Buffer): Format {
  const [, ending] = /\.(csv|tsv|ndjson|jsonl)(?:\.gz)?$/i.exec(file) ?? [];
  if (ending !== undefined) return /^.sv$/i.test(ending) ? "csv" : "ndjson";
  return /^\s*[{[]/.test(start.toString("latin1", 0, 100)) ? "ndjson" : "csv";
}

function takerFor(format: Format, staged: StagedFollows, tally: Tally, header?: boolean) {
  const reader =
    format === "csv" ? new CsvReader(staged, tally, header) : new NdjsonReader(staged, tally);
  return reader.take.bind(reader);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "There is no file",
  EISDIR: "This is a folder, not a file:",
  EACCES: "May not be read:",
  Z_DATA_ERROR: "This file is damaged, or not gzip after all:",
  Z_BUF_ERROR: "The end of this gzip file is missing:",
};

function explained(file: string, error: unknown): unknown {
  const problem = PROBLEMS[(error as { code?: string }).code ?? ""];
  return problem === undefined ? error : new Failure(`${problem} ${file}`);
}
