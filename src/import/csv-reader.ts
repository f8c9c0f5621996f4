import type { Tally } from "./line-splitter.ts";
import type { StagedFollows } from "./staged-follows.ts";

const QUOTE = 34;
const SPACE = 32;
/** The one that the first line has. */
const DELIMITERS = [",", ";", "\t"];

const FOLLOWER = /^(follower|from|source|src|id_1|user_1|node_1)(_(id|login|username|name))?$/;
const FOLLOWED =
  /^(followed|followee|following|to|target|dst|id_2|user_2|node_2)(_(id|login|username|name))?$/;

interface Layout {
  delimiter: number;
  isHeader: boolean;
  /** The followed stands in the first column. */
  swapped: boolean;
}

/**
 * Reads what the first line tells. It is a header when one of its cells names followers and the
 * other the followed, in any case, with spaces or dashes for `_`; then it also tells their order.
 */
export function layoutOf(line: string, header: boolean | undefined): Layout {
  const mark = DELIMITERS.find((one) => line.includes(one)) ?? ",";
  const [first = "", second = ""] = (cellsOf(line, mark) ?? []).map((cell) =>
    cell.toLowerCase().replace(/[ -]/g, "_"),
  );
  const straight = FOLLOWER.test(first) && FOLLOWED.test(second);
  const swapped = header !== false && FOLLOWED.test(first) && FOLLOWER.test(second);
  return { delimiter: mark.charCodeAt(0), isHeader: header ?? (straight || swapped), swapped };
}

/** The cells of a line, less their quotation marks; undefined when one of these has no other. */
export function cellsOf(line: string, delimiter: string): string[] | undefined {
  const cell = new RegExp(`(?: *"((?:[^"]|"")*)" *|([^"${delimiter}]*))(${delimiter}|$)`, "y");
  const cells: string[] = [];
  for (let found = cell.exec(line); found !== null; found = cell.exec(line)) {
    const [, quoted, plain = "", end] = found;
    cells.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end === "") return cells;
  }
  return undefined;
}

/** Takes lines of two cells: a follower and a followed, or as a header has it. */
export class CsvReader {
  readonly #staged: StagedFollows;
  readonly #tally: Tally;
  readonly #header: boolean | undefined;
  #layout: Layout | undefined;

  constructor(staged: StagedFollows, tally: Tally, header?: boolean) {
    this.#staged = staged;
    this.#tally = tally;
    this.#header = header;
  }

  take(bytes: Buffer, from: number, to: number, number: number): void {
    if (this.#layout === undefined) {
      this.#layout = layoutOf(bytes.toString("utf8", from, to), this.#header);
      if (this.#layout.isHeader) return;
    }
    this.#tally.lines += 1;
    const { delimiter } = this.#layout;
    let [middle, isPlain] = [-1, true];
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at];
      if (byte === delimiter && middle === -1) middle = at;
      else if (byte === delimiter || byte === QUOTE) isPlain = false;
    }
    if (isPlain && middle !== -1) this.#stage(bytes, from, middle, to, number);
    else this.#takeOdd(bytes.toString("utf8", from, to), number);
  }

  /** Lines with quotation marks are few and may take their time. */
  #takeOdd(line: string, number: number): void {
    const delimiter = String.fromCharCode(this.#layout?.delimiter ?? 0);
    const cells = cellsOf(line, delimiter);
    const [first = "", second = ""] = cells ?? [];
    if (cells?.length === 2) {
      const bytes = Buffer.from(`${first}${delimiter}${second}`);
      this.#stage(bytes, 0, Buffer.byteLength(first), bytes.length, number);
      return;
    }
    const problem =
      cells === undefined
        ? "a quotation mark has no other."
        : `two columns are needed, and it has ${cells.length}.`;
    this.#tally.reject(number, problem);
  }

  #stage(bytes: Buffer, from: number, middle: number, to: number, number: number): void {
    let [start, end] = [from, middle];
    let [nextStart, nextEnd] = [middle + 1, to];
    while (bytes[start] === SPACE && start < end) start += 1;
    while (bytes[end - 1] === SPACE && start < end) end -= 1;
    while (bytes[nextStart] === SPACE && nextStart < nextEnd) nextStart += 1;
    while (bytes[nextEnd - 1] === SPACE && nextStart < nextEnd) nextEnd -= 1;
    if (start === end || nextStart === nextEnd) {
      this.#tally.reject(number, "a column is empty.");
      return;
    }
    const first = this.#staged.value(bytes, start, end, number);
    const second = this.#staged.value(bytes, nextStart, nextEnd, number);
    if (this.#layout?.swapped === true) this.#staged.add(second, first);
    else this.#staged.add(first, second);
  }
}
