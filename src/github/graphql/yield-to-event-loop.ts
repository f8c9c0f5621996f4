import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds that a query may have before others come. */
const TURN_MS = 10;

/**
 * Gives a function to wait for before each piece of work: it lets other requests through whenever
 * the pieces so far have taken long. Those who wait are let go one after the other, as all of them
 * may have come before the first one did its work.
 */
export function createYield(): () => Promise<void> {
  let since = performance.now();
  let gate = Promise.resolve();
  const next = async () => {
    if (performance.now() - since < TURN_MS) return;
    await nextTurn();
    since = performance.now();
  };
  return () => {
    gate = gate.then(next);
    return gate;
  };
}
