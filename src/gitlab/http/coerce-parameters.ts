import { MAX_PARAMETERS } from "../../http/request-bounds.ts";

/**
 * How Grape, the framework that GitLab's API is written with, reads parameters: every source gives
 * texts, and the declared type says what a text means. A value that can't be read stays as it is,
 * and the validator then finds that it has the wrong type.
 */
export interface Schema {
  type?: string;
  maxLength?: number;
  maxItems?: number;
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
}

const TRUE = /^(?:true|1|on|t|y|yes)$/i;
const FALSE = /^(?:false|0|off|f|n|no)$/i;
/** Ruby spells these three ways: lower case, upper case, and with one capital. */
const SPELLING = /^(?:[a-z0-9]+|[A-Z0-9]+|[A-Z][a-z]+)$/;
const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

/** A number or a date has far fewer characters, with all the blanks that Ruby allows. */
const MAX_SCALAR_LENGTH = 64;

/** What stands for a value that its type does not allow: no type takes it. */
export const NOT_OF_ITS_TYPE: unknown = Object.freeze({});

/**
 * A value as its declared type reads it; undefined means that the parameter counts as not given. A
 * text or list that is longer than the document allows becomes what no type takes, before anything
 * looks at all of it: patterns and formats cost by the character, messages by the item.
 */
export function coerce(value: unknown, schema: Schema): unknown {
  if (value === null || schema.type === undefined) return value;
  if (typeof value === "string" && value.length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) {
    return NOT_OF_ITS_TYPE;
  }
  switch (schema.type) {
    case "boolean":
      return toBoolean(value);
    case "integer":
    case "number":
      return toInteger(value);
    case "string":
      return value === "" && schema.format !== undefined ? undefined : toText(value);
    case "array":
      return toList(value, schema);
    default:
      return value;
  }
}

function toBoolean(value: unknown): unknown {
  if (value === "") return undefined;
  if (typeof value === "boolean") return value;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !SPELLING.test(text)) return value;
  if (TRUE.test(text)) return true;
  return FALSE.test(text) ? false : value;
}

function toInteger(value: unknown): unknown {
  if (value === "") return undefined;
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value !== "string" || value.length > MAX_SCALAR_LENGTH || !INTEGER.test(value)) {
    return value;
  }
  return Number(value.replaceAll("_", ""));
}

function toText(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

/** A text may hold several values with commas between them. */
function toList(value: unknown, { items = {}, maxItems = MAX_PARAMETERS }: Schema): unknown {
  const list =
    typeof value === "string" ? value.split(",", maxItems + 1).map((each) => each.trim()) : value;
  if (!Array.isArray(list)) return value;
  if (list.length > maxItems) return NOT_OF_ITS_TYPE;
  return list.filter((each) => each !== "").map((each) => coerce(each, items));
}

/** Whether Ruby would read a date in a text; most of what people write can be. */
export const isDate = (text: string): boolean => !Number.isNaN(dateOf(text));

const DATE = /^\s*(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|(\d{2})(\d{2}))(.*)$/s;
/** Ruby overlooks a colon before the time (`T:12:30`). */
const TIME =
  /^T?:?\s*(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?(?:\s*([ap]m))?(?:\s*(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?))?$/i;

/** Milliseconds since 1970; a date without a time begins its day, and no zone means UTC. */
export function dateOf(text: string): number {
  const [, year, month1, day1, month2, day2, month3, day3, rest = ""] = DATE.exec(text) ?? [];
  if (year === undefined) return Date.parse(`${text} UTC`);
  const [month, day] = [month1 ?? month2 ?? month3, day1 ?? day2 ?? day3].map(Number);
  const midnight = dayOf(Number(year), month ?? 0, day ?? 0);
  const time = rest.trim();
  return time === "" ? midnight : midnight + timeOf(time);
}

/** The beginning of a day; NaN for a day that the calendar does not have. */
function dayOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.getTime()
    : Number.NaN;
}

/** Milliseconds since the beginning of the day in UTC; NaN for text that is no time. */
function timeOf(text: string): number {
  const [, hour, minute = "0", second = "0", fraction = "0", half, zone = "Z"] =
    TIME.exec(text) ?? [];
  if (hour === undefined || Number(minute) > 59 || Number(second) > 60) return Number.NaN;
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  if (hours > 24) return Number.NaN;
  const seconds = (hours * 60 + Number(minute)) * 60 + Number(second);
  return seconds * 1000 + Math.floor(Number(`0.${fraction}`) * 1000) - offsetOf(zone);
}

/** Milliseconds that a zone is before UTC. */
function offsetOf(zone: string): number {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? -offset : offset;
}
