import { invalidate } from "../domain/invalidation.ts";
import type { Store } from "../domain/store.ts";
import type { BulkLoader } from "../storage/bulk.ts";
import { edgesOf, type SkippedLines } from "./follow-edges.ts";
import { findUsers, makeMissing } from "./resolve-users.ts";
import type { BadLine, StagedFollows } from "./staged-follows.ts";

interface ImportOptions {
  /** Each line stands for both directions. */
  mutual?: boolean;
  /** Makes the users that are missing; `{id}` in it stands for the value in the file. */
  createUsers?: string | undefined;
  /** Called with each value that names no user; without it the first one ends the import. */
  onBad?: ((error: BadLine) => void) | undefined;
  onProgress?: (stage: string, done: number, of: number) => void;
}

export interface ImportReport {
  usersMade: number;
  added: number;
  alreadyThere: number;
  skipped: SkippedLines;
}

/**
 * Makes the follows of a file in the file's order, all of them or none. Those that exist stay as
 * they are; following oneself and across a block change nothing, as everywhere.
 */
export async function importFollows(
  store: Store,
  staged: StagedFollows,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const now = store.clock();
  const report = await store.engine.bulk((bulk) =>
    loadStagedFollows(bulk, staged, { ...options, now }),
  );
  invalidate.everything(store);
  return report;
}

/** Loads inside the caller's transaction; the caller invalidates the caches afterwards. */
export async function loadStagedFollows(
  bulk: BulkLoader,
  staged: StagedFollows,
  { now, ...options }: ImportOptions & { now: number },
): Promise<ImportReport> {
  const onProgress = options.onProgress ?? (() => undefined);
  onProgress("Users", 0, 1);
  const { ids, unlisted: hiddenIds } = await findUsers(bulk, staged, options);
  const usersMade = await makeMissing(bulk, staged, ids, options.createUsers ?? "", now);
  const blocks = await bulk.blockedPairs();
  const { edges, skipped } = edgesOf(staged, ids, blocks, options.mutual === true);
  const unlisted = Uint8Array.from(edges.ids, (id) => Number(hiddenIds.has(id)));
  const createdAt = Math.floor(now / 1000);
  const added = await bulk.loadFollows({ edges, unlisted, createdAt, onProgress });
  return { usersMade, added, alreadyThere: edges.count - added, skipped };
}
