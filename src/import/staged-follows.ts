import { doubled, Interner } from "./string-table.ts";

/** A line that can't be imported. */
export class BadLine extends Error {
  override name = "BadLine";
  readonly line: number;
  readonly problem: string;

  constructor(line: number, problem: string) {
    super(`Line ${line}: ${problem}`);
    this.line = line;
    this.problem = problem;
  }
}

/** The follows of a file in the file's order, as numbers of the values that stand for users. */
export class StagedFollows {
  readonly values = new Interner();
  followers = new Uint32Array(2 ** 10);
  followed = new Uint32Array(2 ** 10);
  /** When each was made, in seconds since 1970, 0 for now; undefined in files without times. */
  times: Uint32Array | undefined;
  count = 0;
  /** For each value the line where it was first seen. */
  #lines = new Uint32Array(2 ** 10);
  #seen = 0;

  /** The number of a value that stands at this line of the file. */
  value(bytes: Buffer, from: number, to: number, line: number): number {
    const number = this.values.number(bytes, from, to);
    if (number === this.#seen) this.#note(line);
    return number;
  }

  add(follower: number, followed: number, time = 0): void {
    if (this.count === this.followers.length) {
      this.followers = doubled(this.followers);
      this.followed = doubled(this.followed);
      if (this.times !== undefined) this.times = doubled(this.times);
    }
    if (time > 0) {
      this.times ??= new Uint32Array(this.followers.length);
      this.times[this.count] = time;
    }
    this.followers[this.count] = follower;
    this.followed[this.count] = followed;
    this.count += 1;
  }

  lineOf(value: number): number {
    return this.#lines[value] ?? 0;
  }

  #note(line: number): void {
    if (this.#seen === this.#lines.length) this.#lines = doubled(this.#lines);
    this.#lines[this.#seen] = line;
    this.#seen += 1;
  }
}
