import { type Edge, edgesBetween, type ListKind, NO_KEY } from "./edges.ts";
import { listOf } from "./follows.ts";
import type { People } from "./people.ts";
import { isListed, type Standing } from "./users.ts";

/** Which part of a list is asked for: so many from one of its ends, between two keys of edges. */
export interface Wanted {
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
 * edges come or go. `owner` is the user as `users.standing` tells.
 */
export async function windowOf(
  people: People,
  kind: ListKind,
  owner: Standing,
  { order, size, after = NO_KEY.after, before = NO_KEY.before }: Wanted,
): Promise<Window> {
  const list = listOf(kind, owner.id, isListed(owner));
  const limits = { after, before, limit: size + 1 };
  const found = await edgesBetween(people.db, list, order, limits);
  const more = found.length > size;
  const edges = order === "first" ? found.slice(0, size) : found.slice(more ? 1 : 0);
  // Whoever names an edge has seen it, and so knows that there is something on that side.
  return {
    edges,
    hasNext: before !== NO_KEY.before || (order === "first" && more),
    hasPrevious: after !== NO_KEY.after || (order === "last" && more),
  };
}
