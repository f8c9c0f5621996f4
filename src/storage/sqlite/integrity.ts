import SqliteConnection from "better-sqlite3";
import { migrations } from "../../generated/migrations.ts";
import { checkOwner, migrate } from "./migrate.ts";

/** The faults of a database, in a few words each; none for a sound one. */
interface Finding {
  readonly problem: string;
  /** How many rows it is about. */
  readonly count: number;
}

/** A raw connection to a database that may be in any state. */
export type Inspected = SqliteConnection.Database;

/** What is waited for a lock at most, in milliseconds. */
const LOCK_TIMEOUT_MS = 10_000;

const MAX_LINES_SHOWN = 3;

/** Opens a database as it is. Throws SchemaError, with `name`, when it is another program's. */
export function openForInspection(file: string, name = file): Inspected {
  const connection = new SqliteConnection(file, { fileMustExist: true, timeout: LOCK_TIMEOUT_MS });
  try {
    checkOwner(connection, name);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** What SQLite says of a search index, which is made anew and is no damage: see `searchIsWhole`. */
const ABOUT_SEARCH = /\bFTS5 table\b|^fts5:/;

/**
 * Problems of the file itself: pages, indexes, types. `quick` leaves out whether indexes have what
 * their tables have, which takes most of the time.
 */
export function integrityErrors(connection: Inspected, quick = false): string[] {
  const found = connection.pragma(quick ? "quick_check" : "integrity_check") as object[];
  const lines = found.map((row) => String(Object.values(row)[0]));
  return lines.filter((line) => line !== "ok" && !ABOUT_SEARCH.test(line));
}

/** Rows that refer to rows that are not there, as `table: number`. */
export function brokenReferences(connection: Inspected): string[] {
  const counts = new Map<string, number>();
  for (const { table } of connection.pragma("foreign_key_check") as { table: string }[]) {
    counts.set(table, (counts.get(table) ?? 0) + 1);
  }
  return [...counts].map(([table, count]) => `${table}: ${count}`);
}

const LISTED = "(state = 'active' and type = 'human')";

/**
 * A user's two counters as the edges have them. What triggers keep is told anew here from what they
 * keep it of (db/sqlite/0001_counters.sql).
 */
const RECOUNTED = `
  select users.id, coalesce(came.number, 0) as followers, coalesce(went.number, 0) as following
  from users
  left join (select followed_id as id, count(*) as number from follows
    where hidden & 1 = 0 group by 1) as came on came.id = users.id
  left join (select follower_id as id, count(*) as number from follows
    where hidden & 2 = 0 group by 1) as went on went.id = users.id`;

const HIDDEN = `
  (not (select ${LISTED} from users where id = follower_id))
  + 2 * (not (select ${LISTED} from users where id = followed_id))`;

/** What triggers keep, and how to find and to mend where it is not so. */
const KEPT: readonly { name: string; find: string; mend: string }[] = [
  {
    name: "marks of hidden follows",
    find: `select count(*) from follows where hidden <> ${HIDDEN}`,
    mend: `update follows set hidden = ${HIDDEN} where hidden <> ${HIDDEN}`,
  },
  {
    name: "counters of followers and following",
    find: `select count(*) from (${RECOUNTED}) as found join users using (id)
      where (users.followers, users.following) <> (found.followers, found.following)`,
    mend: `update users set followers = found.followers, following = found.following,
        counted_at = unixepoch()
      from (${RECOUNTED}) as found where users.id = found.id
        and (users.followers, users.following) <> (found.followers, found.following)`,
  },
  {
    name: "order of the next follow",
    find: `select count(*) from follows where seq > (select value from follow_sequence)`,
    mend: `update follow_sequence set value = (select max(seq) from follows)
      where value < (select max(seq) from follows)`,
  },
];

/** Where what triggers keep is not what it should be. */
export function wrongCounters(connection: Inspected): Finding[] {
  return KEPT.map(({ name, find }) => ({
    problem: name,
    count: connection.prepare(find).pluck().get() as number,
  })).filter(({ count }) => count > 0);
}

/** Sets right what triggers keep: all of it, or nothing. Others wait for it to write. */
export function recount(connection: Inspected): void {
  connection
    .transaction(() => {
      for (const { mend } of KEPT) connection.exec(mend);
    })
    .immediate();
}

const SEARCHES = ["users_search", "emails_search"];

/** Whether searching by name or address would find the people who are there, and no others. */
export function searchIsWhole(connection: Inspected): boolean {
  try {
    // With rank 1 the index is held against the table, too (sqlite.org/fts5.html, 6.5).
    for (const index of SEARCHES) {
      connection.exec(`insert into ${index} (${index}, rank) values ('integrity-check', 1)`);
    }
    return true;
  } catch (error) {
    if (/^SQLITE_CORRUPT/.test(String((error as { code?: unknown }).code))) return false;
    throw error;
  }
}

/** Builds the search by name and address anew. */
export function rebuildSearch(connection: Inspected): void {
  for (const index of SEARCHES) {
    connection.exec(`insert into ${index} (${index}) values ('rebuild')`);
  }
}

/** How many migrations the file lacks; negative when a newer followd has been at it. */
export function migrationsBehind(connection: Inspected): number {
  const names = connection.prepare("select name from migrations order by rowid").pluck().all();
  const version = connection.pragma("user_version", { simple: true }) as number;
  const isOurs = names.every((name, place) => migrations[place]?.name === name);
  return isOurs && version <= migrations.length ? migrations.length - names.length : -1;
}

/** Some of many lines, as one. */
export function sample(lines: readonly string[]): string {
  const more = lines.length - MAX_LINES_SHOWN;
  return lines.slice(0, MAX_LINES_SHOWN).join("; ") + (more > 0 ? `; and ${more} more` : "");
}

const TRIGGERS = "select name, sql from sqlite_master where type in ('trigger', 'view')";

/** Triggers and views that the migrations of the file do not make, or make otherwise, by name. */
export function foreignTriggers(connection: Inspected): string[] {
  const count = connection.prepare("select count(*) from migrations").pluck().get() as number;
  const own = new SqliteConnection(":memory:");
  try {
    migrate(own, ":memory:", migrations.slice(0, count));
    const made = new Map(rowsOf(own).map(({ name, sql }) => [name, sql]));
    return rowsOf(connection)
      .filter(({ name, sql }) => made.get(name) !== sql)
      .map(({ name }) => name);
  } finally {
    own.close();
  }
}

const rowsOf = (connection: Inspected) =>
  connection.prepare(TRIGGERS).all() as { name: string; sql: string }[];
