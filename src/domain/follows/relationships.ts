import { and, eq, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";
import { type EdgeEnd, followColumns } from "./edge-queries.ts";

const { placeholder } = sql;

const setOf = (rows: readonly { id: number }[]): ReadonlySet<number> =>
  new Set(rows.map(({ id }) => id));

/** The ids among some that stand at one end of a user's visible follows. */
async function among(
  { engine }: Store,
  [name, end]: [string, EdgeEnd],
  user: number,
  ids: readonly number[],
) {
  const { follows } = engine.tables;
  const [own, other] = followColumns(engine, end);
  const statement = engine.prepared(name, (query) =>
    query
      .select({ id: other })
      .from(follows)
      .where(
        and(
          eq(own, placeholder("user")),
          engine.sql.among(other, placeholder("ids")),
          eq(follows.hidden, 0),
        ),
      ),
  );
  return setOf(await statement.all({ user, ids: engine.sql.idList(ids) }));
}

/** The ids that the user follows. */
export const filterFollowed = (store: Store, user: number, ids: readonly number[]) =>
  among(store, ["followed among", "following"], user, ids);

/** Those among the ids who follow the user. */
export const followersAmong = (store: Store, user: number, ids: readonly number[]) =>
  among(store, ["followers among", "followers"], user, ids);

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
