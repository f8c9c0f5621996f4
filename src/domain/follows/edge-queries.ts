import { and, asc, desc, eq, gt, lt, type SQL, sql } from "../../storage/drizzle.ts";
import type { Engine, Prepared, Query } from "../../storage/engine.ts";

/** An end of a user's follows. */
export type EdgeEnd = "followers" | "following";

/** The columns of follows for one end of a user's: the user, and the users at that end. */
export const followColumns = ({ tables: { follows } }: Engine, end: EdgeEnd) =>
  end === "following"
    ? ([follows.followerId, follows.followedId] as const)
    : ([follows.followedId, follows.followerId] as const);

/** Which end of a user's follows, in which order. */
export type ListKind =
  | "followers-by-time"
  | "followers-by-id"
  | "following"
  // Has no index of its own: all follows of the owner are read and sorted, for the page of them.
  | "following-by-time";

/** One line of a list: the other end, and the value that it is ordered by. */
export interface Edge {
  key: number;
  id: number;
}

/** A list: its owner, its end, and the mark of its visible edges (tables: `hidden`). */
export interface EdgeList {
  kind: ListKind;
  owner: number;
  hidden: number;
}

const { placeholder } = sql;

/** Marks of an edge in `follows.hidden`: which of its ends is not visible. */
export const FOLLOWER_HIDDEN = 1;
export const FOLLOWED_HIDDEN = 2;

const isFollowing = (kind: ListKind): boolean => kind.startsWith("following");

/** The list of one user. A user who is not visible still has the edges that only they hide. */
export function listOf(kind: ListKind, owner: number, isOwnerVisible: boolean): EdgeList {
  const ownMark = isFollowing(kind) ? FOLLOWER_HIDDEN : FOLLOWED_HIDDEN;
  return { kind, owner, hidden: isOwnerVisible ? 0 : ownMark };
}

/** A key for what is remembered about a list. */
export const keyOfList = ({ kind, owner, hidden }: EdgeList) => `${kind} ${owner} ${hidden}`;

/** The edges of a list that meet more conditions on its key, in no order yet. */
function edgesOf(engine: Engine, query: Query, kind: ListKind, bounds: (key: Key) => SQL[]) {
  const { follows } = engine.tables;
  const [owner, other] = followColumns(engine, isFollowing(kind) ? "following" : "followers");
  const key: Key = kind.endsWith("-by-time") ? follows.seq : other;
  const edges = query
    .select({ key, id: other })
    .from(follows)
    .where(
      and(
        eq(owner, placeholder("owner")),
        eq(follows.hidden, placeholder("hidden")),
        ...bounds(key),
      ),
    );
  return { edges, key };
}

type Key = Engine["tables"]["follows"]["seq" | "followedId" | "followerId"];

/**
 * The edges of a list after a key. Each kind is answered from one index alone; users are looked
 * up afterwards, for the page that is shown, as a join would look up those skipped too.
 */
function listing(engine: Engine, kind: ListKind, slow: boolean): Prepared<Edge> {
  const build = (query: Query) => {
    const { edges, key } = edgesOf(engine, query, kind, (own) => [gt(own, placeholder("after"))]);
    return edges.orderBy(asc(key)).limit(placeholder("limit")).offset(placeholder("skip"));
  };
  const name = slow ? `edges ${kind}, far inside` : `edges ${kind}`;
  return engine.prepared(name, build, { slow, gather: !slow });
}

/** Rows that are skipped beyond this take a while. */
const MIN_DEEP_SKIP = 1000;

/** Up to `limit` edges that come after the key, less the first `skip`. */
export function edgesAfter(
  engine: Engine,
  { kind, owner, hidden }: EdgeList,
  after: number,
  skip: number,
  limit: number,
): Promise<Edge[]> {
  return listing(engine, kind, skip > MIN_DEEP_SKIP).all({ owner, hidden, after, skip, limit });
}

/** Keys of edges are between these two. */
export const NO_KEY = { before: Number.MAX_SAFE_INTEGER, after: -1 } as const;

function between(engine: Engine, kind: ListKind, order: "first" | "last"): Prepared<Edge> {
  return engine.prepared(`${order} edges ${kind} between`, (query) => {
    const { edges, key } = edgesOf(engine, query, kind, (own) => [
      gt(own, placeholder("after")),
      lt(own, placeholder("before")),
    ]);
    const direction = order === "first" ? asc(key) : desc(key);
    return edges.orderBy(direction).limit(placeholder("limit"));
  });
}

/** The first or the last edges that come after one key and before another, in the list's order. */
export async function edgesBetween(
  engine: Engine,
  { kind, owner, hidden }: EdgeList,
  order: "first" | "last",
  { after, before, limit }: { after: number; before: number; limit: number },
): Promise<Edge[]> {
  const edges = await between(engine, kind, order).all({ owner, hidden, after, before, limit });
  return order === "first" ? edges : edges.reverse();
}

/** A page of a list of `total` edges by its number, read from the end that is nearer. */
export async function edgesNearest(
  engine: Engine,
  list: EdgeList,
  { offset, limit, total }: { offset: number; limit: number; total: number },
): Promise<Edge[]> {
  if (offset <= total / 2) return edgesAfter(engine, list, NO_KEY.after, offset, limit);
  const count = Math.min(limit, total - offset);
  const { kind, owner, hidden } = list;
  const skip = total - offset - count;
  const edges = await fromEnd(engine, kind, skip > MIN_DEEP_SKIP).all({
    owner,
    hidden,
    skip,
    limit: count,
  });
  return edges.reverse();
}

function fromEnd(engine: Engine, kind: ListKind, slow: boolean): Prepared<Edge> {
  const build = (query: Query) => {
    const { edges, key } = edgesOf(engine, query, kind, () => []);
    return edges.orderBy(desc(key)).limit(placeholder("limit")).offset(placeholder("skip"));
  };
  const name = `edges ${kind} from the end${slow ? ", far inside" : ""}`;
  return engine.prepared(name, build, { slow, gather: !slow });
}
