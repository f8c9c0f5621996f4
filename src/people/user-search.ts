import { and, or, type Placeholder, type SQL, sql } from "../storage/drizzle.ts";
import type { People } from "./people.ts";
import { matchOf, patternOf, type Search } from "./search-terms.ts";
import { asksElsewhere, conditionOf, type UserFilters } from "./user-filters.ts";

const { placeholder } = sql;

/**
 * Nobody is told of more rows than these, so nobody counts them. Fewer that a search finds are
 * sorted; where there are as many, users are read in their order until there are enough of them.
 */
const COUNTED = 10_001;

export type UserOrder = "id" | "name" | "username" | "updated_at";

export interface UserQuery {
  readonly filters: UserFilters;
  readonly search?: Search | undefined;
  /** Whether a search also finds people by addresses that they keep to themselves. */
  readonly byPrivateEmail?: boolean;
  /** Undefined for the newest first, or the best match first where there is a search. */
  readonly order?: { readonly by: UserOrder; readonly descending: boolean } | undefined;
}

/** A user's place in an order: the value that it goes by, and the id. */
export interface Place {
  readonly value: string | number;
  readonly id: number;
}

interface Slice {
  readonly offset: number;
  readonly limit: number;
}

type Searching = UserQuery & { readonly search: Search };

/** Which users a query has, said in the way that is cheapest to read a page of. */
interface Scope {
  readonly from: SQL;
  readonly condition: SQL | undefined;
  /** Whether users are read and held against a search, and not looked up. */
  readonly isDense: boolean;
}

/** The ids of a page by its number, and how many rows there are: 10,001 stands for any more. */
export async function numbered(
  people: People,
  query: UserQuery,
  wanted: Slice,
): Promise<{ ids: number[]; rows: number }> {
  const { search } = query;
  const scope = await scopeOf(people, query);
  const rows = await counted(people, query);
  if (search === undefined || query.order !== undefined) {
    const shown = await inOrder(people, query, scope, undefined, wanted);
    return { ids: shown.map(({ id }) => id), rows };
  }
  const page = scope.isDense ? walked : ranked;
  return { ids: await page(people, { ...query, search }, scope, wanted), rows };
}

/** So many users after a place in the order, with their own places. */
export async function following(
  people: People,
  query: UserQuery,
  after: Place | undefined,
  limit: number,
): Promise<Place[]> {
  return inOrder(people, query, await scopeOf(people, query), after, { offset: 0, limit });
}

const orderOf = ({ order }: UserQuery) => order ?? ({ by: "id", descending: true } as const);

/** Users of a source, in the order of a query. */
function inOrder(
  people: People,
  query: UserQuery,
  source: Source,
  after: Place | undefined,
  slice: Slice,
): Promise<Place[]> {
  if (!isOfEveryDay(query)) return selection(people, query, source, after, slice);
  const { by, descending } = orderOf(query);
  const shape = [by, descending, query.filters.withoutShutOut === true, after !== undefined];
  const marks = { value: placeholder("value"), id: placeholder("id") };
  const part = { offset: placeholder("offset"), limit: placeholder("limit") };
  return people.db
    .prepared(`users by ${shape.join()}`, () =>
      selection(people, query, source, after && marks, part),
    )
    .all({ ...after, ...slice });
}

/** Whoever leafs through everybody asks one of a few questions, which are worth keeping parsed. */
const isOfEveryDay = ({ search, filters }: UserQuery): boolean =>
  search === undefined &&
  Object.entries(filters).every(([name, wish]) => wish === undefined || name === "withoutShutOut");

type Given<T> = { readonly [Name in keyof T]: T[Name] | Placeholder };

function selection(
  people: People,
  query: UserQuery,
  { from, condition }: Source,
  after: Given<Place> | undefined,
  { offset, limit }: Given<Slice>,
) {
  const { users } = people.db.tables;
  const { by, descending } = orderOf(query);
  const value = keyOf(people, by);
  const way = sql.raw(descending ? "desc" : "asc");
  return people.db.query
    .select({ id: sql<number>`${users.id}`.as("id"), value: value.as("value") })
    .from(from)
    .where(and(condition, after && beyond(people, by, descending, after)))
    .orderBy(...(by === "id" ? [] : [sql`${value} ${way}`]), sql`${users.id} ${way}`)
    .limit(limit)
    .offset(offset);
}

function keyOf({ db: { tables } }: People, by: UserOrder): SQL<string | number> {
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

function beyond(
  people: People,
  by: UserOrder,
  descending: boolean,
  { value, id }: Given<Place>,
): SQL {
  const own = people.db.tables.users.id;
  const way = sql.raw(descending ? "<" : ">");
  return by === "id"
    ? sql`${own} ${way} ${id}`
    : sql`(${keyOf(people, by)}, ${own}) ${way} (${value}, ${id})`;
}

async function scopeOf(people: People, query: UserQuery): Promise<Scope> {
  const { users } = people.db.tables;
  const { search, filters } = query;
  const visible = conditionOf(people, filters);
  if (search === undefined) return { from: sql`${users}`, condition: visible, isDense: false };
  // LIKE takes capitals for small letters in ASCII alone, and knows no addresses.
  if (!/^[!-?A-~\s]*$/.test(search.whole) || (await counted(people, query)) < COUNTED) {
    return { ...found(people, { ...query, search }), isDense: false };
  }
  const condition = and(visible, reading(people, search));
  return { from: sql`${users}`, condition, isDense: true };
}

type Source = Pick<Scope, "from" | "condition">;

/** Those whom a search finds in indexes, as far as the filters let them be seen. */
function found(people: People, query: Searching): Source {
  const { from, condition } = looking(people, query);
  return { from, condition: and(condition, conditionOf(people, query.filters)) };
}

/** How many rows a query has; remembered until a user is made, changed or deleted. */
function counted(people: People, query: UserQuery): Promise<number> {
  const { search, filters } = query;
  const { users } = people.db.tables;
  const everybody = { from: sql`${users}`, condition: conditionOf(people, filters) };
  const source = search === undefined ? everybody : found(people, { ...query, search });
  const rest = search?.whole.includes("@") || asksElsewhere(filters);
  if (rest) return count(people, source);
  const key = JSON.stringify([search?.whole, filters]);
  return people.caches.count(key, people.roster.latest, () => count(people, source));
}

function count(people: People, { from, condition }: Source): Promise<number> {
  const some = people.db.query
    .select({ one: sql`1`.as("one") })
    .from(from)
    .where(condition)
    .limit(COUNTED)
    .as("some");
  return people.db.query.$count(some);
}

/** Looks a search up in indexes. The full-text one says by itself when there are enough. */
function looking(people: People, query: Searching): { from: SQL; condition: SQL } {
  const { users } = people.db.tables;
  const { whole, terms } = query.search;
  if (terms.length > 0 && !whole.includes("@")) {
    return {
      from: sql`(select rowid as found from users_search
        where users_search match ${matchOf(terms)}) cross join ${users}`,
      condition: sql`${users.id} = found`,
    };
  }
  return { from: sql`${users}`, condition: sql`${users.id} in (${foundBy(people, query)})` };
}

/** The ids that a search finds, by names and by addresses. */
function foundBy(people: People, { search, byPrivateEmail }: UserQuery): SQL {
  const { whole, terms } = search ?? { whole: "", terms: [] };
  const named =
    terms.length === 0
      ? sql`${called(people, whole)}`
      : sql`select rowid from users_search where users_search match ${matchOf(terms)}`;
  return whole.includes("@")
    ? sql`${named} union ${addressed(people, whole, byPrivateEmail)}`
    : named;
}

/** Those whose whole name or username it is. */
function called(people: People, whole: string): SQL {
  const { users } = people.db.tables;
  return sql`select id from ${users} where ${keyOf(people, "username")} = ${whole}
    union select id from ${users} where ${keyOf(people, "name")} = ${whole}`;
}

/** Those whose address it is: one that they show, or for administrators any confirmed one. */
function addressed({ db: { tables } }: People, whole: string, byPrivate = false): SQL {
  const { users, emails } = tables;
  if (byPrivate) {
    return sql`select user_id from ${emails} where lower(${emails.email}) = ${whole}
      and (${emails.primary} = 1 or ${emails.confirmedAt} is not null)`;
  }
  return sql`select id from ${users} where lower(${users.publicEmail}) = ${whole}
    and ${users.publicEmail} <> ''`;
}

/** The same as the full-text index finds, as a condition to hold each row against. */
function reading(people: People, { terms }: Search): SQL {
  const { name, username } = people.db.tables.users;
  const every = (column: typeof name | typeof username) =>
    and(...terms.map((term) => sql`${column} like ${patternOf(term)} escape '\\'`));
  return sql`${or(every(name), every(username))}`;
}

/** A page of what a search finds: whose address, username or name it is first, then by name. */
async function ranked(
  people: People,
  { search: { whole } }: Searching,
  { from, condition }: Source,
  { offset, limit }: Slice,
): Promise<number[]> {
  const { users } = people.db.tables;
  const name = keyOf(people, "name");
  const rank = sql`case when lower(${users.publicEmail}) = ${whole} then 0
    when lower(${users.username}) = ${whole} then 1 when ${name} = ${whole} then 2 else 3 end`;
  const rows = await people.db.query
    .select({ id: sql<number>`${users.id}`.as("id") })
    .from(from)
    .where(condition)
    .orderBy(rank, name, users.id)
    .limit(limit)
    .offset(offset);
  return rows.map(({ id }) => id);
}

/** The same page without sorting: first those whose name it is, then the rest in their order. */
async function walked(
  people: People,
  query: Searching,
  { from, condition }: Source,
  { offset, limit }: Slice,
): Promise<number[]> {
  const { users } = people.db.tables;
  const own = sql`${users.id} in (${called(people, query.search.whole)})`;
  const named = { from, condition: and(own, conditionOf(people, query.filters)) };
  const best = await ranked(people, query, named, { offset: 0, limit: offset + limit });
  const first = best.slice(offset);
  if (first.length === limit) return first;
  const byName = { filters: {}, order: { by: "name", descending: false } } as const;
  const rest = { from, condition: and(condition, sql`not ${own}`) };
  const wanted = { offset: Math.max(0, offset - best.length), limit: limit - first.length };
  return [
    ...first,
    ...(await selection(people, byName, rest, undefined, wanted)).map(({ id }) => id),
  ];
}
