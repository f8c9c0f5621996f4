import type { NumberRange } from "../../domain/users/search/search-users.ts";
import { ApiError } from "../http/api-error.ts";

const COMPARED = /^(>=|<=|>|<)?(.+)$/s;
const DAY_MS = 86_400_000;
const EVERYTHING = { from: -Number.MAX_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** Reads `10`, `>10`, `>=10`, `<10`, `<=10`, `10..20`, `10..*` and `*..20`. */
export function parseNumberRange(text: string): NumberRange {
  return parseRange(text, (word) => {
    if (!/^\d{1,15}$/.test(word)) throw unreadable(word, "number. Please provide a whole number");
    return { from: Number(word), to: Number(word) };
  });
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads the same of dates and times of ISO 8601; a date means the whole day, UTC. */
export function parseDateRange(text: string, field = "q"): NumberRange {
  return parseRange(text, (word) => {
    const from = DATE.test(word) ? Date.parse(hasZone(word) ? word : `${word}Z`) : Number.NaN;
    if (Number.isNaN(from)) {
      const hint = "Please provide an ISO 8601 date/time value, such as YYYY-MM-DD";
      throw unreadable(word, `date/time format. ${hint}`, field);
    }
    return { from, to: word.includes("T") ? from + 999 : from + DAY_MS - 1 };
  });
}

const hasZone = (word: string): boolean =>
  !word.includes("T") || /(?:Z|[+-]\d{2}:?\d{2})$/.test(word);

function parseRange(text: string, parse: (word: string) => NumberRange): NumberRange {
  const [low, high, ...rest] = text.split("..");
  if (low !== undefined && high !== undefined && rest.length === 0) {
    return {
      from: low === "*" ? EVERYTHING.from : parse(low).from,
      to: high === "*" ? EVERYTHING.to : parse(high).to,
    };
  }
  const [, way, word = ""] = COMPARED.exec(text) ?? [];
  const { from, to } = parse(word);
  if (way === undefined) return { from, to };
  switch (way) {
    case ">":
      return { ...EVERYTHING, from: to + 1 };
    case ">=":
      return { ...EVERYTHING, from };
    case "<":
      return { ...EVERYTHING, to: from - 1 };
    case "<=":
      return { ...EVERYTHING, to };
    default:
      return { from, to };
  }
}

function unreadable(word: string, problem: string, field = "q"): ApiError {
  const message = `"${word}" is not a recognized ${problem}.`;
  return new ApiError(422, "Validation Failed", {
    errors: [{ message, resource: "Search", field, code: "invalid" }],
  });
}
