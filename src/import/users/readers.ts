import { nearest } from "../../config/suggest.ts";

/** A member of a user that can't be used, and why. */
export class UserParseError extends Error {
  override name = "UserParseError";
  /** For example `["emails", 0, "email"]`. */
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.path = path;
  }
}

type Path = UserParseError["path"];

/** Reads a member's value; throws UserParseError. */
export type Reader<T> = (value: unknown, path: Path) => T;

/** What a reader's value is. */
export type ValueOf<R> = R extends Reader<infer T> ? T : never;

/** A reader's value as callers of the library write it. */
export type InputOf<V> = V extends Milliseconds
  ? string
  : V extends readonly (infer Item)[]
    ? readonly InputOf<Item>[]
    : V extends object
      ? { [K in keyof V]: InputOf<V[K]> }
      : V;

/** `emails[0].email` for a path, as messages name it. */
const nameOfPath = (path: Path): string =>
  path.reduce<string>(
    (name, part) =>
      typeof part === "number" ? `${name}[${part}]` : name === "" ? part : `${name}.${part}`,
    "",
  );

function refuse(path: Path, problem: string): never {
  throw new UserParseError(path, `${nameOfPath(path)} ${problem}.`);
}

/** Reads a value that may be null, which stands for a member that is not set. */
export const nullable =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value, path) =>
    value === null ? null : read(value, path);

/** A text of at most so many characters. A number is its digits, as files often leave quotes out. */
export const text =
  (longest: number): Reader<string> =>
  (value, path) => {
    const given = typeof value === "number" ? String(value) : value;
    if (typeof given !== "string") return refuse(path, "is not a text");
    if (given.length > longest) return refuse(path, `is longer than ${longest} characters`);
    // A line of SQL or of a log can't carry it, and no vendor takes it.
    if (given.includes("\0")) return refuse(path, "has a character that no text may have");
    return given.isWellFormed() ? given : refuse(path, "is not Unicode");
  };

export const textThat =
  (longest: number, isRight: (value: string) => boolean, problem: string): Reader<string> =>
  (value, path) => {
    const given = text(longest)(value, path);
    return isRight(given) ? given : refuse(path, problem);
  };

const YES = /^(?:true|yes|1)$/i;
const NO = /^(?:false|no|0)$/i;

/** True or false; CSV has them as texts. */
export const flag: Reader<boolean> = (value, path) => {
  if (typeof value === "boolean") return value;
  if (typeof value === "string" && YES.test(value)) return true;
  if (typeof value === "string" && NO.test(value)) return false;
  return value === 0 || value === 1 ? value === 1 : refuse(path, "is neither true nor false");
};

export const wholeNumber =
  (least = 0, most = Number.MAX_SAFE_INTEGER): Reader<number> =>
  (value, path) => {
    const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
    const fits = typeof number === "number" && Number.isSafeInteger(number);
    if (fits && number >= least && number <= most) return number;
    return refuse(path, `is not a whole number from ${least} to ${most}`);
  };

export const oneOf =
  <T extends string>(...words: readonly T[]): Reader<T> =>
  (value, path) =>
    words.find((word) => word === value) ?? refuse(path, `is none of ${words.join(", ")}`);

const TIME =
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?$/;
/** As LDAP has them (RFC 4517, section 3.3.13). */
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?Z$/;

/** Milliseconds since 1970, which files have as text. */
type Milliseconds = number & { readonly unit: "ms" };

/** Milliseconds since 1970. A time without a zone is in UTC, a date begins its day. */
export const time: Reader<Milliseconds> = (value, path) => {
  const given = typeof value === "string" ? value.trim() : "";
  const read = TIME.test(given) ? Date.parse(isoOf(given)) : Date.parse(generalized(given));
  if (Number.isNaN(read)) return refuse(path, "is not a time, as 2024-05-31T08:00:00Z");
  return read as Milliseconds;
};

function isoOf(given: string): string {
  const iso = given
    .replace(/^(\S{10}) /, "$1T")
    .replace(/ ?(?:UTC)$/, "Z")
    .replace(" ", "");
  return iso.length === 10 || /(?:Z|[+-]\d\d:?\d\d)$/.test(iso.slice(10)) ? iso : `${iso}Z`;
}

function generalized(given: string): string {
  const [, year, month, day, hour, minute, second = "00"] = GENERALIZED.exec(given) ?? [];
  // A text that is no time at all would be read as one of the local time zone.
  if (year === undefined) return "";
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/** A day, as 2024-05-31. */
export const day: Reader<string> = (value, path) =>
  new Date(time(value, path)).toISOString().slice(0, 10);

/** A list; a text is one of its items, or several with semicolons or line ends between them. */
export const list =
  <T>(item: Reader<T>, most = 10_000, split = splitText): Reader<T[]> =>
  (value, path) => {
    const items = typeof value === "string" ? split(value) : value;
    if (!Array.isArray(items)) return refuse(path, "is not a list");
    if (items.length > most) return refuse(path, `has more than ${most} items`);
    return items.map((one, place) => item(one, [...path, place]));
  };

const splitText = (value: string): string[] =>
  value
    .split(/[;\r\n]+/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** The members of an object, each by its reader; unknown ones are refused with the nearest name. */
export const object =
  <T extends Readonly<Record<string, Reader<unknown>>>>(
    members: T,
  ): Reader<{ [K in keyof T]?: ValueOf<T[K]> }> =>
  (value, path) => {
    const found: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(entriesOf(value, path))) {
      const read = Object.hasOwn(members, name) ? members[name] : undefined;
      if (read === undefined) return unknownMember(name, Object.keys(members), path);
      if (given !== undefined) found[name] = read(given, [...path, name]);
    }
    return found as { [K in keyof T]?: ValueOf<T[K]> };
  };

export function unknownMember(name: string, known: readonly string[], path: Path): never {
  throw new UserParseError(
    [...path, name],
    `there is no “${name}”; did you mean “${nearest(name, known)}”?`,
  );
}

function entriesOf(value: unknown, path: Path): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  return refuse(path, "is not an object with members");
}

/** An object with free names, whose values are texts. */
export const dictionary =
  (longest: number): Reader<Record<string, string>> =>
  (value, path) =>
    Object.fromEntries(
      Object.entries(entriesOf(value, path)).map(([name, one]) => [
        text(longest)(name, [...path, name]),
        text(longest)(one, [...path, name]),
      ]),
    );

/** Reads with `first` where `isFirst` holds, else with `second`. */
export const either =
  <A, B>(
    isFirst: (value: unknown) => boolean,
    first: Reader<A>,
    second: Reader<B>,
  ): Reader<A | B> =>
  (value, path) =>
    isFirst(value) ? first(value, path) : second(value, path);

export const isText = (value: unknown): boolean => typeof value === "string";
