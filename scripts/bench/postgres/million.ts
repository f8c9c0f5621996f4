import { median } from "../figures.ts";
import { Watch } from "../graph/watch.ts";
import { keepAwake } from "../load.ts";
import type { BenchServer } from "../start-server.ts";
import type { Filled } from "./databases.ts";

const PAGE = 30;
const TIMES = 60;
/** Turns in which a new server gets fast, as the other rows have a round for that. */
const WARMING_TURNS = 200;
/** How many of the requests are for the middle, which reads half of a list. */
const SELDOM = 4;

/** Milliseconds, medians. */
export interface LargeTimes {
  readonly first: number;
  readonly last: number;
  readonly middle: number;
  /** A search of which few are the answer. */
  readonly rare: number;
}

/** What could get harder with a million users, of whom nearly all follow one. */
export async function measureMillion(
  { url }: BenchServer,
  { tokens: [token = ""], followersOfFirst }: Filled,
): Promise<LargeTimes> {
  const watch = new Watch(url, token);
  const last = Math.floor(followersOfFirst / PAGE);
  const list = (page: number) => `/api/v3/users/dev-1/followers?per_page=${PAGE}&page=${page}`;
  const times = { first: [], last: [], middle: [], rare: [] as number[] };
  const timed = async (kind: keyof typeof times, turn: number, path: string) => {
    const begun = performance.now();
    await watch.send(path);
    if (turn >= 0) (times[kind] as number[]).push(performance.now() - begun);
  };
  const measured = async () => {
    // In turn, so that what else the machine does falls on all of them.
    for (let turn = -WARMING_TURNS; turn < TIMES; turn += 1) {
      const place = turn + WARMING_TURNS;
      await timed("first", turn, list(1 + place));
      await timed("last", turn, list(last - place));
      await timed("rare", turn, `/api/v4/users?search=dev-${followersOfFirst - 1 - place * 13}`);
      await watch.send("/api/v3/user/following/dev-1", turn % 2 === 0 ? "DELETE" : "PUT");
      if (turn % SELDOM === 0) await timed("middle", turn, list(Math.floor(last / 2) + place));
    }
  };
  try {
    await keepAwake(measured);
  } finally {
    watch.close();
  }
  const { first, middle, rare } = times;
  return {
    ...{ first: median(first), last: median(times.last) },
    ...{ middle: median(middle), rare: median(rare) },
  };
}
