import type SqliteConnection from "better-sqlite3";
import { LRUCache } from "lru-cache";

/** Statements that are kept compiled: more than a server's requests have shapes. */
const MAX_STATEMENTS = 100;

/**
 * The same connection, which compiles a text once. Without this the builder compiles what has no
 * name for each run, and of a write all triggers with it. A statement is for one run at a time.
 */
export function compileOnce(connection: SqliteConnection.Database): SqliteConnection.Database {
  const statements = new LRUCache<string, SqliteConnection.Statement>({ max: MAX_STATEMENTS });
  const prepare = (text: string) => {
    const known = statements.get(text);
    // How rows are given out is for each run to say.
    if (known !== undefined) return known.reader ? known.raw(false) : known;
    const statement = connection.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  return Object.create(connection, { prepare: { value: prepare } }) as SqliteConnection.Database;
}
