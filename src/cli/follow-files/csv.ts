import type { StagedFollows } from "../../people/staged-follows.ts";
import { Lines, type Tally } from "./lines.ts";

const QUOTE = 34;
const SPACE = 32;
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

/** The cells of a line that has quotation marks; undefined when one is never closed. */
export function cellsOf(line: string, delimiter: string): string[] | undefined {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const [whole, quoted, plain = ""] = /^\s*"((?:[^"]|"")*)"\s*|^([^"]*?)$/.exec(
      rest.split(delimiter, 1)[0]?.includes('"') ? rest : (rest.split(delimiter, 1)[0] ?? ""),
    ) ?? [undefined];
    if (whole === undefined) return undefined;
    cells.push(quoted?.replaceAll('""', '"') ?? plain.trim());
    rest = rest.slice(whole.length);
    if (rest === "") return cells;
    if (!rest.startsWith(delimiter)) return undefined;
    rest = rest.slice(delimiter.length);
  }
}
