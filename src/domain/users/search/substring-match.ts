import { type SQL, sql } from "../../../storage/drizzle.ts";
import type { Store } from "../../store.ts";
import { isBeyondNames, isInIndex } from "./search-query.ts";

/**
 * The ids of those who have a text in a name, as their public address, or, where addresses are
 * asked for, in their primary one, in any case; undefined where `most` or more have it in one of them. No more than that is read, unless the text is too
 * short for an index and seldom.
 */
export async function idsContaining(
  store: Store,
  text: string,
  inPrivateEmail: boolean,
  most: number,
): Promise<number[] | undefined> {
  if (isBeyondNames(text)) return [];
  const found = new Set<number>();
  for (const source of sourcesOf(store, text, inPrivateEmail)) {
    const rows = await store.engine.slowQuery
      .select({ id: sql<number>`found`.as("id") })
      .from(sql`(${source} limit ${most}) as part`);
    if (rows.length === most) return undefined;
    for (const { id } of rows) found.add(id);
  }
  return [...found];
}

type Engine = Store["engine"];

const byName = ({ tables: { users }, sql: { contains } }: Engine, text: string): SQL =>
  sql`${contains(users.name, text)} or ${contains(users.username, text)}`;
const byAddress = ({ tables: { emails }, sql: own }: Engine, text: string): SQL =>
  sql`${own.isTrue(emails.primary)} and ${own.contains(emails.email, text)}`;

const byPublicEmail = ({ tables: { users } }: Engine, text: string): SQL =>
  sql`lower(${users.publicEmail}) = ${text.toLowerCase()} and public_email <> ''`;

function sourcesOf({ engine }: Store, text: string, inPrivateEmail: boolean): SQL[] {
  const { users, emails } = engine.tables;
  const { search } = engine.sql;
  const isIndexed = isInIndex(text);
  const names = isIndexed
    ? search.named([text])
    : sql`select id as found from ${users} where ${byName(engine, text)}`;
  const addresses = isIndexed
    ? search.addressed(text)
    : sql`select user_id as found from ${emails} where ${byAddress(engine, text)}`;
  const shown = sql`select id as found from ${users} where ${byPublicEmail(engine, text)}`;
  return [names, inPrivateEmail ? addresses : shown];
}

/** The match as a condition on each user's row. */
export function containsTerm({ engine }: Store, text: string, inPrivateEmail: boolean): SQL {
  const { users, emails } = engine.tables;
  if (isBeyondNames(text)) return sql`${users.id} is null`;
  const named = byName(engine, text);
  if (!inPrivateEmail) return sql`(${named} or (${byPublicEmail(engine, text)}))`;
  return sql`(${named} or exists (select 1 from ${emails}
    where ${emails.userId} = ${users.id} and ${byAddress(engine, text)}))`;
}
