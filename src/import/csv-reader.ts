import {
  type ColumnOptions,
  cellsOf,
  type Layout,
  layoutOf,
  namesColumns,
} from "./follow-columns.ts";
import type { Tally } from "./line-splitter.ts";
import { parseTime, TIME_EXPECTED } from "./parse-time.ts";
import type { StagedFollows } from "./staged-follows.ts";

const QUOTE = 34;
const SPACE = 32;
const TAB = 9;
/** No username begins so. */
const COMMENTS = ["#", "%"];
const MAX_SHOWN = 100;
const UNDIRECTED = /^undirected$/i;

/** Reads lines with columns, of which one is the follower and one the followed. */
export class CsvReader {
  readonly #staged: StagedFollows;
  readonly #tally: Tally;
  readonly #options: ColumnOptions & { mutual?: boolean };
  readonly #comments: readonly string[];
  readonly #commentBytes: ReadonlySet<number>;
  #layout: Layout | undefined;
  #delimiter = 0;
  /** The first line, until the second one shows whether it is a header. */
  #first: [number: number, text: string] | undefined;
  #remark: string | undefined;

  constructor(
    staged: StagedFollows,
    tally: Tally,
    options: ColumnOptions & { mutual?: boolean } = {},
  ) {
    this.#staged = staged;
    this.#tally = tally;
    this.#options = options;
    this.#comments = options.comment === undefined ? COMMENTS : [options.comment];
    this.#commentBytes = new Set(this.#comments.map((sign) => Buffer.from(sign)[0] ?? 0));
  }

  /** Undefined before the second line, and in a file without any. */
  get layout(): Layout | undefined {
    return this.#layout;
  }

  take(bytes: Buffer, from: number, to: number, number: number): void {
    if (this.#commentBytes.has(bytes[from] ?? 0) && this.#isComment(bytes, from, to)) return;
    if (this.#layout !== undefined) {
      this.#takeLine(bytes, from, to, number);
      return;
    }
    const text = bytes.toString("utf8", from, to);
    if (text.trim() === "") return;
    if (this.#first === undefined) this.#first = [number, text];
    else {
      this.#settle([number, text]);
      this.#takeLine(bytes, from, to, number);
    }
  }

  /** Call after the last line. */
  end(): void {
    if (this.#layout === undefined) this.#settle();
  }

  #settle(second?: [number, string]): void {
    const first = this.#first;
    if (first === undefined) return;
    const lines = second === undefined ? [first] : [first, second];
    this.#layout = layoutOf(lines, this.#options, this.#remark);
    this.#delimiter = this.#layout.delimiter.charCodeAt(0);
    if (this.#layout.isHeader) return;
    const bytes = Buffer.from(first[1]);
    this.#takeLine(bytes, 0, bytes.length, first[0]);
  }

  #isComment(bytes: Buffer, from: number, to: number): boolean {
    const text = bytes.toString("utf8", from, to);
    const sign = this.#comments.find((one) => text.startsWith(one));
    if (sign === undefined) return false;
    const remark = text.slice(sign.length).trim();
    if (namesColumns(remark)) this.#remark = remark;
    return true;
  }

  #takeLine(bytes: Buffer, from: number, to: number, number: number) {
    this.#tally.lines += 1;
    const layout = this.#layout as Layout;
    const { follower, followed, type, time } = layout;
    if (type !== -1 || time !== -1 || layout.delimiter === " ")
      return this.#takeText(bytes, from, to, number);
    const delimiter = this.#delimiter;
    let [column, start] = [0, from];
    let [a, aEnd, b, bEnd] = [-1, -1, -1, -1];
    for (let at = from; at <= to; at += 1) {
      const byte = at === to ? delimiter : bytes[at];
      if (byte === QUOTE) return this.#takeText(bytes, from, to, number);
      if (byte !== delimiter) continue;
      if (column === follower) [a, aEnd] = [start, at];
      else if (column === followed) [b, bEnd] = [start, at];
      column += 1;
      start = at + 1;
    }
    if (column === layout.count) this.#stage(bytes, [a, aEnd], [b, bEnd], number);
    else this.#rejectCount(column, bytes.toString("utf8", from, to), number);
  }

  /** Lines with quotation marks or blanks between columns take their time. */
  #takeText(bytes: Buffer, from: number, to: number, number: number): void {
    const layout = this.#layout as Layout;
    const line = bytes.toString("utf8", from, to);
    const cells = cellsOf(line, layout.delimiter);
    if (cells === undefined) {
      this.#tally.reject(number, `a quotation mark has no other: “${line.slice(0, MAX_SHOWN)}”.`);
      return;
    }
    const enough = cells.length > Math.max(layout.follower, layout.followed, layout.time);
    // Attributes behind the ends may have blanks in them.
    if (!(cells.length === layout.count || (layout.delimiter === " " && enough))) {
      this.#rejectCount(cells.length, line, number);
      return;
    }
    if (UNDIRECTED.test(cells[layout.type] ?? "") && this.#options.mutual !== true) {
      this.#tally.reject(number, "it is undirected; --mutual takes such lines in both directions.");
      return;
    }
    const when = cells[layout.time] ?? "";
    const time = when === "" ? 0 : parseTime(when);
    if (time === undefined) {
      this.#tally.reject(number, `“${when.slice(0, MAX_SHOWN)}” is not ${TIME_EXPECTED}.`);
      return;
    }
    const [a, b] = [cells[layout.follower] ?? "", cells[layout.followed] ?? ""];
    const both = Buffer.from(a + b);
    const middle = Buffer.byteLength(a);
    this.#stage(both, [0, middle], [middle, both.length], number, time);
  }

  #rejectCount(found: number, line: string, number: number): void {
    const { count } = this.#layout as Layout;
    const needed = Math.max(count, 2);
    this.#tally.reject(
      number,
      `${needed === 2 ? "two" : needed} columns are needed, and it has ${found}: ` +
        `“${line.trim().slice(0, MAX_SHOWN)}”.`,
    );
  }

  #stage(
    bytes: Buffer,
    a: [number, number],
    b: [number, number],
    number: number,
    time?: number,
  ): void {
    const [start, end] = trimmed(bytes, a);
    const [nextStart, nextEnd] = trimmed(bytes, b);
    if (start === end || nextStart === nextEnd) {
      this.#tally.reject(number, "a column is empty.");
      return;
    }
    const follower = this.#staged.value(bytes, start, end, number);
    this.#staged.add(follower, this.#staged.value(bytes, nextStart, nextEnd, number), time);
  }
}

function trimmed(bytes: Buffer, [from, to]: [number, number]): [number, number] {
  let [start, end] = [from, to];
  while (start < end && isBlank(bytes[start])) start += 1;
  while (start < end && isBlank(bytes[end - 1])) end -= 1;
  return [start, end];
}

const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB;
