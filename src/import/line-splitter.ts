import { CommandError } from "../command-error.ts";
import { BadLine } from "./staged-follows.ts";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = Buffer.from("\ufeff");
/** No line of two usernames is longer. */
const MAX_LINE_BYTES = 2 ** 20;

/** Takes one line, without its end, as a part of a buffer that is soon used again. */
export type TakeLine = (bytes: Buffer, from: number, to: number, number: number) => void;

interface LinesOptions {
  /** No line may have more bytes. */
  longest?: number;
  /** What the file is one of, for messages. */
  things?: string;
  /** Empty lines are taken, too. */
  empty?: boolean;
}

/** Cuts a stream of bytes into lines. Empty ones are left out, but they have numbers. */
export class Lines {
  readonly #take: TakeLine;
  readonly #options: Required<LinesOptions>;
  #number = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(take: TakeLine, options: LinesOptions = {}) {
    this.#take = take;
    this.#options = { longest: MAX_LINE_BYTES, things: "follows", empty: false, ...options };
  }

  feed(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    for (let at = this.#rest.length; at < bytes.length; at += 1) {
      if (bytes[at] !== LINE_FEED) continue;
      this.#line(bytes, from, at);
      from = at + 1;
    }
    this.#rest = bytes.subarray(from);
    const { longest, things } = this.#options;
    if (this.#rest.length > longest) {
      throw new CommandError(`Line ${this.#number + 1} has no end; is this a file of ${things}?`);
    }
  }

  end(): void {
    if (this.#rest.length > 0) this.#line(this.#rest, 0, this.#rest.length);
    this.#rest = Buffer.alloc(0);
  }

  #line(bytes: Buffer, start: number, end: number): void {
    this.#number += 1;
    let [from, to] = [start, end];
    if (bytes[to - 1] === CARRIAGE_RETURN) to -= 1;
    if (this.#number === 1 && bytes.subarray(from, from + 3).equals(BYTE_ORDER_MARK)) from += 3;
    if (to > from || this.#options.empty) this.#take(bytes, from, to, this.#number);
  }
}

/** Counts what it is given to try, and what of it failed. */
export class Tally {
  lines = 0;
  bad = 0;
  readonly #onBad: ((error: BadLine) => void) | undefined;

  /** Without `onBad`, the first bad line ends it all. */
  constructor(onBad: ((error: BadLine) => void) | undefined) {
    this.#onBad = onBad;
  }

  reject(line: number, problem: string): void {
    const error = new BadLine(line, problem);
    if (this.#onBad === undefined) throw error;
    this.bad += 1;
    this.#onBad(error);
  }
}
