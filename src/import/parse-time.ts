const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
/** Seconds that a follow's column can hold until 2106; greater numbers are milliseconds. */
const MAX_SECONDS = 2 ** 32 - 1;

/** What a time has to look like, for messages. */
export const TIME_EXPECTED = "a time such as 2024-01-31T12:00:00Z, or seconds since 1970";

/**
 * Seconds since 1970 from ISO 8601, as pandas writes it too, or from a number of seconds or
 * milliseconds. A time without a zone is UTC. Undefined for anything else, and before 1970.
 */
export function parseTime(text: string): number | undefined {
  const milliseconds = /^\d{1,14}(?:\.\d+)?$/.test(text) ? fromNumber(Number(text)) : fromIso(text);
  const seconds = Math.floor(milliseconds / 1000);
  return seconds > 0 && seconds <= MAX_SECONDS ? seconds : undefined;
}

const fromNumber = (value: number): number => (value > MAX_SECONDS ? value : value * 1000);

function fromIso(text: string): number {
  const [, date, clock = "00:00", zone = "Z"] = ISO.exec(text) ?? [];
  if (date === undefined) return Number.NaN;
  const [, sign = "Z", hours = "", minutes = "00"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const day = Date.parse(`${date}T00:00:00Z`);
  // `Date.parse` takes 31 February for 3 March.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return Number.NaN;
  return Date.parse(`${date}T${clock}${sign === "Z" ? "Z" : `${sign}${hours}:${minutes}`}`);
}
