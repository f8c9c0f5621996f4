import { and, or, type SQL, sql } from "../../../storage/drizzle.ts";
import type { Store } from "../../store.ts";
import type { Search } from "./search-query.ts";
import { conditionOf, type UserFilters } from "./user-filters.ts";
import { keyOf, type Source } from "./user-ordering.ts";

export interface UserMatch {
  readonly filters: UserFilters;
  readonly search: Search;
  /** Whether people are also found by addresses that they keep to themselves. */
  readonly byPrivateEmail?: boolean;
}

export const allUsers = (store: Store, filters: UserFilters): Source => ({
  from: sql`${store.engine.tables.users}`,
  condition: conditionOf(store, filters),
});

/** The users that a search finds in indexes, and that pass the filters. */
export function matchByIndex(store: Store, query: UserMatch): Source {
  const { from, condition } = looking(store, query);
  return { from, condition: and(condition, conditionOf(store, query.filters)) };
}

/** Matches by reading users and comparing each with the search. */
export function matchByScan(store: Store, { search, filters }: UserMatch): Source {
  const { from, condition } = allUsers(store, filters);
  return { from, condition: and(condition, reading(store, search)) };
}

/** Looks a search up in indexes. The full-text index stops by itself at its limit. */
function looking(store: Store, query: UserMatch): { from: SQL; condition: SQL } {
  const { users } = store.engine.tables;
  const { whole, terms } = query.search;
  if (terms.length > 0 && !whole.includes("@")) {
    return {
      from: sql`(${store.engine.sql.search.named(terms)}) as named cross join ${users}`,
      condition: sql`${users.id} = found`,
    };
  }
  return { from: sql`${users}`, condition: sql`${users.id} in (${foundBy(store, query)})` };
}

/** The ids that a search finds, by names and by addresses. */
function foundBy(store: Store, { search: { whole, terms }, byPrivateEmail }: UserMatch): SQL {
  const named =
    terms.length === 0 ? sql`${hasExactName(store, whole)}` : store.engine.sql.search.named(terms);
  return whole.includes("@")
    ? sql`${named} union ${addressed(store, whole, byPrivateEmail)}`
    : named;
}

/** Users with this name or username. */
export function hasExactName(store: Store, whole: string): SQL {
  const { users } = store.engine.tables;
  return sql`select id from ${users} where ${keyOf(store, "username")} = ${whole}
    union select id from ${users} where ${keyOf(store, "name")} = ${whole}`;
}

/** Users with this address: their public one, or for administrators any confirmed one. */
function addressed({ engine }: Store, whole: string, byPrivate = false): SQL {
  const { users, emails } = engine.tables;
  if (byPrivate) {
    return sql`select user_id from ${emails} where lower(${emails.email}) = ${whole}
      and (${engine.sql.isTrue(emails.primary)} or ${emails.confirmedAt} is not null)`;
  }
  return sql`select id from ${users} where lower(${users.publicEmail}) = ${whole}
    and ${users.publicEmail} <> ''`;
}

/**
 * How well a user matches, the best first: by the address that they show, by username, by name, or
 * by a part of them. Only the few who match in whole are looked at for what it is that does.
 */
export function rankOf(store: Store, { whole }: Search): SQL {
  const { users } = store.engine.tables;
  const byAddress = sql`${hasExactName(store, whole)} union ${addressed(store, whole)}`;
  const exact = whole.includes("@") ? byAddress : hasExactName(store, whole);
  return sql`case when ${users.id} not in (${exact}) then 3
    when lower(${users.publicEmail}) = ${whole} then 0
    when ${keyOf(store, "username")} = ${whole} then 1 else 2 end`;
}

/** What the full-text index finds, as a condition on each row. */
function reading(store: Store, { terms }: Search): SQL {
  const { name, username } = store.engine.tables.users;
  const every = (column: typeof name | typeof username) =>
    and(...terms.map((term) => store.engine.sql.contains(column, term)));
  return sql`${or(every(name), every(username))}`;
}
