import { and, type Placeholder, type SQL, sql } from "../../../storage/drizzle.ts";
import type { Store } from "../../store.ts";

export type UserOrder = "id" | "name" | "username" | "updated_at";

/** A way through the users; where the value is the same, by id. */
export interface Order {
  readonly by: UserOrder;
  readonly descending: boolean;
}

/** A user's place in an order: the value that is ordered by, and the id. */
export interface CursorPosition {
  readonly value: string | number;
  readonly id: number;
}

export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** Where users come from, and which of them. */
export interface Source {
  readonly from: SQL;
  readonly condition: SQL | undefined;
}

/** Values, or their placeholders in a prepared statement. */
type OrPlaceholder<T> = { readonly [Name in keyof T]: T[Name] | Placeholder };

/** Up to `limit` users of a source after a place in an order, or from its beginning, with their places. */
export function selectUsers(
  store: Store,
  { from, condition }: Source,
  order: Order,
  after: OrPlaceholder<CursorPosition> | undefined,
  { offset, limit }: OrPlaceholder<Slice>,
  query = store.engine.slowQuery,
) {
  const { users } = store.engine.tables;
  const value = keyOf(store, order.by);
  const way = sql.raw(order.descending ? "desc" : "asc");
  return query
    .select({ id: sql<number>`${users.id}`.as("id"), value: value.as("value") })
    .from(from)
    .where(and(condition, after && afterPosition(store, order, after)))
    .orderBy(...(order.by === "id" ? [] : [sql`${value} ${way}`]), sql`${users.id} ${way}`)
    .limit(limit)
    .offset(offset);
}

/** The expression that an order sorts by, spelled as in the indexes. */
export function keyOf({ engine: { tables } }: Store, by: UserOrder): SQL<string | number> {
  const { id, name, username, updatedAt } = tables.users;
  switch (by) {
    case "id":
      return sql`${id}`;
    case "name":
      return sql`lower(case ${name} when '' then ${username} else ${name} end)`;
    case "username":
      return sql`lower(${username})`;
    case "updated_at":
      return sql`${updatedAt}`;
  }
}

/** Only those who come after a place. */
const afterPosition = (store: Store, order: Order, place: OrPlaceholder<CursorPosition>): SQL =>
  compared(store, order, order.descending ? "<" : ">", "", place);

/** Only those who do not. */
export const upToPosition = (
  store: Store,
  order: Order,
  place: OrPlaceholder<CursorPosition>,
): SQL => compared(store, order, order.descending ? ">" : "<", "=", place);

/**
 * SQLite seeks no index on an expression by a row value, so the value bounds what is read and the
 * id decides among those who share it.
 */
function compared(
  store: Store,
  { by }: Order,
  way: "<" | ">",
  orSame: "" | "=",
  { value, id }: OrPlaceholder<CursorPosition>,
): SQL {
  const ownId = store.engine.tables.users.id;
  const byId = sql`${ownId} ${sql.raw(way + orSame)} ${id}`;
  if (by === "id") return byId;
  const own = keyOf(store, by);
  const strictly = sql`${own} ${sql.raw(way)} ${value}`;
  return sql`${own} ${sql.raw(`${way}=`)} ${value} and (${strictly} or ${byId})`;
}
