import { CsvReader } from "./csv-reader.ts";
import type { ColumnOptions, Layout } from "./follow-columns.ts";
import type { TakeLine } from "./line-splitter.ts";
import { Lines, Tally } from "./line-splitter.ts";
import { NdjsonReader } from "./ndjson-reader.ts";
import { chunksOf, type OnProgress } from "./read-chunks.ts";
import { type BadLine, StagedFollows } from "./staged-follows.ts";

export interface ReadOptions extends ColumnOptions {
  /** Lines without a direction are taken, too. */
  mutual?: boolean;
  /** Called for each bad line; without it the first one is thrown. */
  onBad?: ((error: BadLine) => void) | undefined;
  onProgress?: OnProgress;
}

interface FollowFile extends Pick<Tally, "lines" | "bad"> {
  staged: StagedFollows;
  /** Of a file with columns. */
  layout?: Layout | undefined;
}

/** Reads a file of follows: columns or NDJSON, plain or gzipped; `-` is standard input. */
export async function readFollows(file: string, options: ReadOptions): Promise<FollowFile> {
  const staged = new StagedFollows();
  const tally = new Tally(options.onBad);
  const csv = new CsvReader(staged, tally, options);
  let lines: Lines | undefined;
  for await (const chunk of chunksOf(file, options.onProgress)) {
    lines ??= new Lines(
      formatOf(file, chunk) === "csv"
        ? csv.take.bind(csv)
        : takerOf(new NdjsonReader(staged, tally, options.withTimes)),
    );
    lines.feed(chunk);
  }
  lines?.end();
  csv.end();
  return { staged, lines: tally.lines, bad: tally.bad, layout: csv.layout };
}

const takerOf = (reader: NdjsonReader): TakeLine => reader.take.bind(reader);

type Format = "csv" | "ndjson";

/** By the file's name, else by the first byte: a brace or a bracket begins JSON. */
function formatOf(file: string, start: Buffer): Format {
  const [, ending] = /\.(csv|tsv|ndjson|jsonl)(?:\.gz)?$/i.exec(file) ?? [];
  if (ending !== undefined) return /^.sv$/i.test(ending) ? "csv" : "ndjson";
  return /^\s*[{[]/.test(start.toString("latin1", 0, 100)) ? "ndjson" : "csv";
}
