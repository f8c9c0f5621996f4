import { CommandError } from "../command-error.ts";

/** Which columns of a list are the two ends of a follow, and what separates columns. */
export interface ColumnOptions {
  /** Whether the first line is a header; undefined leaves it to the line. */
  header?: boolean | undefined;
  /** A name in the header, or a number from 1. */
  followerColumn?: string | undefined;
  followedColumn?: string | undefined;
  /** One character, or `tab`, `space`; undefined leaves it to the first line. */
  delimiter?: string | undefined;
  /** What lines begin with that say nothing of a follow. */
  comment?: string | undefined;
  /** Whether lines say when the follow was made. */
  withTimes?: boolean | undefined;
  /** The column that says when, by name or number; undefined leaves it to the header. */
  timeColumn?: string | undefined;
}

export interface Layout {
  /** A space stands for any blanks. */
  delimiter: string;
  isHeader: boolean;
  /** From 0. */
  follower: number;
  followed: number;
  /** Where a line says whether it has a direction, as Gephi's do; -1 for nowhere. */
  type: number;
  /** Where a line says when the follow was made; -1 for nowhere. */
  time: number;
  /** How many columns the first line has. */
  count: number;
  /** The header's two names; undefined without a header. */
  names?: readonly [follower: string, followed: string];
}

/** The one that the first line has. Names may have blanks in them, so that these come last. */
const DELIMITERS = ["\t", ",", ";", "|", " "];
const NAMED: Readonly<Record<string, string>> = { tab: "\t", space: " ", blank: " " };

const NOUN =
  "(?:_(?:id|login|user|username|screen_name|name|node|node_id|user_id|handle|account))?";
const FOLLOWER = new RegExp(
  `^(?:(?:follower|from|source|src|subscriber|fan)${NOUN}|(?:user|node)_from|(?:id|user|node)_?1)$`,
);
const FOLLOWED = new RegExp(
  `^(?:(?:followed|followee|following|to|target|dst|dest|destination|friend)${NOUN}|` +
    "(?:user|node)_to|(?:id|user|node)_?2)$",
);
/** A user of no particular end: beside a column that is one end it is the other. */
const USER =
  /^(?:user|username|login|account|handle|user_id|userid|user_login|user_name|screen_name)$/;
const TIME = /^(?:time|timestamp|date|datetime|since|created(?:_at|_on)?|followed_(?:at|on))$/;
const WORDS = new RegExp(
  "^(?:follow\\w*|from|to|source|target|src|dst|dest|destination|user|users|username|login|name|node|" +
    "nodes|id|ids|uid|account|handle|friend|fan|idol|star|subscriber|subscription|member|person|people|" +
    "actor|object|subject|weight|count|score|time|timestamp|date|day|created|at|type|label|edge|screen|" +
    "first|second|left|right|column|col|timeset|interval|attributes|\\d)$",
);

/** `FromNodeId`, `from node-id` and `"From.Node.ID"` are one name. */
const nameOfColumn = (cell: string): string =>
  cell
    .trim()
    .replace(/^["']|["']$/g, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[\s.\-/_]+/g, "_")
    .replace(/^_|_$/g, "");

const looksLikeHeader = (cells: readonly string[]): boolean =>
  cells.every((cell) => {
    const name = nameOfColumn(cell);
    return name === "" || name.split("_").every((word) => WORDS.test(word));
  }) && cells.some((cell) => /[a-z]/i.test(cell));

const isNumber = (cell = ""): boolean => /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell.trim());
/** A weight, a time or the braces in which networkx writes attributes. */
const isMeasure = (cell: string): boolean =>
  cell === "" || isNumber(cell) || /^\d{4}-\d\d-\d\d/.test(cell) || /^[{[]/.test(cell);

/** The cells of a line, less their quotation marks; undefined when one of these has no other. */
export function cellsOf(line: string, delimiter: string): string[] | undefined {
  if (delimiter === " ") return line.trim().split(/[ \t]+/);
  const sign = delimiter.replace(/[\\\]^-]/, "\\$&");
  const end = delimiter.replace(/[.*+?^${}()|[\]\\]/, "\\$&");
  const cell = new RegExp(`(?:[ \t]*"((?:[^"]|"")*)"[ ]*|([^"${sign}]*))(${end}|$)`, "y");
  const cells: string[] = [];
  for (let found = cell.exec(line); found !== null; found = cell.exec(line)) {
    const [, quoted, plain = "", last] = found;
    cells.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (last === "") return cells;
  }
  return undefined;
}

function delimiterOf(line: string, given: string | undefined): string {
  if (given !== undefined) return NAMED[given] ?? given;
  return DELIMITERS.find((sign) => line.trim().includes(sign)) ?? ",";
}

/** The ends that a header names, as places; undefined where it does not say which is which. */
function endsIn(names: readonly string[]): [follower: number, followed: number] | undefined {
  const places = (pattern: RegExp) =>
    names.flatMap((name, place) => (pattern.test(name) ? [place] : []));
  const [followers, followed, users] = [places(FOLLOWER), places(FOLLOWED), places(USER)];
  const one = (found: number[]) => (found.length === 1 ? found[0] : undefined);
  const ends = (a: number | undefined, b: number | undefined): [number, number] | undefined =>
    a === undefined || b === undefined ? undefined : [a, b];
  if (followers.length > 0 && followed.length > 0) return ends(one(followers), one(followed));
  if (followers.length > 0) return ends(one(followers), one(users));
  return followed.length > 0 ? ends(one(users), one(followed)) : undefined;
}

/**
 * Reads from the first lines of a list which columns are which. `remark` is a comment before them
 * that names columns, as SNAP's files have. Throws CommandError, with the flag that helps, for
 * what does not say it.
 */
export function layoutOf(
  lines: readonly [number: number, text: string][],
  options: ColumnOptions,
  remark?: string,
): Layout {
  const [[number, first] = [1, ""], [, second] = [0, ""]] = lines;
  const delimiter = delimiterOf(first, options.delimiter);
  const cells = cellsOf(first, delimiter) ?? [];
  const names = cells.map(nameOfColumn);
  const found = endsIn(names);
  const chosen = chosenEnds(names, options);
  const base = {
    ...{ delimiter, count: cells.length, type: names.indexOf("type") },
    time: options.withTimes === true ? timeIn(names, options.timeColumn) : -1,
  };
  const next = cellsOf(second, delimiter) ?? [];
  const isHeader =
    options.header ?? (chosen.byName || found !== undefined || isUnlike(cells, next));
  const ends = chosen.ends ?? (isHeader ? found : undefined);
  if (isHeader) {
    if (ends === undefined) {
      throw new CommandError(`Line ${number} seems to be a header, “${first.trim()}”. ${HELP}`);
    }
    const [follower, followed] = ends;
    if (options.withTimes === true && base.time === -1) throw new CommandError(NO_TIME);
    const names = [cells[follower] ?? "", cells[followed] ?? ""] as const;
    return { ...base, isHeader, follower, followed, names };
  }
  const [follower, followed] = ends ?? endsWithoutHeader(cells, number, first, remark);
  const time = base.time === -1 && options.withTimes === true ? 2 : base.time;
  if (time >= cells.length || time === follower || time === followed) {
    throw new CommandError(NO_TIME);
  }
  return { ...base, time, type: -1, isHeader, follower, followed };
}

const NO_TIME = "No column says when follows were made; --time-column says it, by name or number.";

/** The place of the column with times; -1 where neither the header nor the options say it. */
function timeIn(names: readonly string[], given: string | undefined): number {
  return given === undefined
    ? names.findIndex((name) => TIME.test(name))
    : (placeOf(given, names).place ?? -1);
}

const HELP =
  "Which column is the follower, and which the followed? --follower-column and --followed-column say " +
  "it, by name or number; --no-header takes the line for a follow.";

/** Whether the first line is of other stuff than the second. */
const isUnlike = (cells: readonly string[], next: readonly string[]): boolean =>
  looksLikeHeader(cells) ||
  (next.length === cells.length &&
    next.slice(0, 2).every(isNumber) &&
    !cells.slice(0, 2).some((cell) => isNumber(cell)));

function endsWithoutHeader(
  cells: readonly string[],
  number: number,
  line: string,
  remark: string | undefined,
): [number, number] {
  const named = remark === undefined ? undefined : endsIn(namesInRemark(remark));
  if (named !== undefined && Math.max(...named) < cells.length) return named;
  const more = cells.slice(2);
  // Blanks inside of attributes have cut these into pieces.
  if (more.every(isMeasure) || /^[{[]/.test(more[0] ?? "")) return [0, 1];
  throw new CommandError(
    `Line ${number} has ${cells.length} columns, “${line.trim().slice(0, 100)}”. ${HELP}`,
  );
}

const namesInRemark = (remark: string): string[] =>
  (cellsOf(remark, delimiterOf(remark, undefined)) ?? []).map(nameOfColumn);

/** Whether a comment names the columns. */
export const namesColumns = (remark: string): boolean =>
  endsIn(namesInRemark(remark)) !== undefined;

function chosenEnds(
  names: readonly string[],
  { followerColumn, followedColumn, header }: ColumnOptions,
): { ends?: [number, number]; byName: boolean } {
  if (followerColumn === undefined && followedColumn === undefined) return { byName: false };
  const all = [followerColumn, followedColumn].map((given) => placeOf(given, names));
  const [a, b] = all.map(({ place }) => place);
  const byName = all.some(({ named }) => named);
  if (byName && header === false) {
    throw new CommandError("--no-header goes with numbers of columns: --follower-column 1.");
  }
  // One of two columns leaves the other.
  const other = (place = 0) => (names.length === 2 ? 1 - place : undefined);
  const [follower = other(b), followed = other(a)] = [a, b];
  if (follower === undefined || followed === undefined || follower === followed) {
    throw new CommandError("--follower-column and --followed-column name two different columns.");
  }
  return { ends: [follower, followed], byName };
}

function placeOf(given: string | undefined, names: readonly string[]) {
  if (given === undefined) return { place: undefined, named: false };
  const place = /^\d{1,4}$/.test(given) ? Number(given) - 1 : names.indexOf(nameOfColumn(given));
  if (place < 0 || place >= names.length) {
    throw new CommandError(`There is no column “${given}”; there are ${names.join(", ")}.`);
  }
  return { place, named: !/^\d{1,4}$/.test(given) };
}
