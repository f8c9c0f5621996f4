import { and, asc, not, or, type SQL, sql } from "../../../storage/drizzle.ts";
import { COUNT_CAP, countUpTo } from "../../count-cap.ts";
import type { Store } from "../../store.ts";
import type { User } from "../../user.ts";
import {
  allUsers,
  hasExactName,
  matchByIndex,
  matchByScan,
  rankOf,
  type UserMatch,
} from "./match-users.ts";
import type { Search } from "./search-query.ts";
import { idsContaining } from "./substring-match.ts";
import { needsOtherTables, selectiveFilters, type UserFilters } from "./user-filters.ts";
import {
  type CursorPosition,
  keyOf,
  type Order,
  type Slice,
  type Source,
  selectUsers,
  upToPosition,
} from "./user-ordering.ts";

const { placeholder } = sql;

/** Rows that are skipped beyond this take a while. */
const DEEP_OFFSET = 1000;

/**
 * So many users are read in their order, to see whether what a search finds often is among them.
 * Only where it is not is all of it looked up and sorted.
 */
const MAX_SCANNED_ROWS = 5000;

export interface UserQuery extends Omit<UserMatch, "search"> {
  readonly search?: Search | undefined;
  /** Undefined for the newest first, or the best match first where there is a search. */
  readonly order?: Order | undefined;
}

const NEWEST_FIRST: Order = { by: "id", descending: true };
const BY_NAME: Order = { by: "name", descending: false };

/** The ids of a page by its number, and how many rows there are: 10,001 stands for any more. */
export async function listUsersByPage(
  store: Store,
  asked: UserQuery,
  slice: Slice,
): Promise<{ ids: readonly number[]; rows: number }> {
  const query = await lookedUp(store, asked);
  const { search, order } = query;
  const rows = isEverywhere(query) ? COUNT_CAP : await counted(store, query);
  if (search === undefined || order !== undefined) {
    return { ids: idsOf(await inOrder(store, query, undefined, slice)), rows };
  }
  const best = async () => idsOf(await bestFirst(store, { ...query, search }, slice));
  return { ids: await remembered(store, query, slice, best), rows };
}

const idsOf = (rows: readonly Pick<CursorPosition, "id">[]) => rows.map(({ id }) => id);

/** So many users after a place in the order, with their own places. */
export const listUsersAfter = async (
  store: Store,
  query: UserQuery,
  after: CursorPosition | undefined,
  limit: number,
): Promise<CursorPosition[]> =>
  inOrder(store, await lookedUp(store, query), after, { offset: 0, limit });

/** Those who have a text are looked up once where they are few, and else come soon by reading. */
async function lookedUp(store: Store, query: UserQuery): Promise<UserQuery> {
  const { containing, inPrivateEmail = false } = query.filters;
  if (containing === undefined) return query;
  const found = await idsContaining(store, containing, inPrivateEmail, COUNT_CAP);
  return { ...query, filters: { ...query.filters, found } };
}

/** Whether nothing is asked but for a text that was looked up and is too common to be counted. */
const isEverywhere = ({ filters, search }: UserQuery): boolean =>
  search === undefined &&
  filters.containing !== undefined &&
  Object.entries(filters).every(
    ([name, value]) => value === undefined || name === "containing" || name === "inPrivateEmail",
  );

async function inOrder(
  store: Store,
  query: UserQuery,
  after: CursorPosition | undefined,
  slice: Slice,
): Promise<CursorPosition[]> {
  const { search, order = NEWEST_FIRST } = query;
  if (search !== undefined) return sought(store, { ...query, search }, order, after, slice);
  const source = allUsers(store, query.filters);
  if (!isOfEveryDay(query)) {
    const few = await fewOf(store, query.filters);
    return selectUsers(
      store,
      { ...source, condition: and(source.condition, few) },
      order,
      after,
      slice,
    );
  }
  const slow = slice.offset > DEEP_OFFSET;
  const shape = [order.by, order.descending, query.filters.withoutShutOut === true, !!after, slow];
  const marks = { value: placeholder("value"), id: placeholder("id") };
  const part = { offset: placeholder("offset"), limit: placeholder("limit") };
  return store.engine
    .prepared(
      `users by ${shape.join()}`,
      (own) => selectUsers(store, source, order, after && marks, part, own),
      { slow },
    )
    .all({ ...after, ...slice });
}

/** Clients that page through all users ask one of a few questions, which are worth keeping parsed. */
const isOfEveryDay = ({ filters }: UserQuery): boolean =>
  Object.entries(filters).every(
    ([name, value]) => value === undefined || name === "withoutShutOut",
  );

/** The conditions of selective filters that leave fewer than `COUNT_CAP` users. */
async function fewOf(store: Store, all: UserFilters): Promise<SQL | undefined> {
  const conditions: SQL[] = [];
  for (const { filters, condition } of selectiveFilters(store, all)) {
    if ((await counted(store, { filters })) < COUNT_CAP) conditions.push(condition);
  }
  return and(...conditions);
}

/** What a query finds, which is the same until a user is created, changed or deleted. */
async function remembered<T extends number | readonly number[]>(
  { searchResults, userListVersions }: Store,
  { search, filters }: UserQuery,
  slice: Slice | undefined,
  find: () => Promise<T>,
): Promise<T> {
  if (search?.whole.includes("@") === true || needsOtherTables(filters)) return find();
  const key = JSON.stringify([search?.whole, filters, slice?.offset, slice?.limit]);
  return (await searchResults.get(key, userListVersions.latest, find)) as T;
}

/** Ids that are found with their count, so that an index is not read a second time for them. */
const MAX_FOUND_IDS = 100;

/** The ids that a search finds where they are few; else how many they are. */
function matches(store: Store, query: UserMatch): Promise<number | readonly number[]> {
  const { from, condition } = matchByIndex(store, query);
  const { tables, sql: own, slowQuery } = store.engine;
  return remembered(store, query, undefined, async () => {
    const part = sql`(select ${tables.users.id} as id from ${from}
      where ${condition} limit ${COUNT_CAP}) as part`;
    const [row] = await slowQuery
      .select({
        count: sql<number>`count(*)`.as("count"),
        ids: sql<string | null>`case when count(*) <= ${MAX_FOUND_IDS}
          then ${own.joinedIds(sql`id`)} end`.as("ids"),
      })
      .from(part);
    if (row === undefined || row.count > MAX_FOUND_IDS) return row?.count ?? 0;
    return row.ids === null ? [] : row.ids.split(",").map(Number);
  });
}

/** How many rows a query has. */
async function counted(store: Store, query: UserQuery): Promise<number> {
  const { search, filters } = query;
  if (search === undefined) {
    const { from, condition } = allUsers(store, filters);
    return remembered(store, query, undefined, () =>
      countUpTo(store.engine.slowQuery, from, condition),
    );
  }
  const found = await matches(store, { ...query, search });
  return typeof found === "number" ? found : found.length;
}

/**
 * Those whom a search finds, by an index; undefined where they are so many that reading users in
 * order comes upon enough of them soon.
 */
async function unlessDense(store: Store, query: UserMatch): Promise<Source | undefined> {
  // Reading knows no addresses.
  if (query.search.whole.includes("@")) return matchByIndex(store, query);
  const found = await matches(store, query);
  if (typeof found === "number") {
    return found >= COUNT_CAP ? undefined : matchByIndex(store, query);
  }
  const { tables, sql: own } = store.engine;
  return { from: sql`${tables.users}`, condition: own.among(tables.users.id, own.idList(found)) };
}

/** The users that a search finds, in an order; `more` is one more condition. */
async function sought(
  store: Store,
  query: UserMatch,
  order: Order,
  after: CursorPosition | undefined,
  slice: Slice,
  more?: SQL,
): Promise<CursorPosition[]> {
  const few = await unlessDense(store, query);
  const { from, condition } = few ?? matchByIndex(store, query);
  const all = { from, condition: and(condition, more) };
  if (few !== undefined) return selectUsers(store, all, order, after, slice);
  const next = { offset: MAX_SCANNED_ROWS, limit: 1 };
  const [end] = await selectUsers(store, allUsers(store, {}), order, after, next);
  const users = matchByScan(store, query);
  const near = and(users.condition, more, end && upToPosition(store, order, end));
  const shown = await selectUsers(store, { ...users, condition: near }, order, after, slice);
  if (end === undefined || shown.length === slice.limit) return shown;
  return selectUsers(store, all, order, after, slice);
}

/** A page of what a search finds: exact matches of address, username or name first, then by name. */
async function bestFirst(
  store: Store,
  query: UserMatch,
  { offset, limit }: Slice,
): Promise<Pick<CursorPosition, "id">[]> {
  const few = await unlessDense(store, query);
  if (few !== undefined) return ranked(store, query, few, { offset, limit });
  const { users } = store.engine.tables;
  const own = sql`${users.id} in (${hasExactName(store, query.search.whole)})`;
  const { from, condition } = matchByScan(store, query);
  const named = { from, condition: and(own, condition) };
  const best = await ranked(store, query, named, { offset: 0, limit: offset + limit });
  const first = best.slice(offset);
  if (first.length === limit) return first;
  const rest = { offset: Math.max(0, offset - best.length), limit: limit - first.length };
  return [...first, ...(await sought(store, query, BY_NAME, undefined, rest, not(own)))];
}

function ranked(
  store: Store,
  { search }: UserMatch,
  { from, condition }: Source,
  { offset, limit }: Slice,
) {
  const { users } = store.engine.tables;
  return store.engine.slowQuery
    .select({ id: sql<number>`${users.id}`.as("id") })
    .from(from)
    .where(condition)
    .orderBy(rankOf(store, search), keyOf(store, "name"), users.id)
    .limit(limit)
    .offset(offset);
}

/** Users whose username or name has the text in it, in any case; all of them without one. */
export function searchUsersByText(store: Store, text: string, limit: number): Promise<User[]> {
  const { users } = store.engine.tables;
  const { contains } = store.engine.sql;
  return store.engine.slowQuery
    .select(store.engine.sql.user)
    .from(users)
    .where(text === "" ? undefined : or(contains(users.username, text), contains(users.name, text)))
    .orderBy(asc(users.id))
    .limit(limit);
}
