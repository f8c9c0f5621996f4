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
import type { EngineSql } from "../../storage/engine.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";

const { placeholder } = sql;

const changed = ({ engine: { tables } }: Store) => ({
  followerId: tables.follows.followerId,
  followedId: tables.follows.followedId,
  seq: tables.follows.seq,
  hidden: tables.follows.hidden,
});

/** Of follows that one user may have, where there is no limit. */
const NO_LIMIT = 0;
/**
 * Where several statements write at once, each counts what it sees as it begins. So many follows
 * below the limit, a follower's statements begin to wait for each other; no user has so many of them
 * under way, as all nodes together have fewer connections to write by.
 */
const NEAR_LIMIT = 150;

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
          store.engine.sql.isTrue(users.enabledFollowing),
          sql`exists (select 1 from ${users} as me where me.id = ${a}
            and ${store.engine.sql.isTrue(sql`me.enabled_following`)})`,
          // The follower may have been deleted since the request was authenticated.
          isNotNull(follower),
          not(between(a, b)),
          not(between(b, a)),
          // Counted here, so that no number of requests at once passes the limit.
          sql`(${placeholder("limit")} < 1 or (select count(*) from (select 1 from ${follows}
            where follower_id = ${a} limit ${placeholder("limit")}) as mine)
              < ${placeholder("limit")})`,
        ),
      );
    return query.insert(follows).select(edge).onConflictDoNothing().returning(changed(store));
  });
}

/**
 * Makes one user follow another. Following twice, following oneself, following across a block and
 * following where either end has switched it off (`enabledFollowing`) change nothing; says whether the edge is new.
 */
export async function follow(
  store: Store,
  follower: number,
  followed: number,
  limit: number = NO_LIMIT,
): Promise<boolean> {
  const [rows] = await store.engine.transaction(
    insertion(store).with(valuesOf(store, follower, followed, limit)),
  );
  for (const edge of rows) invalidate.followChanged(store, edge, 1);
  return rows.length > 0;
}

const valuesOf = (store: Store, a: number, b: number, limit: number) => ({
  ...{ a, b, limit },
  now: Math.floor(store.clock() / 1000),
});

/** Like `follow`, after all others that this follower has under way in the same manner. */
async function followInTurn(
  store: Store,
  lock: NonNullable<EngineSql["lockFollows"]>,
  [follower, followed, limit]: [number, number, number],
): Promise<boolean> {
  const { users } = store.engine.tables;
  const turn = store.engine.prepared("turn to follow", (query) =>
    query
      .select({ locked: lock(placeholder("a")) })
      .from(users)
      .where(eq(users.id, placeholder("a"))),
  );
  // Two statements: what the first has waited for, the second sees.
  const [, rows] = await store.engine.transaction(
    turn.with({ a: follower }),
    insertion(store).with(valuesOf(store, follower, followed, limit)),
  );
  for (const edge of rows) invalidate.followChanged(store, edge, 1);
  return rows.length > 0;
}

/**
 * Like `follow`, for at most `limit` follows of the follower, hidden ones included; 0 for no limit.
 */
export async function followWithinLimit(
  store: Store,
  follower: number,
  followed: number,
  limit: number,
): Promise<"followed" | "unchanged" | "limited"> {
  const { lockFollows } = store.engine.sql;
  const isLocked = limit !== NO_LIMIT && lockFollows !== undefined;
  const free = isLocked ? limit - NEAR_LIMIT : limit;
  if (free > 0 || limit === NO_LIMIT) {
    if (await follow(store, follower, followed, free)) return "followed";
  }
  if (limit === NO_LIMIT || follower === followed) return "unchanged";
  if ((await edge(store).get({ a: follower, b: followed })) !== undefined) return "unchanged";
  if (isLocked && (await countFollows(store, follower, limit)) >= free) {
    if (await followInTurn(store, lockFollows, [follower, followed, limit])) return "followed";
  }
  return (await countFollows(store, follower, limit)) >= limit ? "limited" : "unchanged";
}

/** How many follows a user has, hidden ones included, up to a limit. */
async function countFollows(store: Store, a: number, limit: number): Promise<number> {
  return (await firstFollows(store).all({ a, limit })).length;
}

/** A limit's worth of rows at most, however many there are. */
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
  for (const edge of rows) invalidate.followChanged(store, edge, -1);
  return rows.length > 0;
}

/** Whether the edge exists and both ends are in sight. */
export async function isFollowing(
  store: Store,
  follower: number,
  followed: number,
): Promise<boolean> {
  const read = async () => (await edge(store).get({ a: follower, b: followed }))?.hidden === 0;
  // Other nodes change follows without moving the versions of this node.
  if (store.engine.changes.catchUp !== undefined) return read();
  const version = store.followVersions.of(follower);
  return (await store.edges.get(`${follower} ${followed}`, version, read)) === true;
}

const edge = ({ engine }: Store) =>
  engine.prepared(
    "edge",
    (query) =>
      query
        .select({ hidden: engine.tables.follows.hidden })
        .from(engine.tables.follows)
        .where(
          and(
            eq(engine.tables.follows.followerId, placeholder("a")),
            eq(engine.tables.follows.followedId, placeholder("b")),
          ),
        ),
    { gather: true },
  );
