import { and, eq, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

const { placeholder } = sql;

const setOf = (rows: readonly { id: number }[]): ReadonlySet<number> =>
  new Set(rows.map(({ id }) => id));

/** Those among the ids whom the user follows. */
export async function filterFollowed(store: Store, user: number, ids: readonly number[]) {
  const { follows } = store.engine.tables;
  const statement = store.engine.prepared("followed among", (query) =>
    query
      .select({ id: follows.followedId })
      .from(follows)
      .where(
        and(
          eq(follows.followerId, placeholder("user")),
          store.engine.sql.among(follows.followedId, placeholder("ids")),
          eq(follows.hidden, 0),
        ),
      ),
  );
  return setOf(await statement.all({ user, ids: store.engine.sql.idList(ids) }));
}

/** Those among the ids who follow the user. */
export async function followersAmong(store: Store, user: number, ids: readonly number[]) {
  const { follows } = store.engine.tables;
  const statement = store.engine.prepared("followers among", (query) =>
    query
      .select({ id: follows.followerId })
      .from(follows)
      .where(
        and(
          eq(follows.followedId, placeholder("user")),
          store.engine.sql.among(follows.followerId, placeholder("ids")),
          eq(follows.hidden, 0),
        ),
      ),
  );
  return setOf(await statement.all({ user, ids: store.engine.sql.idList(ids) }));
}

/** Those among the ids who have blocked the user. */
export async function blockersAmong(store: Store, user: number, ids: readonly number[]) {
  const { blocks } = store.engine.tables;
  const statement = store.engine.prepared("blockers among", (query) =>
    query
      .select({ id: blocks.blockerId })
      .from(blocks)
      .where(
        and(
          eq(blocks.blockedId, placeholder("user")),
          store.engine.sql.among(blocks.blockerId, placeholder("ids")),
        ),
      ),
  );
  return setOf(await statement.all({ user, ids: store.engine.sql.idList(ids) }));
}
