import { CsvReader } from "./csv-reader.ts";
import { Lines, Tally } from "./line-splitter.ts";
import { NdjsonReader } from "./ndjson-reader.ts";
import { chunksOf, type OnProgress } from "./read-chunks.ts";
import { type BadLine, StagedFollows } from "./staged-follows.ts";

export interface ReadOptions {
  /** Whether the first line is a header; undefined leaves it to the line. */
  header?: boolean | undefined;
  /** Told of each bad line; without it the first one is thrown. */
  onBad?: ((error: BadLine) => void) | undefined;
  onProgress?: OnProgress;
}

export interface FollowFile extends Pick<Tally, "lines" | "bad"> {
  staged: StagedFollows;
}

/** Reads a file of follows, CSV or NDJSON, plain or gzipped; `-` is standard input. */
export async function readFollows(file: string, options: ReadOptions): Promise<FollowFile> {
  const staged = new StagedFollows();
  const tally = new Tally(options.onBad);
  let lines: Lines | undefined;
  for await (const chunk of chunksOf(file, options.onProgress)) {
    lines ??= new Lines(takerFor(formatOf(file, chunk), staged, tally, options.header));
    lines.feed(chunk);
  }
  lines?.end();
  return { staged, lines: tally.lines, bad: tally.bad };
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
