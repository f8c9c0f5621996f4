import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from "node:fs";
import SqliteConnection from "better-sqlite3";
import { putNamesOnDisk } from "./backup.ts";

/** Somebody has the database open. */
export class InUse extends Error {
  override name = "InUse";
}

/**
 * Puts a file in the place of a database, which is kept under another name. At every moment there
 * is one or the other under the name, never neither. Throws InUse when anybody has it open.
 */
export function replaceDatabase(database: string, by: string, kept: string): void {
  if (existsSync(database)) {
    closeLog(database);
    // A damaged database may have a log that can't be read; it belongs to that one alone.
    for (const [from, to] of [database, `${database}-wal`].map((name) => aside(name, kept))) {
      if (existsSync(from)) keep(from, to);
    }
    rmSync(`${database}-wal`, { force: true });
    rmSync(`${database}-shm`, { force: true });
    putNamesOnDisk(database);
  }
  renameSync(by, database);
  putNamesOnDisk(database);

  function aside(name: string, other: string): [string, string] {
    return [name, other + name.slice(database.length)];
  }
}

/** Makes the log a part of the database, which SQLite does only for who is alone with it. */
function closeLog(database: string): void {
  const connection = new SqliteConnection(database, { timeout: 0 });
  try {
    connection.pragma("journal_mode = DELETE");
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) throw new InUse(database);
    // What is wrong with it is why it is replaced.
  } finally {
    connection.close();
  }
}

function keep(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Some filesystems have one name a file.
    copyFileSync(from, to);
  }
}
