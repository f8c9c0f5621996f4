import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 10;

/**
 * Looks again and again until there is something to see, and returns it. A busy machine only makes
 * it last: the test's own time limit is the one bound.
 */
export async function eventually<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found as NonNullable<T>;
    await pause(LOOK_EVERY_MS);
  }
}
