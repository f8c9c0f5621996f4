import { LRUCache } from "lru-cache";

/** UTC, to the millisecond. */
export function timestamp(milliseconds: number): string;
export function timestamp(milliseconds: number | null): string | null;
export function timestamp(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

/** Making one takes longer than an answer; there are some four hundred zones. */
const clocks = new LRUCache<string, Intl.DateTimeFormat>({ max: 500 });

/** "3:38 PM" where the user is; null for nobody knows where. */
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
