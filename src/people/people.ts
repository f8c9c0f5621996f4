import type { KeyObject } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Database } from "../storage/database.ts";
import { Caches } from "./caches.ts";
import { type Random, unforeseeable } from "./random.ts";
import { Ranks } from "./ranks.ts";
import type { Credential } from "./tokens.ts";
import { Versions } from "./versions.ts";

const MOST_TOKENS = 10_000;
const MOST_NAMES = 100_000;

/**
 * Everything that the rules need: the rows, the clock, the signing key, and what is remembered
 * about the rows. What is remembered is thrown away by `changed…` below and by nothing else.
 */
export interface People {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly key: KeyObject;
  readonly random: Random;
  /** Moves with a user's follows, on either end. */
  readonly graph: Versions;
  /** Moves with anything else in a user's row. */
  readonly profiles: Versions;
  /** Moves when a user is made or deleted, or changes anything that is in their row. */
  readonly roster: Versions;
  readonly ranks: Ranks;
  readonly caches: Caches;
  /** Verified tokens, by their text. */
  readonly credentials: LRUCache<string, Credential>;
  /** Ids by lower-case username. */
  readonly ids: LRUCache<string, number>;
}

export interface PeopleOptions {
  clock?: () => number;
  random?: Random;
  /** How many bytes each cache may hold. */
  cacheBytes?: { pages: number; fragments: number };
}

const CACHE_BYTES = { pages: 32 * 2 ** 20, fragments: 32 * 2 ** 20 };

export function openPeople(db: Database, key: KeyObject, options: PeopleOptions = {}): People {
  return {
    db,
    clock: options.clock ?? Date.now,
    key,
    random: options.random ?? unforeseeable,
    caches: new Caches(options.cacheBytes ?? CACHE_BYTES),
    graph: new Versions(),
    profiles: new Versions(),
    roster: new Versions(),
    ranks: new Ranks(db),
    credentials: new LRUCache({ max: MOST_TOKENS }),
    // Bounded by size: by `max` it would take its whole memory at once.
    ids: new LRUCache({ maxSize: MOST_NAMES, sizeCalculation: () => 1 }),
  };
}

/** Forgets everything when another process has committed since the last call. */
export function refresh(people: People): void {
  if (people.db.changedElsewhere()) forgetAll(people);
}

/** Call after changing many rows at once, or edges that are not known one by one. */
export function forgetAll(people: People): void {
  people.graph.touchAll();
  people.profiles.touchAll();
  people.roster.touchAll();
  people.ranks.clear();
  people.credentials.clear();
  people.ids.clear();
}

/** Call after changing what a user's row says about them, other than their follows. */
export function changedProfile(people: People, id: number): void {
  people.profiles.touch(id);
  people.roster.touchAll();
  people.credentials.clear();
  people.ids.clear();
}
