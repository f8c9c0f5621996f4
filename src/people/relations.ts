import { and, eq, sql } from "../storage/drizzle.ts";
import type { People } from "./people.ts";

const { placeholder } = sql;

const numbers = (ids: readonly number[]) => JSON.stringify(ids);
const setOf = (rows: readonly { id: number }[]): ReadonlySet<number> =>
  new Set(rows.map(({ id }) => id));

/** Those among the ids whom the user follows. */
export async function followedAmong(people: People, user: number, ids: readonly number[]) {
  const { follows } = people.db.tables;
  const statement = people.db.prepared("followed among", (query) =>
    query
      .select({ id: follows.followedId })
      .from(follows)
      .where(
        and(
          eq(follows.followerId, placeholder("user")),
          sql`${follows.followedId} in (select value from json_each(${placeholder("ids")}))`,
          eq(follows.hidden, 0),
        ),
      ),
  );
  return setOf(await statement.all({ user, ids: numbers(ids) }));
}

/** Those among the ids who follow the user. */
export async function followersAmong(people: People, user: number, ids: readonly number[]) {
  const { follows } = people.db.tables;
  const statement = people.db.prepared("followers among", (query) =>
    query
      .select({ id: follows.followerId })
      .from(follows)
      .where(
        and(
          eq(follows.followedId, placeholder("user")),
          sql`${follows.followerId} in (select value from json_each(${placeholder("ids")}))`,
          eq(follows.hidden, 0),
        ),
      ),
  );
  return setOf(await statement.all({ user, ids: numbers(ids) }));
}

/** Those among the ids who have blocked the user. */
export async function blockersAmong(people: People, user: number, ids: readonly number[]) {
  const { blocks } = people.db.tables;
  const statement = people.db.prepared("blockers among", (query) =>
    query
      .select({ id: blocks.blockerId })
      .from(blocks)
      .where(
        and(
          eq(blocks.blockedId, placeholder("user")),
          sql`${blocks.blockerId} in (select value from json_each(${placeholder("ids")}))`,
        ),
      ),
  );
  return setOf(await statement.all({ user, ids: numbers(ids) }));
}
