import type { Tally } from "./line-splitter.ts";
import { parseTime, TIME_EXPECTED } from "./parse-time.ts";
import type { StagedFollows } from "./staged-follows.ts";

const EXPECTED = 'it is neither {"follower": …, "followed": …} nor an array of the two.';

/**
 * Takes lines of JSON: an object with a follower and a followed, or an array of the two. With times an
 * object may have `time` or `created_at`, an array a third value.
 */
export class NdjsonReader {
  readonly #staged: StagedFollows;
  readonly #tally: Tally;
  readonly #withTimes: boolean;

  constructor(staged: StagedFollows, tally: Tally, withTimes = false) {
    this.#staged = staged;
    this.#tally = tally;
    this.#withTimes = withTimes;
  }

  take(bytes: Buffer, from: number, to: number, number: number): void {
    const line = bytes.toString("utf8", from, to).trim();
    if (line === "") return;
    this.#tally.lines += 1;
    const [follower, followed, when] = partsOf(line, this.#withTimes) ?? [];
    const time = when === undefined ? 0 : parseTime(when);
    if (follower === undefined || followed === undefined) this.#tally.reject(number, EXPECTED);
    else if (time === undefined) this.#tally.reject(number, `“${when}” is not ${TIME_EXPECTED}.`);
    else this.#staged.add(this.#value(follower, number), this.#value(followed, number), time);
  }

  #value(text: string, line: number): number {
    const bytes = Buffer.from(text);
    return this.#staged.value(bytes, 0, bytes.length, line);
  }
}

/** The ends of a line and, where that is asked for, its time. */
function partsOf(line: string, withTimes: boolean): (string | undefined)[] | undefined {
  const read = parsed(line);
  if (Array.isArray(read)) {
    const isEnough = read.length === 2 || (withTimes && read.length === 3);
    return isEnough ? [nameOf(read[0]), nameOf(read[1]), timeIn(read[2])] : undefined;
  }
  if (typeof read !== "object" || read === null) return undefined;
  const { follower, followed, time, created_at } = read as Record<string, unknown>;
  return [
    ...[nameOf(follower), nameOf(followed)],
    withTimes ? timeIn(time ?? created_at) : undefined,
  ];
}

function timeIn(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
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
