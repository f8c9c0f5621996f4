import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { CommandError } from "../command-error.ts";
import { decodeText } from "./decode-text.ts";

const CHUNK_BYTES = 2 ** 18;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Called with the number of bytes that have been read. */
export type OnProgress = (stage: string, done: number, of: number) => void;

/**
 * The text of a file as bytes of UTF-8, gzipped or not, piece by piece; `-` is standard input. Rejects
 * with a CommandError that says why it can't be read.
 */
export async function* chunksOf(file: string, onProgress?: OnProgress): AsyncGenerator<Buffer> {
  try {
    yield* decodeText(plain(bytesOf(file, onProgress)));
  } catch (error) {
    throw explained(file, error);
  }
}

async function* bytesOf(file: string, onProgress?: OnProgress): AsyncGenerator<Buffer> {
  if (file === "-") return yield* process.stdin;
  const { size } = await stat(file);
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    read += chunk.length;
    onProgress?.("Reading", read, size);
    yield chunk;
  }
}

/** Unzips what begins as gzip does, under any name. */
async function* plain(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  if (first.done === true) return;
  const all = rejoined(first.value, chunks);
  const isZipped = first.value.subarray(0, 2).equals(GZIP);
  // `pipeline` needs a callback for errors; the reader gets them as well.
  yield* isZipped ? pipeline(all, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined) : all;
}

/** Chunks of which the first one was looked at. */
export async function* rejoined(
  first: Buffer,
  rest: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
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
  return problem === undefined ? error : new CommandError(`${problem} ${file}`);
}
