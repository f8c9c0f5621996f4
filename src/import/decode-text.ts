import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { CommandError } from "../command-error.ts";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** A character has at most so many bytes in UTF-8, less its first one. */
const MAX_CONTINUATION_BYTES = 3;

type Chunks = AsyncIterable<Buffer>;

/**
 * The bytes of a text file as UTF-8 with line feeds. UTF-16 is told by its mark, as PowerShell writes
 * it; lines that end in carriage returns alone get line feeds. Throws CommandError with the line
 * for bytes that are not UTF-8.
 */
export async function* decodeText(chunks: Chunks): AsyncGenerator<Buffer> {
  const check = new Utf8Check();
  let ending: "unknown" | "line feed" | "carriage return" = "unknown";
  for await (const chunk of utf8Of(chunks)) {
    const bytes = check.take(chunk);
    if (ending === "unknown") ending = endingOf(bytes);
    yield ending === "carriage return" ? withLineFeeds(bytes) : bytes;
  }
  check.end();
}

/** What the first piece with an end of a line has. One at the very end may be half of two. */
function endingOf(bytes: Buffer): "unknown" | "line feed" | "carriage return" {
  if (bytes.includes(LINE_FEED)) return "line feed";
  const first = bytes.indexOf(CARRIAGE_RETURN);
  return first === -1 || first === bytes.length - 1 ? "unknown" : "carriage return";
}

function withLineFeeds(bytes: Buffer): Buffer {
  for (let at = bytes.indexOf(CARRIAGE_RETURN); at !== -1; ) {
    bytes[at] = LINE_FEED;
    at = bytes.indexOf(CARRIAGE_RETURN, at + 1);
  }
  return bytes;
}

/** Turns UTF-16 into UTF-8, and lets all else pass. */
async function* utf8Of(chunks: Chunks): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null | undefined;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    rest = Buffer.alloc(0);
    if (decoder === undefined && bytes.length < 2) {
      rest = bytes;
      continue;
    }
    decoder ??= utf16Decoder(bytes);
    yield decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
  }
  if (rest.length > 0) yield rest;
  if (decoder) yield Buffer.from(decoder.decode());
}

function utf16Decoder(bytes: Buffer): TextDecoder | null {
  const mark = bytes.readUInt16BE(0);
  if (mark === 0xfffe) return new TextDecoder("utf-16le");
  return mark === 0xfeff ? new TextDecoder("utf-16be") : null;
}

class Utf8Check {
  #rest: Buffer = Buffer.alloc(0);
  #lines = 0;

  /** The bytes up to the last whole character. */
  take(chunk: Buffer): Buffer {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = wholeLength(bytes);
    this.#rest = Buffer.from(bytes.subarray(end));
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) this.#refuse(whole);
    this.#lines += countLines(whole);
    return whole;
  }

  end(): void {
    if (this.#rest.length > 0) this.#refuse(this.#rest);
  }

  #refuse(bytes: Buffer): never {
    let start = 0;
    for (let number = this.#lines + 1; ; number += 1) {
      const found = bytes.indexOf(LINE_FEED, start);
      const end = found === -1 ? bytes.length : found;
      if (found === -1 || !isUtf8(bytes.subarray(start, end))) {
        throw new CommandError(
          `Line ${number} is not UTF-8. If the file is in Latin-1: iconv -f latin1 -t utf-8`,
        );
      }
      start = end + 1;
    }
  }
}

/** Where the last character ends that is there as a whole. */
function wholeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(MAX_CONTINUATION_BYTES, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
    count += 1;
  }
  return count;
}
