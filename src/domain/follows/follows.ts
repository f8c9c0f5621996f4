import {
  and,
  eq,
  isNotNull,
  ne,
  not,
  type Placeholder,
  type SQL,
  sql,
} from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";
import { isVisible, type ListOwner } from "../user.ts";
import type { EdgeList, ListKind } from "./edge-queries.ts";
import { edgesAfter } from "./edge-queries.ts";

const { placeholder } = sql;

const FOLLOWER_HIDDEN = 1;
const FOLLOWED_HIDDEN = 2;

interface Change {
  followerId: number;
  followedId: number;
  seq: number;
  hidden: number;
}

/** The list of one user, as its owner's standing makes it. */
export function listOf(kind: ListKind, owner: number, ownerListed: boolean): EdgeList {
  const ownMark = kind === "following" ? FOLLOWER_HIDDEN : FOLLOWED_HIDDEN;
  return { kind, owner, hidden: ownerListed ? 0 : ownMark };
}

/** Tells what is remembered about both ends that an edge came or went. */
function noteChange(store: Store, change: Change, by: 1 | -1): void {
  const { followerId, followedId, seq, hidden } = change;
  store.followVersions.touch(followerId, followedId);
  if ((hidden & FOLLOWER_HIDDEN) === 0) {
    const inSight = (hidden & FOLLOWED_HIDDEN) === 0;
    store.ranks.moved(listOf("followers-by-time", followedId, inSight), seq, by);
    store.ranks.moved(listOf("followers-by-id", followedId, inSight), followerId, by);
  }
  if ((hidden & FOLLOWED_HIDDEN) === 0) {
    const inSight = (hidden & FOLLOWER_HIDDEN) === 0;
    store.ranks.moved(listOf("following", followerId, inSight), followedId, by);
  }
}

const changed = ({ engine: { tables } }: Store) => ({
  followerId: tables.follows.followerId,
  followedId: tables.follows.followedId,
  seq: tables.follows.seq,
  hidden: tables.follows.hidden,
});

function insertion(store: Store) {
  const { follows, users, blocks } = store.engine.tables;
  const a = placeholder("a");
  const b = placeholder("b");
  // Scalar subqueries: with a second cursor on `users`, which the triggers write to, SQLite takes
  // three times as long for the whole statement.
  const mark = (end: Placeholder, hidden: SQL) =>
    sql<number>`(select case when state = 'active' and type = 'human' then 0 else ${hidden} end
      from ${users} where id = ${end})`;
  const between = (blocker: Placeholder, blocked: Placeholder) =>
    sql`exists (select 1 from ${blocks} where blocker_id = ${blocker} and blocked_id = ${blocked})`;
  return store.engine.prepared("follow", (query) => {
    const follower = mark(a, sql`1`);
    const edge = query
      .select({
        followerId: sql<number>`${a}`.as("follower_id"),
        followedId: users.id,
        seq: store.engine.sql.nextFollow().as("seq"),
        createdAt: sql<number>`${placeholder("now")}`.as("created_at"),
        hidden: sql<number>`${follower} + ${mark(b, sql`2`)}`.as("hidden"),
      })
      .from(users)
      .where(
        and(
          eq(users.id, b),
          ne(users.id, a),
          // Whoever asks may have been deleted since they were let in.
          isNotNull(follower),
          not(between(a, b)),
          not(between(b, a)),
        ),
      );
    return query.insert(follows).select(edge).onConflictDoNothing().returning(changed(store));
  });
}

/**
 * Makes one user follow another. Following twice, following oneself and following across a block
 * change nothing; says whether the edge is new.
 */
export async function follow(store: Store, follower: number, followed: number): Promise<boolean> {
  const now = Math.floor(store.clock() / 1000);
  const [rows] = await store.engine.transaction(
    insertion(store).with({ a: follower, b: followed, now }),
  );
  for (const change of rows) noteChange(store, change, 1);
  return rows.length > 0;
}

/**
 * The same, unless the follower has so many follows already, hidden ones included; 0 for any
 * number. The limit is looked at just before the insert, so that two at once may pass it by one.
 */
export async function followUpTo(
  store: Store,
  follower: number,
  followed: number,
  limit: number,
): Promise<"followed" | "unchanged" | "limited"> {
  if (limit > 0 && follower !== followed) {
    // A limit's worth of rows at most, however many there are.
    const mine = await firstFollows(store).all({ a: follower, limit });
    if (mine.length >= limit && (await edge(store).get({ a: follower, b: followed })) === undefined)
      return "limited";
  }
  return (await follow(store, follower, followed)) ? "followed" : "unchanged";
}

const firstFollows = ({ engine }: Store) =>
  engine.prepared("first follows", (query) =>
    query
      .select({ id: engine.tables.follows.followedId })
      .from(engine.tables.follows)
      .where(eq(engine.tables.follows.followerId, placeholder("a")))
      .limit(placeholder("limit")),
  );

function deletion(store: Store) {
  const { follows } = store.engine.tables;
  return store.engine.prepared("unfollow", (query) =>
    query
      .delete(follows)
      .where(
        and(eq(follows.followerId, placeholder("a")), eq(follows.followedId, placeholder("b"))),
      )
      .returning(changed(store)),
  );
}

/** Takes the edge away; says whether there was one. */
export async function unfollow(store: Store, follower: number, followed: number): Promise<boolean> {
  const [rows] = await store.engine.transaction(deletion(store).with({ a: follower, b: followed }));
  for (const change of rows) noteChange(store, change, -1);
  return rows.length > 0;
}

/** Whether the edge exists and both ends are in sight. */
export async function isFollowing(
  store: Store,
  follower: number,
  followed: number,
): Promise<boolean> {
  return (await edge(store).get({ a: follower, b: followed }))?.hidden === 0;
}

const edge = ({ engine }: Store) =>
  engine.prepared("edge", (query) =>
    query
      .select({ hidden: engine.tables.follows.hidden })
      .from(engine.tables.follows)
      .where(
        and(
          eq(engine.tables.follows.followerId, placeholder("a")),
          eq(engine.tables.follows.followedId, placeholder("b")),
        ),
      ),
  );

/** The ids of one page of a list. `owner` is the user as `users.standing` tells. */
export async function listFollowIds(
  store: Store,
  kind: ListKind,
  owner: ListOwner,
  { offset, limit }: { offset: number; limit: number },
): Promise<number[]> {
  const list = listOf(kind, owner.id, isVisible(owner));
  const total = kind === "following" ? owner.following : owner.followers;
  if (offset >= total) return [];
  const { after, skip } = await store.ranks.place(list, offset, total);
  const edges = await edgesAfter(store.engine, list, after, skip, limit);
  return edges.map(({ id }) => id);
}
