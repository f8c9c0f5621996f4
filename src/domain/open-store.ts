import { type KeyObject, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { EntityCache } from "../cache/entity-cache.ts";
import { ListOffsets } from "../cache/list-offsets.ts";
import { ResponseCache } from "../cache/response-cache.ts";
import { Versions } from "../cache/versions.ts";
import type { Engine, Statement } from "../storage/engine.ts";
import { MissingReferenceError } from "../storage/errors.ts";
import { notFound } from "./errors.ts";
import { invalidate } from "./invalidation.ts";
import { cryptoRandom, type Random } from "./random.ts";
import type { Store } from "./store.ts";
import type { User } from "./user.ts";

/** Some ten thousand tokens, and as many names as most databases have. */
const TOKEN_BYTES = 8 * 2 ** 20;
const NAME_BYTES = 8 * 2 ** 20;
/** Rows of some thousands of users, who call or are looked at again and again. */
const ROW_BYTES = 8 * 2 ** 20;
/** Some ten thousand pairs that are asked about again and again. */
const EDGE_BYTES = 4 * 2 ** 20;
const SEARCH_BYTES = 4 * 2 ** 20;
const RESPONSE_BYTES = { pages: 32 * 2 ** 20, fragments: 32 * 2 ** 20 };
/** Rough bytes of an entry besides its text: a name's number, and what a token opens. */
const NAME_ENTRY_BYTES = 64;
const TOKEN_ENTRY_BYTES = 600;
/** Readings in a user's name that are kept in mind; what is forgotten is written down again. */
const MAX_IMPERSONATIONS = 1000;
/** Sources of wrong passwords that are kept in mind, for as long as an account is locked. */
const WRONG_PASSWORDS_BYTES = 2 * 2 ** 20;
const WRONG_PASSWORD_ENTRY_BYTES = 200;
const WRONG_PASSWORD_MS = 10 * 60 * 1000;

export interface StoreOptions {
  clock?: () => number;
  random?: Random;
  /** How many bytes each cache of responses may hold. */
  cacheBytes?: { pages: number; fragments: number };
  /** The program's own version: what it answers may differ from what another one answers. */
  release?: string;
}

export function openStore(engine: Engine, key: KeyObject, options: StoreOptions = {}): Store {
  const store: Store = {
    engine: translateMissingReference(engine),
    clock: options.clock ?? Date.now,
    key,
    random: options.random ?? cryptoRandom,
    versionScope: versionScopeOf(engine, options.release),
    followVersions: new Versions(),
    profileVersions: new Versions(),
    userListVersions: new Versions(),
    listOffsets: new ListOffsets(),
    responses: new ResponseCache(options.cacheBytes ?? RESPONSE_BYTES),
    userRows: new EntityCache(ROW_BYTES, sizeOfRow),
    edges: new EntityCache(EDGE_BYTES, (_, key) => key.length),
    searchResults: new EntityCache(SEARCH_BYTES, sizeOfSearchResult),
    credentials: new LRUCache({
      maxSize: TOKEN_BYTES,
      sizeCalculation: (_, text) => text.length + TOKEN_ENTRY_BYTES,
    }),
    wrongPasswords: new LRUCache({
      maxSize: WRONG_PASSWORDS_BYTES,
      // A proxy may pass on any text as an address.
      sizeCalculation: (_, key) => 2 * key.length + WRONG_PASSWORD_ENTRY_BYTES,
      ttl: WRONG_PASSWORD_MS,
    }),
    standIns: new LRUCache({ max: MAX_IMPERSONATIONS }),
    ids: new LRUCache({
      maxSize: NAME_BYTES,
      sizeCalculation: (_, name) => name.length + NAME_ENTRY_BYTES,
    }),
  };
  engine.changes.listen?.((slots) => invalidate.slotsMoved(store, slots));
  return store;
}

const versionScopeOf = ({ changes }: Engine, release = ""): string =>
  changes.listVersion === undefined ? randomBytes(12).toString("hex") : release;

/** Rough bytes of a row: its texts, and a word for each of its other columns. */
function sizeOfRow(user: User): number {
  let size = 0;
  for (const value of Object.values(user)) size += typeof value === "string" ? value.length : 8;
  return size;
}

const sizeOfSearchResult = (found: number | readonly number[], key: string): number =>
  key.length + (typeof found === "number" ? 0 : 8 * found.length);

/**
 * Wraps `transaction`: a row may refer to hardly anything but users, so a missing reference means
 * that the user was deleted concurrently, and the write rejects with `not-found`.
 */
function translateMissingReference(engine: Engine): Engine {
  const transaction = async (...statements: Statement[]): Promise<unknown> => {
    try {
      return await engine.transaction(...statements);
    } catch (error) {
      throw error instanceof MissingReferenceError ? notFound("user") : error;
    }
  };
  // More than a copy: what a database in memory does not have itself changes when it is put back.
  return Object.assign(Object.create(engine) as Engine, engine, { transaction });
}

/** Bytes of what is remembered, by the names that the metrics have. */
export function sizesOf(store: Store): Readonly<Record<string, number>> {
  const { followVersions, profileVersions, userListVersions } = store;
  return {
    ...store.responses.sizes,
    rows: store.userRows.bytes,
    edges: store.edges.bytes,
    findings: store.searchResults.bytes,
    ranks: store.listOffsets.bytes,
    versions: followVersions.bytes + profileVersions.bytes + userListVersions.bytes,
    tokens: store.credentials.calculatedSize,
    usernames: store.ids.calculatedSize,
  };
}
