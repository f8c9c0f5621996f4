import type { Store } from "../store.ts";
import { isVisible, type ListOwner } from "../user.ts";
import {
  type Edge,
  type EdgeList,
  edgesAfter,
  edgesBetween,
  edgesNearest,
  keyOfList,
  type ListKind,
  listOf,
  NO_KEY,
} from "./edge-queries.ts";

/** A part of a list: up to `size` edges from one of its ends, between two keys of edges. */
export interface CursorQuery {
  readonly order: "first" | "last";
  readonly size: number;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
}

/** A part of a list, and whether there is more of it on either side. */
export interface Window {
  readonly edges: readonly Edge[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/**
 * A part of a user's follows by keys, which costs the same wherever it is and does not shift when
 * edges come or go. `owner` is the user as `getListOwner` reads them.
 */
export async function listFollowsByCursor(
  store: Store,
  kind: ListKind,
  owner: ListOwner,
  { order, size, after = NO_KEY.after, before = NO_KEY.before }: CursorQuery,
): Promise<Window> {
  const list = listOf(kind, owner.id, isVisible(owner));
  const limits = { after, before, limit: size + 1 };
  const found = await edgesBetween(store.engine, list, order, limits);
  const more = found.length > size;
  const edges = order === "first" ? found.slice(0, size) : found.slice(more ? 1 : 0);
  // A cursor names an edge that was shown, so there is something on that side.
  return {
    edges,
    hasNext: before !== NO_KEY.before || (order === "first" && more),
    hasPrevious: after !== NO_KEY.after || (order === "last" && more),
  };
}

/**
 * Moves with a user's follows and with all that a page of them shows; nodes that share a database
 * have the same one. Take it before the page is read: the page may then be newer, never older.
 */
export async function versionOfList(store: Store, ownerId: number): Promise<string> {
  const { changes } = store.engine;
  const version =
    changes.listVersion === undefined
      ? `${store.followVersions.of(ownerId)}-${store.profileVersions.latest}`
      : await changes.listVersion(ownerId);
  return `${store.versionScope}-${version}`;
}

/** Moves with a user's row and counters; the same at all nodes that share a database. */
export async function versionOfUser(store: Store, id: number): Promise<string> {
  const { changes } = store.engine;
  const version =
    changes.listVersion === undefined
      ? `${store.profileVersions.of(id)}-${store.followVersions.of(id)}`
      : await changes.listVersion(id);
  return `${store.versionScope}-${version}`;
}

/** The ids of one page of a list. `owner` is the user as `getListOwner` reads them. */
export async function listFollowIds(
  store: Store,
  kind: ListKind,
  owner: ListOwner,
  { offset, limit }: { offset: number; limit: number },
): Promise<number[]> {
  const list = listOf(kind, owner.id, isVisible(owner));
  const total = kind === "following" ? owner.following : owner.followers;
  if (offset >= total) return [];
  // Other nodes change lists, so no offset in one is remembered: it is read from its nearer end.
  if (store.engine.changes.catchUp !== undefined) {
    const edges = await edgesNearest(store.engine, list, { offset, limit, total });
    return edges.map(({ id }) => id);
  }
  const { after, skip } = await findOffset(store, list, offset, total);
  const edges = await edgesAfter(store.engine, list, after, skip, limit);
  return edges.map(({ id }) => id);
}

/** Where the row of this rank (from 0) is, in a list of `total` rows. */
export const findOffset = (store: Store, list: EdgeList, rank: number, total: number) =>
  store.listOffsets.find(keyOfList(list), rank, total, async (after, skip) => {
    const [edge] = await edgesAfter(store.engine, list, after, skip, 1);
    return edge?.key;
  });
