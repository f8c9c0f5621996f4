import type { KeyObject } from "node:crypto";
import type { LRUCache } from "lru-cache";
import type { EntityCache } from "../cache/entity-cache.ts";
import type { ListOffsets } from "../cache/list-offsets.ts";
import type { ResponseCache } from "../cache/response-cache.ts";
import type { Versions } from "../cache/versions.ts";
import type { Engine } from "../storage/engine.ts";
import type { Actor } from "./actor.ts";
import type { Credential } from "./credential.ts";
import type { Random } from "./random.ts";
import type { User } from "./user.ts";

/**
 * Everything that the rules need: the engine, the clock, the signing key, and what is remembered
 * about rows. `invalidation.ts` says what each change makes stale.
 */
export interface Store {
  readonly engine: Engine;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly key: KeyObject;
  readonly random: Random;
  /**
   * What versions that callers are shown begin with, as an ETag does. Versions in memory begin anew
   * with each run, so each run has another; nodes count in the database, so all of a release have one.
   */
  readonly versionScope: string;
  /** Moves with a user's follows, on either end. */
  readonly followVersions: Versions;
  /** Moves with anything else in a user's row. */
  readonly profileVersions: Versions;
  /** Moves when a user is created or deleted, or anything in a user's row changes. */
  readonly userListVersions: Versions;
  readonly listOffsets: ListOffsets;
  readonly responses: ResponseCache;
  /** Whole rows by id. */
  readonly userRows: EntityCache<number, User>;
  /** Whether one user follows another in the sight of all, by the two ids. */
  readonly edges: EntityCache<string, boolean>;
  /** How many users a search found, or which of them a page has. */
  readonly searchResults: EntityCache<string, number | readonly number[]>;
  /** Verified tokens, by their text. */
  readonly credentials: LRUCache<string, Credential>;
  /** The author of changes in the audit log; undefined for the program itself. */
  readonly actor?: Actor | undefined;
  /** When reading in a user's name was last written down. */
  readonly standIns: LRUCache<string, number>;
  /** When a wrong password came for a user from an address. */
  readonly wrongPasswords: LRUCache<string, number>;
  /** Ids by lower-case username. */
  readonly ids: LRUCache<string, number>;
}
