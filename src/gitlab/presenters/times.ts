import { sharedCache } from "../../http/process-caches.ts";

/** UTC, to the millisecond. */
export function timestamp(milliseconds: number): string;
export function timestamp(milliseconds: number | null): string | null;
export function timestamp(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

/** Making one takes longer than an answer. ICU has some 25 KB for each, whose name has ten letters. */
const BYTES_PER_CHARACTER = 2500;
const clocks = sharedCache<Intl.DateTimeFormat>("time zones", 4 * 2 ** 20, BYTES_PER_CHARACTER);

/** "3:38 PM" where the user is; null where the time zone is unknown. */
export function localTime(now: number, timeZone: string | null): string | null {
  if (timeZone === null || timeZone === "") return null;
  try {
    const clock =
      clocks.get(timeZone) ??
      new Intl.DateTimeFormat("en-US", { timeZone, hour: "numeric", minute: "2-digit" });
    clocks.set(timeZone, clock);
    // Node writes a narrow no-break space before AM and PM.
    return clock.format(now).replace(/\s/g, " ");
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
