import type { Tally } from "./line-splitter.ts";
import type { StagedFollows } from "./staged-follows.ts";

const EXPECTED = 'it is neither {"follower": …, "followed": …} nor an array of the two.';

/** Takes lines of JSON: an object with a follower and a followed, or an array of the two. */
export class NdjsonReader {
  readonly #staged: StagedFollows;
  readonly #tally: Tally;

  constructor(staged: StagedFollows, tally: Tally) {
    this.#staged = staged;
    this.#tally = tally;
  }

  take(bytes: Buffer, from: number, to: number, number: number): void {
    const line = bytes.toString("utf8", from, to).trim();
    if (line === "") return;
    this.#tally.lines += 1;
    const [follower, followed] = pairOf(line) ?? [];
    if (follower === undefined || followed === undefined) this.#tally.reject(number, EXPECTED);
    else this.#staged.add(this.#value(follower, number), this.#value(followed, number));
  }

  #value(text: string, line: number): number {
    const bytes = Buffer.from(text);
    return this.#staged.value(bytes, 0, bytes.length, line);
  }
}

function pairOf(line: string): [string | undefined, string | undefined] | undefined {
  const read = parsed(line);
  if (Array.isArray(read))
    return read.length === 2 ? [nameOf(read[0]), nameOf(read[1])] : undefined;
  if (typeof read !== "object" || read === null) return undefined;
  const { follower, followed } = read as { follower?: unknown; followed?: unknown };
  return [nameOf(follower), nameOf(followed)];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Data sets often number their people. */
function nameOf(value: unknown): string | undefined {
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
