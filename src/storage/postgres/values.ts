import { MalformedTextError } from "../errors.ts";

/** PostgreSQL's own types by number: int8 and numeric come as numbers, never as texts. */
const NUMBERS: ReadonlySet<number> = new Set([20, 1700]);

const MAX_INT8 = 2 ** 63;

interface Parsers {
  getTypeParser(type: number, format?: string): (text: string) => unknown;
}

const known = new WeakMap<Parsers, Parsers>();

/** The parsers of a statement, with numbers as numbers. The library's own are shared by a process. */
export function withNumbers(parsers: Parsers): Parsers {
  let found = known.get(parsers);
  if (found === undefined) {
    found = {
      getTypeParser: (type, format) =>
        NUMBERS.has(type) ? Number : parsers.getTypeParser(type, format),
    };
    known.set(parsers, found);
  }
  return found;
}

/**
 * A value as PostgreSQL takes it. A whole number beyond int8 compares as int8's end does. Throws
 * MalformedTextError for a text with a NUL, before anything of the statement is sent.
 */
export function bindable(value: unknown): unknown {
  if (typeof value === "string" && value.includes("\0")) throw new MalformedTextError();
  if (typeof value === "number" && Math.abs(value) >= MAX_INT8) {
    return value > 0 ? "9223372036854775807" : "-9223372036854775808";
  }
  return value;
}
