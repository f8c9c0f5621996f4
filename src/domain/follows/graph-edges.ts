import { and, eq, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";
import type { GraphEdge, GraphNode } from "./graph-user.ts";
import { followersAmong } from "./relationships.ts";

const { placeholder } = sql;

/** Follows that are read for one picture; each is an edge, or one of the two that an edge is. */
const MAX_ROWS = 10_000;

/** A follow, and whether the followed user follows back. */
interface Row {
  readonly source: number;
  readonly target: number;
  readonly mutual: boolean;
}

/** The mark of an edge whose ends are both visible (tables: `hidden`). */
const VISIBLE = sql.raw("0");

/** The followed user's id, negative where they follow back; what is cut off can't make that wrong. */
const SIGNED_TARGET = sql<number>`(case when exists (select 1 from follows as back
  where back.follower_id = follows.followed_id and back.followed_id = follows.follower_id
  and back.hidden = ${VISIBLE}) then -follows.followed_id else follows.followed_id end)`;

const rowOf = (source: number, signed: number): Row => ({
  source,
  target: Math.abs(signed),
  mutual: signed < 0,
});

/**
 * The follows among nodes, those of the middle first and then by depth, so that what is cut off
 * leaves no node alone. Reads a bounded number of rows.
 */
export async function edgesAmong(
  store: Store,
  nodes: readonly GraphNode[],
): Promise<{ readonly edges: readonly GraphEdge[]; readonly isCut: boolean }> {
  const rows: Row[] = [];
  const ids = nodes.map(({ id }) => id);
  for (const depth of [0, 1, 2]) {
    const part = nodes.filter((node) => node.depth === depth && node.following > 0);
    await readFollows(store, part, ids, rows);
    const [middle] = depth === 0 ? nodes : [];
    if (middle === undefined) continue;
    const followed = new Set(rows.map(({ target }) => target));
    for (const source of await followersAmong(store, middle.id, ids)) {
      if (!followed.has(source)) rows.push({ source, target: middle.id, mutual: false });
    }
  }
  const edges = joined(ids, rows);
  return { edges, isCut: rows.length >= MAX_ROWS };
}

/** Adds the follows of some users to the ids. Reads them all, or looks the ids up where a user has more follows than there are ids. */
async function readFollows(
  store: Store,
  users: readonly GraphNode[],
  ids: readonly number[],
  rows: Row[],
): Promise<void> {
  const { idList } = store.engine.sql;
  const targets = idList(ids);
  const few = users.filter(({ following }) => following <= ids.length);
  const limit = MAX_ROWS - rows.length;
  if (few.length > 0 && limit > 0) {
    const sources = idList(few.map(({ id }) => id));
    for (const found of await ofFew(store).all({ sources, targets, limit })) {
      for (const signed of found.targets.split(",")) {
        rows.push(rowOf(found.source, Number(signed)));
      }
    }
  }
  for (const { id, following } of users) {
    if (following <= ids.length) continue;
    if (rows.length >= MAX_ROWS) return;
    for (const { signed } of await ofOne(store).all({ source: id, targets })) {
      rows.push(rowOf(id, signed));
    }
  }
}

function ofFew({ engine }: Store) {
  const { follows } = engine.tables;
  const { among, joinedIds, unindexed } = engine.sql;
  return engine.prepared("graph edges of few", (query) => {
    const some = query
      .select({ source: follows.followerId, signed: SIGNED_TARGET.as("signed") })
      .from(follows)
      .where(
        and(
          among(follows.followerId, placeholder("sources")),
          eq(follows.hidden, 0),
          among(unindexed(follows.followedId), placeholder("targets")),
        ),
      )
      .limit(placeholder("limit"))
      .as("some");
    // A row for each user costs a third of a row for each follow.
    return query
      .select({ source: some.source, targets: joinedIds(some.signed) })
      .from(some)
      .groupBy(some.source);
  });
}

function ofOne({ engine }: Store) {
  const { follows } = engine.tables;
  return engine.prepared("graph edges of one", (query) =>
    query
      .select({ signed: SIGNED_TARGET.as("signed") })
      .from(follows)
      .where(
        and(
          eq(follows.followerId, placeholder("source")),
          eq(follows.hidden, 0),
          engine.sql.among(follows.followedId, placeholder("targets")),
        ),
      ),
  );
}

/** Follows as edges, those of two who follow each other as one. */
function joined(ids: readonly number[], rows: readonly Row[]): GraphEdge[] {
  // A pair is a number that is exact, as there are no more than some thousand nodes.
  const places = new Map(ids.map((id, place) => [id, place]));
  const keyOf = (from: number, to: number) =>
    (places.get(from) ?? 0) * ids.length + (places.get(to) ?? 0);
  const edges: GraphEdge[] = [];
  const done = new Set<number>();
  for (const { source, target, mutual } of rows) {
    if (done.has(keyOf(source, target)) || done.has(keyOf(target, source))) continue;
    done.add(keyOf(source, target));
    edges.push({ source, target, mutual });
  }
  return edges;
}
