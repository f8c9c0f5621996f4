import { getTableColumns, type SQL, sql } from "../drizzle.ts";
import type { EngineSql } from "../engine.ts";
import { emails, followSequence, users } from "./schema.ts";

/** What SQLite writes in its own way. */
export const sqliteSql: EngineSql = {
  idList: (ids) => JSON.stringify(ids),
  among: (column, ids) => sql`${column} in (select value from json_each(${ids}))`,
  // Literals: a bound value would rule out the partial indexes of flags.
  isTrue: (column) => sql`${column} = 1`,
  isFalse: (column) => sql`${column} = 0`,
  contains,
  joinedIds: (column) => sql<string>`group_concat(${column})`,
  unindexed: (column) => sql`+${column}`,
  hasTrue: (column, member) => sql`json_extract(${column}, ${sql.raw(`'$.${member}'`)})`,
  newAuditEvent: () => sql`null`,
  nextFollow: () => sql<number>`(select value + 1 from ${followSequence})`,
  user: getTableColumns(users),
  search: { named, addressed },
};

/** A function of ours (open.ts); SQLite's `lower` and LIKE know capitals of ASCII alone. */
export const LOWER_UNICODE = "lower_unicode";

const OTHER_LETTERS = /[^ -~]/;

function contains(column: unknown, text: string): SQL {
  if (hasOtherCapitals(text)) {
    const lower = text.toLowerCase();
    const found = sql`instr(${sql.raw(LOWER_UNICODE)}(${column}), ${lower}) > 0`;
    // The function takes twice as long as LIKE, so it is called where such letters are.
    return OTHER_LETTERS.test(lower) ? sql`(${column} glob '*[^ -~]*' and ${found})` : found;
  }
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`${column} like ${pattern} escape '\\'`;
}

/** Whether letters outside of ASCII have two cases; most that people search for have one. */
function hasOtherCapitals(text: string): boolean {
  const others = text.replace(/[ -~]+/g, "");
  return others.toLowerCase() !== others.toUpperCase();
}

function named(terms: readonly string[]): SQL {
  return sql`select rowid as found from users_search where users_search match ${matchOf(terms)}`;
}

function addressed(text: string): SQL {
  return sql`select user_id as found from emails_search cross join ${emails}
    on ${emails.id} = emails_search.rowid where emails_search match ${trigramsOf(text)}
      and ${emails.primary} = 1 and ${contains(emails.email, text)}`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The terms as a query of the full-text index `users_search`. */
function matchOf(terms: readonly string[]): string {
  const [only] = terms;
  // In whichever of the two it is; to name them would read the index twice.
  if (only !== undefined && terms.length === 1) return quoted(only);
  const all = terms.map(quoted).join(" AND ");
  return `{name} : (${all}) OR {username} : (${all})`;
}

/** More of them find hardly fewer. */
const MAX_TRIGRAMS = 30;

/**
 * A query of the full-text index `emails_search`, which knows no places: it finds all who have the
 * text, and a few who have its parts alone.
 */
function trigramsOf(text: string): string {
  const letters = Array.from(text);
  const parts = letters.slice(2).map((_, place) => letters.slice(place, place + 3).join(""));
  return [...new Set(parts)].slice(0, MAX_TRIGRAMS).map(quoted).join(" AND ");
}
