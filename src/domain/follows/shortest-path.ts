import { and, eq, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";
import { type EdgeEnd, followColumns } from "./edge-queries.ts";
import { type GraphUser, publicUsers, toGraphUser } from "./graph.ts";

/** Follows that one search may read, and users whose follows are read at a time. */
const MAX_PATH_ROWS = 120_000;
const USERS_PER_QUERY = 250;

/** What a search for a path came to: the users on it, both ends included. */
export type PathResult =
  | { readonly path: readonly GraphUser[] }
  /** There is none, or none within the bound. */
  | { readonly path: null; readonly isBounded: boolean };

/**
 * A shortest way from one user to another along follows, by a search from both ends. Private
 * profiles are no step of it. Reads a bounded number of follows, and says when that was not enough.
 */
export async function shortestPath(
  store: Store,
  from: GraphUser,
  to: GraphUser,
): Promise<PathResult> {
  if (from.id === to.id) return { path: [toGraphUser(from)] };
  const forward = new Map<number, number>([[from.id, 0]]);
  const backward = new Map<number, number>([[to.id, 0]]);
  let [ahead, behind] = [[from.id], [to.id]];
  let read = 0;
  while (ahead.length > 0 && behind.length > 0) {
    const isForward = ahead.length <= behind.length;
    const [frontier, mine, others] = isForward
      ? [ahead, forward, backward]
      : [behind, backward, forward];
    const next: number[] = [];
    for (let start = 0; start < frontier.length; start += USERS_PER_QUERY) {
      const chunk = frontier.slice(start, start + USERS_PER_QUERY);
      const rows = await stepFrom(store, chunk, isForward ? "following" : "followers");
      read += rows.length;
      for (const { own, other } of rows) {
        if (mine.has(other)) continue;
        mine.set(other, own);
        if (others.has(other)) {
          const ids = [...trail(forward, other).reverse(), ...trail(backward, other).slice(1)];
          const users = await publicUsers(store, ids);
          for (const end of [from, to]) users.set(end.id, toGraphUser(end));
          return { path: ids.flatMap((id) => users.get(id) ?? []) };
        }
        next.push(other);
      }
      if (read > MAX_PATH_ROWS) return { path: null, isBounded: true };
    }
    if (isForward) ahead = next;
    else behind = next;
  }
  return { path: null, isBounded: false };
}

/** The way back from a user to where a search began. */
function trail(parents: ReadonlyMap<number, number>, id: number): number[] {
  const ids: number[] = [];
  for (let at = id; at !== 0; at = parents.get(at) ?? 0) ids.push(at);
  return ids;
}

/** The visible follows of some users to those whose profile is not private. */
function stepFrom({ engine }: Store, ids: readonly number[], end: EdgeEnd) {
  const { follows, users } = engine.tables;
  const [own, other] = followColumns(engine, end);
  return engine
    .prepared(`graph step ${end}`, (query) =>
      query
        .select({ own, other })
        .from(follows)
        .innerJoin(users, and(eq(users.id, other), engine.sql.isFalse(users.privateProfile)))
        .where(and(engine.sql.among(own, sql.placeholder("ids")), eq(follows.hidden, 0)))
        .limit(MAX_PATH_ROWS),
    )
    .all({ ids: engine.sql.idList(ids) });
}
