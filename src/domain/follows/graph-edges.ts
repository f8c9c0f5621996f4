import { and, eq, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";
import type { GraphEdge, GraphNode } from "./graph-user.ts";
import { followersAmong } from "./relationships.ts";

const { placeholder } = sql;

/** Edges of one picture, and the follows that are read for them: an edge may stand for two. */
const MAX_EDGES = 10_000;
const MAX_ROWS = 2 * MAX_EDGES;

/** A follow, as the database has it. */
interface Row {
  readonly source: number;
  readonly target: number;
}

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
    for (const source of await followersAmong(store, middle.id, ids)) {
      rows.push({ source, target: middle.id });
    }
  }
  const edges = joined(ids, rows);
  const isCut = rows.length >= MAX_ROWS || edges.length > MAX_EDGES;
  return { edges: edges.slice(0, MAX_EDGES), isCut };
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
      for (const target of found.targets.split(",")) {
        rows.push({ source: found.source, target: Number(target) });
      }
    }
  }
  for (const { id, following } of users) {
    if (following <= ids.length) continue;
    if (rows.length >= MAX_ROWS) return;
    for (const { target } of await ofOne(store).all({ source: id, targets })) {
      rows.push({ source: id, target });
    }
  }
}

function ofFew({ engine }: Store) {
  const { follows } = engine.tables;
  const { among, joinedIds, unindexed } = engine.sql;
  return engine.prepared("graph edges of few", (query) => {
    const some = query
      .select({ source: follows.followerId, target: follows.followedId })
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
      .select({ source: some.source, targets: joinedIds(some.target) })
      .from(some)
      .groupBy(some.source);
  });
}

function ofOne({ engine }: Store) {
  const { follows } = engine.tables;
  return engine.prepared("graph edges of one", (query) =>
    query
      .select({ target: follows.followedId })
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
  const directed = new Set<number>();
  for (const { source, target } of rows) directed.add(keyOf(source, target));
  const edges: GraphEdge[] = [];
  const done = new Set<number>();
  for (const { source, target } of rows) {
    const [key, back] = [keyOf(source, target), keyOf(target, source)];
    if (done.has(key) || done.has(back)) continue;
    done.add(key);
    edges.push({ source, target, mutual: directed.has(back) });
  }
  return edges;
}
