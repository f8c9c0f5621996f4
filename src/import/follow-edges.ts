import type { Edges } from "../storage/sort-edges.ts";
import { isUser } from "./resolve-users.ts";
import type { StagedFollows } from "./staged-follows.ts";

/** Lines that make no follow, by why. */
export interface SkippedLines {
  bad: number;
  self: number;
  blocked: number;
}

/** The edges that the lines of a file ask for, as far as the rules allow them. */
export function edgesOf(
  staged: StagedFollows,
  ids: Float64Array,
  blocks: Iterable<[number, number]>,
  mutual: boolean,
): { edges: Edges; skipped: SkippedLines } {
  const users = Float64Array.from(new Set(ids.filter(isUser))).sort();
  const places = Uint32Array.from(ids, (id) => (isUser(id) ? placeOf(users, id) : 0));
  const blocked = blockedAmong(users, blocks);
  const room = staged.count * (mutual ? 2 : 1);
  const followers = new Uint32Array(room);
  const followed = new Uint32Array(room);
  const times = staged.times === undefined ? undefined : new Uint32Array(room);
  const skipped = { bad: 0, self: 0, blocked: 0 };
  let count = 0;
  const add = (a: number, b: number, line: number) => {
    followers[count] = a;
    followed[count] = b;
    if (times !== undefined) times[count] = staged.times?.[line] ?? 0;
    count += 1;
  };
  for (let line = 0; line < staged.count; line += 1) {
    const [follower, target] = [staged.followers[line] ?? 0, staged.followed[line] ?? 0];
    const [a, b] = [places[follower] ?? 0, places[target] ?? 0];
    if (!isUser(ids[follower]) || !isUser(ids[target])) skipped.bad += 1;
    else if (a === b) skipped.self += 1;
    else if (blocked.size > 0 && blocked.has(a * users.length + b)) skipped.blocked += 1;
    else {
      add(a, b, line);
      if (mutual) add(b, a, line);
    }
  }
  return { edges: { ids: users, followers, followed, times, count }, skipped };
}

/** Pairs that may not follow each other, in whichever direction the block is. */
function blockedAmong(users: Float64Array, blocks: Iterable<[number, number]>): Set<number> {
  const blocked = new Set<number>();
  for (const [blocker, other] of blocks) {
    const [a, b] = [placeOf(users, blocker), placeOf(users, other)];
    if (a === -1 || b === -1) continue;
    blocked.add(a * users.length + b).add(b * users.length + a);
  }
  return blocked;
}

/** Where an id stands among sorted ones; -1 when it does not. */
function placeOf(sorted: Float64Array, id: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle] ?? 0;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
