import { and, type SQL, sql } from "../../../storage/drizzle.ts";
import { lowerAscii } from "../../../storage/lower-ascii.ts";
import type { Store } from "../../store.ts";
import { isInIndex } from "./search-query.ts";
import type { Slice } from "./user-ordering.ts";

/** Users that one search looks at; among more of them its result is marked incomplete. */
const MAX_SCANNED_USERS = 100_000;

export type SearchField = "login" | "name" | "email";

/** Both ends belong to the range. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** A text to look for, or to leave out. */
export interface TextCriterion {
  readonly text: string;
  readonly isExcluded: boolean;
}

/** A range to be in, or not to be in. Times are milliseconds since 1970. */
export interface RangeCriterion {
  readonly of: "followers" | "following" | "created" | "repos";
  readonly range: NumberRange;
  readonly isExcluded: boolean;
}

/** What users are sought by; a user has to meet all of it. */
export interface UserSearch {
  /** Each is looked for in `fields`. */
  readonly words: readonly TextCriterion[];
  readonly fields: readonly SearchField[];
  /** Somewhere in the name, or in the location. */
  readonly names: readonly TextCriterion[];
  readonly locations: readonly TextCriterion[];
  /** A username in any case; of several that are sought any. */
  readonly usernames: readonly TextCriterion[];
  readonly ranges: readonly RangeCriterion[];
  /** True where no user can meet it, as it asks for organizations or a language. */
  readonly isImpossible: boolean;
}

export interface SearchOrder {
  readonly by: "best-match" | "followers" | "repositories" | "joined";
  readonly descending: boolean;
}

interface SearchPage {
  readonly ids: readonly number[];
  readonly total: number;
  /** False where there were too many users to look at. */
  readonly isComplete: boolean;
}

const NOTHING: SearchPage = { ids: [], total: 0, isComplete: true };

/** Active people who meet all criteria, a page of them. Addresses count only where they are public. */
export async function searchUsers(
  store: Store,
  search: UserSearch,
  order: SearchOrder,
  { offset, limit }: Slice,
): Promise<SearchPage> {
  if (search.isImpossible) return NOTHING;
  const { slowQuery: query, tables } = store.engine;
  const { condition: candidates, isComplete } = await candidatesOf(store, search);
  const condition = and(candidates, ...conditionsOf(store, search));
  const [found, rows] = await Promise.all([
    query.$count(tables.users, condition),
    query
      .select({ id: tables.users.id })
      .from(tables.users)
      .where(condition)
      .orderBy(...orderOf(store, search, order))
      .limit(limit)
      .offset(offset),
  ]);
  return { ids: rows.map(({ id }) => id), total: found, isComplete };
}

/** The candidates: users found in an index by a word, or all users up to an id. */
async function candidatesOf(
  { engine }: Store,
  { words, fields }: UserSearch,
): Promise<{ condition: SQL | undefined; isComplete: boolean }> {
  const { query, tables } = engine;
  const { users } = tables;
  const word = words.find(({ text, isExcluded }) => !isExcluded && isInIndex(text))?.text;
  if (word !== undefined) {
    const ids = indexed(engine, word, fields);
    const [count] = await query
      .select({ total: sql<number>`count(*)`.as("total") })
      .from(sql`(${ids} limit ${MAX_SCANNED_USERS + 1}) as part`);
    const isComplete = (count?.total ?? 0) <= MAX_SCANNED_USERS;
    const condition = sql`${users.id} in (${ids} limit ${MAX_SCANNED_USERS})`;
    return { condition, isComplete };
  }
  const [end] = await query
    .select({ id: users.id })
    .from(users)
    .orderBy(users.id)
    .limit(1)
    .offset(MAX_SCANNED_USERS);
  if (end === undefined) return { condition: undefined, isComplete: true };
  return { condition: sql`${users.id} < ${end.id}`, isComplete: false };
}

/** The ids of users with a word in a name or, if it is among the fields, in a public address. */
function indexed(engine: Store["engine"], word: string, fields: readonly SearchField[]): SQL {
  const { users } = engine.tables;
  const named = engine.sql.search.named([word]);
  if (!fields.includes("email")) return named;
  // The index of public addresses holds the few who have one.
  return sql`${named} union select id as found from (
    select ${users.id} as id, ${users.publicEmail} as address from ${users}
    where ${users.publicEmail} <> '' limit ${MAX_SCANNED_USERS}
  ) as addresses where ${engine.sql.contains(sql`address`, word)}`;
}

function conditionsOf({ engine }: Store, search: UserSearch): SQL[] {
  const { users } = engine.tables;
  const contains = (column: Column, { text }: TextCriterion) => engine.sql.contains(column, text);
  const columns = search.fields.map((field) => columnOf(engine, field));
  return [
    sql`${engine.sql.unindexed(users.state)} = 'active' and ${engine.sql.unindexed(users.type)} = 'human'`,
    ...search.words.map((word) =>
      signed(
        word,
        sql`(${sql.join(
          columns.map((column) => contains(column, word)),
          sql` or `,
        )})`,
      ),
    ),
    ...search.names.map((name) => signed(name, contains(users.name, name))),
    ...search.locations.map((place) => signed(place, contains(users.location, place))),
    ...usernameConditions(engine, search.usernames),
    ...search.ranges.map((criterion) => {
      const { from, to } = criterion.range;
      const column = rangeColumnOf(engine, criterion.of);
      return signed(criterion, sql`${column} between ${from} and ${to}`);
    }),
  ];
}

type Column = ReturnType<typeof columnOf>;

const columnOf = ({ tables: { users } }: Store["engine"], field: SearchField) =>
  ({ login: users.username, name: users.name, email: users.publicEmail })[field];

const rangeColumnOf = ({ sql: { user } }: Store["engine"], of: RangeCriterion["of"]) =>
  ({
    followers: user.followers,
    following: user.following,
    created: user.createdAt,
    repos: user.publicRepos,
  })[of];

const signed = ({ isExcluded }: { isExcluded: boolean }, condition: SQL): SQL =>
  isExcluded ? sql`not (${condition})` : condition;

function usernameConditions(engine: Store["engine"], usernames: readonly TextCriterion[]): SQL[] {
  const { users } = engine.tables;
  const among = (isExcluded: boolean): SQL | undefined => {
    const names = usernames.filter((each) => each.isExcluded === isExcluded);
    if (names.length === 0) return undefined;
    const list = sql.join(
      names.map(({ text }) => sql`${text.toLowerCase()}`),
      sql`, `,
    );
    return sql`lower(${users.username}) in (${list})`;
  };
  const [included, excluded] = [among(false), among(true)];
  return [
    ...(included === undefined ? [] : [included]),
    ...(excluded === undefined ? [] : [sql`not (${excluded})`]),
  ];
}

/** The best match is the username itself, then the name, then the beginning of a username. */
function orderOf({ engine }: Store, search: UserSearch, { by, descending }: SearchOrder): SQL[] {
  const { users } = engine.tables;
  const direction = sql.raw(descending ? "desc" : "asc");
  const { followers, publicRepos } = engine.sql.user;
  if (by === "repositories") return [sql`${publicRepos} ${direction}`, sql`${users.id}`];
  if (by === "followers") return [sql`${followers} ${direction}`, sql`${users.id}`];
  if (by === "joined") return [sql`${users.createdAt} ${direction}`, sql`${users.id} ${direction}`];
  const words = search.words.filter(({ isExcluded }) => !isExcluded).map(({ text }) => text);
  const whole = lowerAscii(words.join(" "));
  const { length } = Array.from(whole);
  const rank = sql`case when lower(${users.username}) = ${whole} then 0
    when lower(${users.name}) = ${whole} then 1
    when substr(lower(${users.username}), 1, ${length}) = ${whole} then 2 else 3 end`;
  const popularity = [sql`${followers} desc`, sql`${users.id}`];
  return words.length === 0 ? popularity : [rank, ...popularity];
}
