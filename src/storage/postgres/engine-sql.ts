import { getTableColumns, type SQL, sql } from "../drizzle.ts";
import type { EngineSql } from "../engine.ts";
import { emails, users } from "./schema.ts";

/** A sum over a user's rows of counters. Names are written out: it also stands behind `returning`. */
const counted = (expression: string): SQL<number> =>
  sql
    .raw(`(select coalesce(${expression}, 0) from follow_counts where user_id = users.id)`)
    .mapWith(Number) as SQL<number>;

/** "flim": the advisory locks of those who follow close to their limit, apart from the migrations'. */
const FOLLOWS_LOCK = 0x66_6c_69_6d;
const MAX_INT4 = 2 ** 31 - 1;

/** What PostgreSQL writes in its own way. */
export const postgresSql: EngineSql = {
  idList: (ids) => `{${ids.join()}}`,
  among: (column, ids) => sql`${column} = any(${ids}::bigint[])`,
  isTrue: (column) => sql`${column}`,
  isFalse: (column) => sql`not ${column}`,
  contains,
  joinedIds: (column) => sql<string>`string_agg(${column}::text, ',')`,
  unindexed: (column) => sql`${column}`,
  hasTrue: (column, member) =>
    sql`coalesce((${column} ->> ${sql.raw(`'${member}'`)})::boolean, false)`,
  newAuditEvent: () => sql`nextval(pg_get_serial_sequence('audit_events', 'id'))`,
  lockFollows: (userId) =>
    sql`pg_advisory_xact_lock(${sql.raw(String(FOLLOWS_LOCK))}, (${userId}::bigint & ${sql.raw(String(MAX_INT4))})::int)`,
  nextFollow: () => sql<number>`nextval('follow_places')`,
  user: {
    ...getTableColumns(users),
    followers: counted("sum(followers)"),
    following: counted("sum(following)"),
    countedAt: counted("max(counted_at)"),
  } as unknown as EngineSql["user"],
  search: { named, addressed },
};

// The collation of the indexes, in which capitals of all alphabets are small letters, too.
function contains(column: unknown, text: string): SQL {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(${column} collate "und-x-icu") ilike ${pattern}`;
}

function named(terms: readonly string[]): SQL {
  const all = (column: unknown) =>
    sql.join(
      terms.map((term) => contains(column, term)),
      sql` and `,
    );
  return sql`select users.id as found from users
    where (${all(sql.raw("users.username"))}) or (${all(sql.raw("users.name"))})`;
}

function addressed(text: string): SQL {
  return sql`select user_id as found from ${emails}
    where ${emails.primary} and ${contains(emails.email, text)}`;
}
