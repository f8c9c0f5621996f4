import { and, type Placeholder, type SQL, sql } from "../storage/drizzle.ts";
import type { People } from "./people.ts";

export type UserOrder = "id" | "name" | "username" | "updated_at";

/** A way through the users; where the value is the same, by id. */
export interface Order {
  readonly by: UserOrder;
  readonly descending: boolean;
}

/** A user's place in an order: the value that it goes by, and the id. */
export interface Place {
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

/** The same, where a statement is made once for many values. */
export type Given<T> = { readonly [Name in keyof T]: T[Name] | Placeholder };

/** So many users of a source after a place in an order, or from its beginning, with their places. */
export function selection(
  people: People,
  { from, condition }: Source,
  order: Order,
  after: Given<Place> | undefined,
  { offset, limit }: Given<Slice>,
) {
  const { users } = people.db.tables;
  const value = keyOf(people, order.by);
  const way = sql.raw(order.descending ? "desc" : "asc");
  return people.db.query
    .select({ id: sql<number>`${users.id}`.as("id"), value: value.as("value") })
    .from(from)
    .where(and(condition, after && beyond(people, order, after)))
    .orderBy(...(order.by === "id" ? [] : [sql`${value} ${way}`]), sql`${users.id} ${way}`)
    .limit(limit)
    .offset(offset);
}

/** What an order goes by, said as the indexes say it. */
export function keyOf({ db: { tables } }: People, by: UserOrder): SQL<string | number> {
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
export const beyond = (people: People, order: Order, place: Given<Place>): SQL =>
  compared(people, order, order.descending ? "<" : ">", "", place);

/** Only those who do not. */
export const upTo = (people: People, order: Order, place: Given<Place>): SQL =>
  compared(people, order, order.descending ? ">" : "<", "=", place);

/**
 * SQLite seeks no index on an expression by a row value, so the value bounds what is read and the
 * id decides among those who share it.
 */
function compared(
  people: People,
  { by }: Order,
  way: "<" | ">",
  orSame: "" | "=",
  { value, id }: Given<Place>,
): SQL {
  const ownId = people.db.tables.users.id;
  const byId = sql`${ownId} ${sql.raw(way + orSame)} ${id}`;
  if (by === "id") return byId;
  const own = keyOf(people, by);
  const strictly = sql`${own} ${sql.raw(way)} ${value}`;
  return sql`${own} ${sql.raw(`${way}=`)} ${value} and (${strictly} or ${byId})`;
}
