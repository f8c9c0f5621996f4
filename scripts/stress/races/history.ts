import { after, NOTHING, nameOf, type Pair, type TimedOperation } from "./model.ts";

/**
 * Whether the operations between two users could have happened one after the other, each at a moment
 * between its asking and its answer (linearizability; the search is Wing and Gong's, which
 * remembers what it has tried). Returns how far it came: as many operations as there are when they could.
 */
export function explained(operations: readonly TimedOperation[]): number {
  const ordered = [...operations].sort((a, b) => a.from - b.from);
  const ended = Math.max(...ordered.map(({ kind, to }) => (kind === "delete" ? to : -1)));
  const tried = new Set<string>();
  const done = new Uint8Array(ordered.length);
  let furthest = 0;

  function search(pair: Pair, first: number, count: number): boolean {
    furthest = Math.max(furthest, count);
    let start = first;
    while (done[start] === 1) start += 1;
    if (start === ordered.length) return true;
    const beyond = ordered.map((_, place) => place).filter((place) => place > start && done[place]);
    const name = `${nameOf(pair)} ${start} ${beyond.join()}`;
    if (tried.has(name)) return false;
    tried.add(name);
    // A request that was sent after another was answered came after it.
    let soonest = Number.POSITIVE_INFINITY;
    for (let place = start; place < ordered.length; place += 1) {
      const operation = ordered[place] as TimedOperation;
      if (operation.from > soonest) break;
      if (done[place] === 1) continue;
      soonest = Math.min(soonest, operation.to);
      const next = after(pair, operation, operation.from <= ended);
      if (next === undefined) continue;
      done[place] = 1;
      if (search(next, start, count + 1)) return true;
      done[place] = 0;
    }
    return false;
  }

  search(NOTHING, 0, 0);
  return furthest;
}
