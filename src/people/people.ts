import type { KeyObject } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Database, Statement } from "../storage/database.ts";
import { Caches } from "./caches.ts";
import { notFound } from "./errors.ts";
import { type Random, unforeseeable } from "./random.ts";
import { Ranks } from "./ranks.ts";
import type { Credential } from "./tokens.ts";
import { Versions } from "./versions.ts";

/** Bytes: some ten thousand tokens, and as many names as there are in most databases. */
const TOKENS = 8 * 2 ** 20;
const NAMES = 8 * 2 ** 20;
/** Rough bytes of an entry besides its text: a name's number, and what a token opens. */
const OF_NAME = 64;
const OF_TOKEN = 600;

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
    db: tellingWhoHasGone(db),
    clock: options.clock ?? Date.now,
    key,
    random: options.random ?? unforeseeable,
    caches: new Caches(options.cacheBytes ?? CACHE_BYTES),
    graph: new Versions(),
    profiles: new Versions(),
    roster: new Versions(),
    ranks: new Ranks(db),
    credentials: new LRUCache({
      maxSize: TOKENS,
      sizeCalculation: (_, text) => text.length + OF_TOKEN,
    }),
    ids: new LRUCache({ maxSize: NAMES, sizeCalculation: (_, name) => name.length + OF_NAME }),
  };
}

/**
 * The same, where a write for a user who was deleted since somebody looked rejects with
 * `not-found`: nearly all that a row may refer to is users.
 */
function tellingWhoHasGone(db: Database): Database {
  const write = async (...statements: Statement[]): Promise<unknown> => {
    try {
      return await db.write(...statements);
    } catch (error) {
      throw db.isOrphan(error) ? notFound("user") : error;
    }
  };
  // More than a copy: what a database in memory does not have itself changes when it is put back.
  return Object.assign(Object.create(db) as Database, db, { write });
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

/** Bytes of what is remembered, by its name, for the metrics. */
export function sizesOf(people: People): Readonly<Record<string, number>> {
  const { caches, graph, profiles, roster, ranks, credentials, ids } = people;
  return {
    ...caches.sizes,
    ranks: ranks.bytes,
    versions: graph.bytes + profiles.bytes + roster.bytes,
    tokens: credentials.calculatedSize,
    usernames: ids.calculatedSize,
  };
}
