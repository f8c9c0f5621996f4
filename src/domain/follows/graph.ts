import { and, asc, eq, gt, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";
import { type EdgeEnd, followColumns } from "./edge-queries.ts";
import { edgesAmong } from "./graph-edges.ts";
import { type GraphEdge, type GraphNode, type GraphUser, toGraphUser } from "./graph-user.ts";
import { filterFollowed, followersAmong } from "./relationships.ts";

const { placeholder } = sql;

export { type GraphUser, toGraphUser };

/** The follows around a user. Two users who follow each other have one edge. */
export interface Neighbourhood {
  readonly center: GraphUser;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Whether there is more than is shown. */
  readonly truncated: boolean;
}

/** A part of an answer; `next` is where the next part begins, null at the end. */
export interface GraphPage {
  readonly users: readonly GraphUser[];
  readonly next: number | null;
}

/** Bounds of one question, in rows that are read. */
export const MAX_NODES = 2000;
const MAX_WINDOW = 4000;
const MAX_SUGGESTION_ROWS = 12_000;
const PAGE_SIZE = 100;

/** The other ends of a user's visible follows by id, after one of them. */
async function neighbours(store: Store, id: number, end: EdgeEnd, after: number, limit: number) {
  const { follows } = store.engine.tables;
  const [own, other] = followColumns(store.engine, end);
  const rows = await store.engine
    .prepared(`graph ${end}`, (query) =>
      query
        .select({ id: other })
        .from(follows)
        .where(
          and(eq(own, placeholder("own")), eq(follows.hidden, 0), gt(other, placeholder("after"))),
        )
        .orderBy(asc(other))
        .limit(placeholder("limit")),
    )
    .all({ own: id, after, limit });
  return rows.map((row) => row.id);
}

/** Those of the ids whose profile is not private, with what the graph shows of them, by id. */
export async function publicUsers({ engine }: Store, ids: readonly number[]) {
  const { users } = engine.tables;
  const { followers, following } = engine.sql.user;
  const rows = await engine
    .prepared("graph users", (query) =>
      query
        .select({ id: users.id, username: users.username, name: users.name, followers, following })
        .from(users)
        .where(
          and(
            engine.sql.among(users.id, placeholder("ids")),
            engine.sql.isFalse(users.privateProfile),
          ),
        ),
    )
    .all({ ids: engine.sql.idList(ids) });
  return new Map(rows.map((row): [number, GraphUser] => [row.id, row as GraphUser]));
}

/** The users of the ids in their order, private ones left out. */
async function inOrder(store: Store, ids: readonly number[]): Promise<GraphUser[]> {
  const found = await publicUsers(store, ids);
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** A user's neighbours to a depth of 1 or 2, up to a number of nodes, with all follows among them. */
export async function neighbourhood(
  store: Store,
  user: GraphUser,
  depth: 1 | 2,
  limit: number,
): Promise<Neighbourhood> {
  const center = toGraphUser(user);
  const most = Math.min(limit, MAX_NODES);
  const half = Math.max(1, Math.floor(most / (depth === 1 ? 1 : 2)));
  const following = await neighbours(store, center.id, "following", -1, half);
  const followers = await neighbours(store, center.id, "followers", -1, half);
  const around = new Set(interleaved(following, followers));
  const near = [...around].slice(0, half);
  const depths = new Map<number, number>([
    [center.id, 0],
    ...near.map((id): [number, number] => [id, 1]),
  ]);
  if (depth === 2 && near.length < most) {
    const open = [...(await publicUsers(store, near)).keys()];
    for (const { id } of await mostFollowedBy(store, open, most)) {
      if (depths.size > most) break;
      if (!depths.has(id)) depths.set(id, 2);
    }
  }
  const shown = await publicUsers(store, [...depths.keys()]);
  shown.set(center.id, center);
  const nodes = [...depths].flatMap(([id, far]) => {
    const user = shown.get(id);
    return user === undefined ? [] : [{ ...user, depth: far }];
  });
  const { edges, isCut: isEdgeMissing } = await edgesAmong(store, nodes);
  const isCut = following.length >= half || followers.length >= half || around.size > half;
  return {
    center,
    nodes,
    edges,
    truncated: isCut || isEdgeMissing,
  };
}

function* interleaved(a: readonly number[], b: readonly number[]): Generator<number> {
  for (let place = 0; place < Math.max(a.length, b.length); place += 1) {
    for (const list of [a, b]) {
      const id = list[place];
      if (id !== undefined) yield id;
    }
  }
}

/** The users that most of the ids follow, with counts. Reads a bounded number of follows. */
async function mostFollowedBy({ engine }: Store, ids: readonly number[], limit: number) {
  const { follows } = engine.tables;
  const some = engine.query
    .select({ id: follows.followedId })
    .from(follows)
    .where(and(engine.sql.among(follows.followerId, engine.sql.idList(ids)), eq(follows.hidden, 0)))
    .limit(MAX_SUGGESTION_ROWS)
    .as("some");
  const rows = await engine.query
    .select({ id: some.id, count: sql<number>`count(*)`.as("count") })
    .from(some)
    .groupBy(some.id)
    .orderBy(sql`2 desc`, some.id)
    .limit(limit);
  return rows.map(({ id, count }) => ({ id, count: Number(count) }));
}

/** Which users of a window belong to an answer: so many at most, and where the next window begins. */
async function pageOf(
  store: Store,
  window: readonly number[],
  belongs: (id: number) => boolean,
): Promise<GraphPage> {
  const ids = window.filter(belongs).slice(0, PAGE_SIZE);
  const cut =
    ids.length === PAGE_SIZE
      ? ids.at(-1)
      : window.length === MAX_WINDOW
        ? window.at(-1)
        : undefined;
  return { users: await inOrder(store, ids), next: cut ?? null };
}

/** Users that a user follows and that follow back, by id. */
export async function mutuals(store: Store, id: number, after: number): Promise<GraphPage> {
  const window = await neighbours(store, id, "following", after, MAX_WINDOW);
  const back = await followersAmong(store, id, window);
  return pageOf(store, window, (each) => back.has(each));
}

/** Users that a user follows and that do not follow back, by id. */
export async function nonMutuals(store: Store, id: number, after: number): Promise<GraphPage> {
  const window = await neighbours(store, id, "following", after, MAX_WINDOW);
  const back = await followersAmong(store, id, window);
  return pageOf(store, window, (each) => !back.has(each));
}

/** The users that both follow, or that follow both, by id. */
export async function listInCommon(
  store: Store,
  [a, b]: readonly [GraphUser, GraphUser],
  end: EdgeEnd,
  after: number,
): Promise<GraphPage> {
  const [fewer, other] = a[end] <= b[end] ? [a, b] : [b, a];
  const window = await neighbours(store, fewer.id, end, after, MAX_WINDOW);
  const among = end === "following" ? filterFollowed : followersAmong;
  const both = await among(store, other.id, window);
  return pageOf(store, window, (each) => both.has(each));
}

/** Users that the user's followings follow and the user does not: most ties first. */
export async function suggestions(
  store: Store,
  id: number,
): Promise<readonly (GraphUser & { ties: number })[]> {
  const mine = await neighbours(store, id, "following", -1, PAGE_SIZE * 2);
  // A private user's follows are hidden, their existence included.
  const open = [...(await publicUsers(store, mine)).keys()];
  if (open.length === 0) return [];
  const found = await mostFollowedBy(store, open, PAGE_SIZE * 10);
  const known = await filterFollowed(
    store,
    id,
    found.map((each) => each.id),
  );
  const best = found.filter((each) => each.id !== id && !known.has(each.id)).slice(0, PAGE_SIZE);
  const users = await publicUsers(
    store,
    best.map((each) => each.id),
  );
  return best.flatMap(({ id: other, count }) => {
    const user = users.get(other);
    return user === undefined ? [] : [{ ...user, ties: count }];
  });
}
