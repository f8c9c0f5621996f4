import { type SQL, sql } from "../../../storage/drizzle.ts";
import type { Store } from "../../store.ts";
import { matchOf, patternOf, SHORTEST_TERM, trigramsOf } from "./search-query.ts";

/**
 * The ids of those who have a text in a name or in their primary address, in any case; undefined
 * where `most` or more have it in one of them. No more than that is read, unless the text is too
 * short for an index and seldom.
 */
export async function idsContaining(
  store: Store,
  text: string,
  most: number,
): Promise<number[] | undefined> {
  const found = new Set<number>();
  for (const source of sourcesOf(store, text)) {
    const rows = await store.engine.query
      .select({ id: sql<number>`found`.as("id") })
      .from(sql`(${source} limit ${most})`);
    if (rows.length === most) return undefined;
    for (const { id } of rows) found.add(id);
  }
  return [...found];
}

type Tables = Store["engine"]["tables"];
type Column = Tables["users"]["name" | "username"] | Tables["emails"]["email"];

const isInIndex = (text: string): boolean => Array.from(text).length >= SHORTEST_TERM;
const has = (column: Column, text: string): SQL =>
  sql`${column} like ${patternOf(text)} escape '\\'`;
const addressed = ({ emails }: Tables, text: string): SQL =>
  sql`${emails.primary} = 1 and ${has(emails.email, text)}`;
const named = (text: string): SQL =>
  sql`select rowid as found from users_search where users_search match ${matchOf([text])}`;

function sourcesOf({ engine: { tables } }: Store, text: string): SQL[] {
  const { users, emails } = tables;
  if (!isInIndex(text)) {
    return [
      sql`select id as found from ${users}
        where ${has(users.name, text)} or ${has(users.username, text)}`,
      sql`select user_id as found from ${emails} where ${addressed(tables, text)}`,
    ];
  }
  return [
    named(text),
    sql`select user_id as found from emails_search cross join ${emails}
      on ${emails.id} = emails_search.rowid
      where emails_search match ${trigramsOf(text)} and ${addressed(tables, text)}`,
  ];
}

/** LIKE takes capitals for small letters in ASCII alone, and the index in all of Unicode. */
const isAsciiOrShort = (text: string): boolean => /^[ -~]*$/.test(text) || !isInIndex(text);

/** The same as a condition to hold each user against. */
export function containsTerm({ engine: { tables } }: Store, text: string): SQL {
  const { users, emails } = tables;
  const byName = isAsciiOrShort(text)
    ? sql`${has(users.name, text)} or ${has(users.username, text)}`
    : sql`${users.id} in (${named(text)})`;
  return sql`(${byName} or exists (select 1 from ${emails}
    where ${emails.userId} = ${users.id} and ${addressed(tables, text)}))`;
}
