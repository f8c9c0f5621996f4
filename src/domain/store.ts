import type { KeyObject } from "node:crypto";
import { LRUCache } from "lru-cache";
import { Caches } from "../cache/entity-cache.ts";
import { ListOffsets } from "../cache/list-offsets.ts";
import { Versions } from "../cache/versions.ts";
import type { Engine, Statement } from "../storage/engine.ts";
import { MissingReferenceError } from "../storage/errors.ts";
import type { Credential } from "./credential.ts";
import { notFound } from "./errors.ts";
import { cryptoRandom, type Random } from "./random.ts";

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
export interface Store {
  readonly engine: Engine;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly key: KeyObject;
  readonly random: Random;
  /** Moves with a user's follows, on either end. */
  readonly followVersions: Versions;
  /** Moves with anything else in a user's row. */
  readonly profileVersions: Versions;
  /** Moves when a user is made or deleted, or changes anything that is in their row. */
  readonly userListVersions: Versions;
  readonly ranks: ListOffsets;
  readonly caches: Caches;
  /** Verified tokens, by their text. */
  readonly credentials: LRUCache<string, Credential>;
  /** Ids by lower-case username. */
  readonly ids: LRUCache<string, number>;
}

export interface StoreOptions {
  clock?: () => number;
  random?: Random;
  /** How many bytes each cache may hold. */
  cacheBytes?: { pages: number; fragments: number };
}

const CACHE_BYTES = { pages: 32 * 2 ** 20, fragments: 32 * 2 ** 20 };

export function openStore(engine: Engine, key: KeyObject, options: StoreOptions = {}): Store {
  return {
    engine: translateMissingReference(engine),
    clock: options.clock ?? Date.now,
    key,
    random: options.random ?? cryptoRandom,
    caches: new Caches(options.cacheBytes ?? CACHE_BYTES),
    followVersions: new Versions(),
    profileVersions: new Versions(),
    userListVersions: new Versions(),
    ranks: new ListOffsets(engine),
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
function translateMissingReference(engine: Engine): Engine {
  const write = async (...statements: Statement[]): Promise<unknown> => {
    try {
      return await engine.transaction(...statements);
    } catch (error) {
      throw error instanceof MissingReferenceError ? notFound("user") : error;
    }
  };
  // More than a copy: what a database in memory does not have itself changes when it is put back.
  return Object.assign(Object.create(engine) as Engine, engine, { transaction: write });
}

/** Forgets everything when another process has committed since the last call. */
export function invalidateIfChangedElsewhere(store: Store): void {
  if (store.engine.changedByOtherProcess()) invalidateAll(store);
}

/** Call after changing many rows at once, or edges that are not known one by one. */
export function invalidateAll(store: Store): void {
  store.followVersions.touchAll();
  store.profileVersions.touchAll();
  store.userListVersions.touchAll();
  store.ranks.clear();
  store.credentials.clear();
  store.ids.clear();
}

/** Call after changing what a user's row says about them, other than their follows. */
export function invalidateUser(store: Store, id: number): void {
  store.profileVersions.touch(id);
  store.userListVersions.touchAll();
  store.credentials.clear();
  store.ids.clear();
}

/** Bytes of what is remembered, by its name, for the metrics. */
export function sizesOf(store: Store): Readonly<Record<string, number>> {
  const {
    caches,
    followVersions: graph,
    profileVersions: profiles,
    userListVersions: roster,
    ranks,
    credentials,
    ids,
  } = store;
  return {
    ...caches.sizes,
    ranks: ranks.bytes,
    versions: graph.bytes + profiles.bytes + roster.bytes,
    tokens: credentials.calculatedSize,
    usernames: ids.calculatedSize,
  };
}
