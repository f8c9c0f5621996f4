import { StagedFollows } from "../../../src/import/staged-follows.ts";
import { Random } from "../../stress/fuzz/random.ts";

export interface Size {
  readonly users: number;
  readonly follows: number;
  readonly seed: number;
}

type OnProgress = (stage: string, done: number, of: number) => void;

/** Nearly everybody follows the first user. */
const FANS = 0.99;
/** How steeply fame falls with rank, and how steeply eagerness: Zipf's exponents. */
const FAME = 1.1;
const EAGERNESS = 0.8;
/** Who has drawn so many people twice is content with whom they have. */
const MOST_DRAWS = 8;
/** So many places on the curve of fame are looked up in a table. */
const DRAWERS = 2 ** 20;

/**
 * A graph as people make one: a few are followed by very many, a few follow very many, and most
 * have few of both. The same one for the same size and seed, ready for the importer; the order of
 * the follows is that of chance, as it is when everybody follows when they like.
 */
export function drawGraph(size: Size, onProgress: OnProgress): StagedFollows {
  const random = new Random(size.seed);
  const staged = new StagedFollows();
  for (let user = 1; user <= size.users; user += 1) {
    const name = Buffer.from(String(user));
    staged.value(name, 0, name.length, user);
  }
  const pairs = drawPairs(size, random, onProgress);
  shuffle(pairs, random, onProgress);
  for (let at = 0; at < pairs.count; at += 1) {
    staged.add(pairs.followers[at] ?? 0, pairs.followed[at] ?? 0);
  }
  return staged;
}

interface Pairs {
  readonly followers: Uint32Array;
  readonly followed: Uint32Array;
  count: number;
}

function drawPairs({ users, follows }: Size, random: Random, onProgress: OnProgress): Pairs {
  const pairs = {
    followers: new Uint32Array(follows),
    followed: new Uint32Array(follows),
    count: 0,
  };
  const fame = drawers(users);
  const fans = Math.min(follows, Math.floor((users - 1) * FANS));
  const shares = eagerness(users);
  const drawn = new Set<number>();
  let due = 0;
  for (let rank = 0; rank < users && pairs.count < follows; rank += 1) {
    // Who is eager has nothing to do with who is famous.
    const follower = (rank * 7919 + 1) % users;
    drawn.clear();
    drawn.add(follower);
    if (follower > 0 && follower <= fans) add(pairs, follower, 0);
    drawn.add(0);
    due += (shares[rank] ?? 0) * (follows - fans);
    const wanted = Math.floor(due);
    due -= wanted;
    due += drawTargets(
      pairs,
      follower,
      Math.min(wanted, follows - pairs.count),
      drawn,
      fame,
      random,
    );
    if (rank % 10_000 === 0) onProgress("Drawing", pairs.count, follows);
  }
  return pairs;
}

function add(pairs: Pairs, follower: number, followed: number): void {
  pairs.followers[pairs.count] = follower;
  pairs.followed[pairs.count] = followed;
  pairs.count += 1;
}

/** Draws other people for one follower; says how many of those who were wanted are left over. */
function drawTargets(
  pairs: Pairs,
  follower: number,
  wanted: number,
  drawn: Set<number>,
  fame: Uint32Array,
  random: Random,
): number {
  let [left, twice] = [wanted, 0];
  while (left > 0 && twice < MOST_DRAWS) {
    const target = fame[random.below(DRAWERS)] ?? 0;
    if (drawn.has(target)) {
      twice += 1;
      continue;
    }
    twice = 0;
    drawn.add(target);
    add(pairs, follower, target);
    left -= 1;
  }
  return left;
}

/** Ranks in a table in which each stands as often as it is famous. */
function drawers(users: number): Uint32Array {
  const table = new Uint32Array(DRAWERS);
  const power = 1 - FAME;
  const last = (users + 1) ** power;
  for (let place = 0; place < DRAWERS; place += 1) {
    const share = (place + 0.5) / DRAWERS;
    const rank = (1 + share * (last - 1)) ** (1 / power);
    table[place] = Math.min(users - 1, Math.floor(rank));
  }
  return table;
}

/** The share of all follows that each rank makes. */
function eagerness(users: number): Float64Array {
  const shares = Float64Array.from({ length: users }, (_, rank) => (rank + 1) ** -EAGERNESS);
  const sum = shares.reduce((all, each) => all + each, 0);
  return shares.map((share) => share / sum);
}

function shuffle({ followers, followed, count }: Pairs, random: Random, onProgress: OnProgress) {
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const [a, b] = [followers[last] ?? 0, followed[last] ?? 0];
    followers[last] = followers[other] ?? 0;
    followed[last] = followed[other] ?? 0;
    followers[other] = a;
    followed[other] = b;
    if (last % 1_000_000 === 0) onProgress("Shuffling", count - last, count);
  }
}
