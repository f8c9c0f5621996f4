import { existsSync, rmSync } from "node:fs";
import type SqliteConnection from "better-sqlite3";
import { migrations } from "../../generated/migrations.ts";
import { SchemaError } from "../errors.ts";

export interface Migration {
  name: string;
  sql: string;
}

/**
 * "folw": says whose the file is, to `file` and to other programs (sqlite.org/pragma.html,
 * application_id). Files from before there was one have 0.
 */
const APPLICATION_ID = 0x66_6f_6c_77;
const BREAKPOINT = "--> statement-breakpoint";

/**
 * Applies the migrations that the file lacks, all of them or none. Drizzle's own runner wraps
 * `PRAGMA foreign_keys=OFF` in a transaction, where it does nothing, and so a rebuilt table
 * deletes the rows that refer to it; here the keys are off before the transaction begins, and
 * every reference is checked before it ends.
 */
export function migrate(
  connection: SqliteConnection.Database,
  file: string,
  list: readonly Migration[] = migrations,
): void {
  const applied = appliedTo(connection, file, list);
  if (applied === list.length) return;
  const backup = applied > 0 && file !== ":memory:" ? `${file}.before-${list[applied]?.name}` : "";
  if (backup !== "") copyTo(connection, backup);
  connection.pragma("foreign_keys = OFF");
  try {
    connection
      .transaction(() => {
        // Another process may have migrated the file while this one waited for the lock.
        for (const migration of list.slice(appliedTo(connection, file, list))) {
          for (const statement of migration.sql.split(BREAKPOINT)) connection.exec(statement);
          connection.prepare("insert into migrations (name) values (?)").run(migration.name);
        }
        const broken = connection.pragma("foreign_key_check") as unknown[];
        if (broken.length > 0) {
          throw new SchemaError(`${file}: a migration broke ${broken.length} references; undone.`);
        }
        connection.pragma(`user_version = ${list.length}`);
        connection.pragma(`application_id = ${APPLICATION_ID}`);
      })
      .immediate();
  } finally {
    connection.pragma("foreign_keys = ON");
  }
}

/** Throws when the file is another program's database. Looks, and changes nothing. */
export function checkOwner(connection: SqliteConnection.Database, file: string): void {
  const namesIn = (sql: string) => connection.prepare(sql).pluck().all() as string[];
  const tables = namesIn("select name from sqlite_master where type = 'table'");
  // Others count their migrations too, in tables of this name with other columns.
  const columns = namesIn("select name from pragma_table_info('migrations')");
  const owner = connection.pragma("application_id", { simple: true }) as number;
  const isOthers = tables.length > 0 && columns.join() !== "name";
  if (isOthers || (owner !== 0 && owner !== APPLICATION_ID)) {
    throw new SchemaError(`${file}: this is a database of another program; it was left alone.`);
  }
}

function copyTo(connection: SqliteConnection.Database, backup: string): void {
  if (existsSync(backup)) rmSync(backup);
  connection.prepare("VACUUM INTO ?").run(backup);
}

/** How many of the migrations the file has; throws when its history is not a part of ours. */
function appliedTo(
  connection: SqliteConnection.Database,
  file: string,
  list: readonly Migration[],
): number {
  checkOwner(connection, file);
  connection.exec("create table if not exists migrations (name text primary key) strict");
  const names = connection
    .prepare("select name from migrations order by rowid")
    .pluck()
    .all() as string[];
  const version = connection.pragma("user_version", { simple: true }) as number;
  const unknown = names.find((name, place) => list[place]?.name !== name);
  if (unknown !== undefined || version > list.length) {
    throw new SchemaError(
      `${file}: its schema (${unknown ?? `version ${version}`}) is not one that this followd ` +
        "knows. It was made by a newer version; use that one, or restore a backup.",
    );
  }
  return names.length;
}
