import { and, not, type SQL, sql } from "../storage/drizzle.ts";
import { idsContaining } from "./containing.ts";
import type { People } from "./people.ts";
import type { Search } from "./search-terms.ts";
import { called, everybody, found, rankOf, read, type Searching } from "./sought-users.ts";
import { asksElsewhere, rareIn, type UserFilters } from "./user-filters.ts";
import {
  keyOf,
  type Order,
  type Place,
  type Slice,
  type Source,
  selection,
  upTo,
} from "./user-order.ts";

const { placeholder } = sql;

/** Nobody is told of more rows than these, so nobody counts them. */
const COUNTED = 10_001;

/**
 * So many users are read in their order, to see whether what a search finds often is among them.
 * Only where it is not is all of it looked up and sorted.
 */
const READ = 5000;

export interface UserQuery extends Omit<Searching, "search"> {
  readonly search?: Search | undefined;
  /** Undefined for the newest first, or the best match first where there is a search. */
  readonly order?: Order | undefined;
}

const NEWEST_FIRST: Order = { by: "id", descending: true };
const BY_NAME: Order = { by: "name", descending: false };

/** The ids of a page by its number, and how many rows there are: 10,001 stands for any more. */
export async function numbered(
  people: People,
  asked: UserQuery,
  wanted: Slice,
): Promise<{ ids: readonly number[]; rows: number }> {
  const query = await lookedUp(people, asked);
  const { search, order } = query;
  const rows = isEverywhere(query) ? COUNTED : await counted(people, query);
  if (search === undefined || order !== undefined) {
    return { ids: idsOf(await inOrder(people, query, undefined, wanted)), rows };
  }
  const best = async () => idsOf(await bestFirst(people, { ...query, search }, wanted));
  return { ids: await remembered(people, query, wanted, best), rows };
}

const idsOf = (rows: readonly Pick<Place, "id">[]) => rows.map(({ id }) => id);

/** So many users after a place in the order, with their own places. */
export const following = async (
  people: People,
  query: UserQuery,
  after: Place | undefined,
  limit: number,
): Promise<Place[]> => inOrder(people, await lookedUp(people, query), after, { offset: 0, limit });

/** Those who have a text are looked up once where they are few, and else come soon by reading. */
async function lookedUp(people: People, query: UserQuery): Promise<UserQuery> {
  const { containing } = query.filters;
  if (containing === undefined) return query;
  const found = await idsContaining(people, containing, COUNTED);
  return { ...query, filters: { ...query.filters, found } };
}

/** Whether nothing is asked but for a text that was looked up and is too common to be counted. */
const isEverywhere = ({ filters, search }: UserQuery): boolean =>
  search === undefined &&
  filters.containing !== undefined &&
  Object.entries(filters).every(([name, wish]) => wish === undefined || name === "containing");

async function inOrder(
  people: People,
  query: UserQuery,
  after: Place | undefined,
  slice: Slice,
): Promise<Place[]> {
  const { search, order = NEWEST_FIRST } = query;
  if (search !== undefined) return sought(people, { ...query, search }, order, after, slice);
  const source = everybody(people, query.filters);
  if (!isOfEveryDay(query)) {
    const few = await fewOf(people, query.filters);
    return selection(
      people,
      { ...source, condition: and(source.condition, few) },
      order,
      after,
      slice,
    );
  }
  const shape = [order.by, order.descending, query.filters.withoutShutOut === true, !!after];
  const marks = { value: placeholder("value"), id: placeholder("id") };
  const part = { offset: placeholder("offset"), limit: placeholder("limit") };
  return people.db
    .prepared(`users by ${shape.join()}`, () =>
      selection(people, source, order, after && marks, part),
    )
    .all({ ...after, ...slice });
}

/** Whoever leafs through everybody asks one of a few questions, which are worth keeping parsed. */
const isOfEveryDay = ({ filters }: UserQuery): boolean =>
  Object.entries(filters).every(([name, wish]) => wish === undefined || name === "withoutShutOut");

/** Looks those up whom a filter finds seldom, where they are few indeed. */
async function fewOf(people: People, wanted: UserFilters): Promise<SQL | undefined> {
  const conditions: SQL[] = [];
  for (const { filters, condition } of rareIn(people, wanted)) {
    if ((await counted(people, { filters })) < COUNTED) conditions.push(condition);
  }
  return and(...conditions);
}

/** What a query finds, which is the same until a user is made, changed or deleted. */
function remembered<T extends number | readonly number[]>(
  { caches, roster }: People,
  { search, filters }: UserQuery,
  slice: Slice | undefined,
  find: () => Promise<T>,
): Promise<T> {
  if (search?.whole.includes("@") === true || asksElsewhere(filters)) return find();
  const key = JSON.stringify([search?.whole, filters, slice?.offset, slice?.limit]);
  return caches.finding(key, roster.latest, find);
}

/** How many rows a query has. */
function counted(people: People, query: UserQuery): Promise<number> {
  const { search, filters } = query;
  const source =
    search === undefined ? everybody(people, filters) : found(people, { ...query, search });
  return remembered(people, query, undefined, () => count(people, source));
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

/** Whether a search finds so many that reading users in order comes upon enough of them soon. */
async function isDense(people: People, query: Searching): Promise<boolean> {
  // LIKE takes capitals for small letters in ASCII alone, and knows no addresses.
  if (!/^[!-?A-~\s]*$/.test(query.search.whole)) return false;
  return (await counted(people, query)) >= COUNTED;
}

/** Users whom a search finds, in an order; `more` leaves some of them out. */
async function sought(
  people: People,
  query: Searching,
  order: Order,
  after: Place | undefined,
  slice: Slice,
  more?: SQL,
): Promise<Place[]> {
  const { from, condition } = found(people, query);
  const all = { from, condition: and(condition, more) };
  if (!(await isDense(people, query))) return selection(people, all, order, after, slice);
  const next = { offset: READ, limit: 1 };
  const [end] = await selection(people, everybody(people, {}), order, after, next);
  const users = read(people, query);
  const near = and(users.condition, more, end && upTo(people, order, end));
  const shown = await selection(people, { ...users, condition: near }, order, after, slice);
  if (end === undefined || shown.length === slice.limit) return shown;
  return selection(people, all, order, after, slice);
}

/** A page of what a search finds: whose address, username or name it is first, then by name. */
async function bestFirst(
  people: People,
  query: Searching,
  { offset, limit }: Slice,
): Promise<Pick<Place, "id">[]> {
  if (!(await isDense(people, query))) {
    return ranked(people, query, found(people, query), { offset, limit });
  }
  const { users } = people.db.tables;
  const own = sql`${users.id} in (${called(people, query.search.whole)})`;
  const { from, condition } = read(people, query);
  const named = { from, condition: and(own, condition) };
  const best = await ranked(people, query, named, { offset: 0, limit: offset + limit });
  const first = best.slice(offset);
  if (first.length === limit) return first;
  const wanted = { offset: Math.max(0, offset - best.length), limit: limit - first.length };
  return [...first, ...(await sought(people, query, BY_NAME, undefined, wanted, not(own)))];
}

function ranked(
  people: People,
  { search }: Searching,
  { from, condition }: Source,
  { offset, limit }: Slice,
) {
  const { users } = people.db.tables;
  return people.db.query
    .select({ id: sql<number>`${users.id}`.as("id") })
    .from(from)
    .where(condition)
    .orderBy(rankOf(people, search), keyOf(people, "name"), users.id)
    .limit(limit)
    .offset(offset);
}
