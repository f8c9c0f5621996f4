import { constants, copyFileSync, existsSync, linkSync, renameSync, rmSync } from "node:fs";
import SqliteConnection from "better-sqlite3";
import { fsyncDirectory } from "./backup.ts";

/** Another process has the database open. */
export class DatabaseInUseError extends Error {
  override name = "DatabaseInUseError";
}

/**
 * Puts a file in the place of a database, which is kept under another name. At every moment there
 * is one or the other under the name, never neither. Throws DatabaseInUseError when another process has it open.
 */
export function replaceDatabase(database: string, by: string, kept: string): void {
  const alone = existsSync(database) ? takeAlone(database) : undefined;
  try {
    // A process that opened the old file meanwhile waits, and then finds that it was moved: a log
    // of theirs would be taken for one of the new database.
    if (alone !== undefined) keepAll(database, kept);
    renameSync(by, database);
    fsyncDirectory(database);
  } finally {
    alone?.close();
  }
}

/** Makes the log a part of the database, and keeps all other processes out of it until it is closed. */
function takeAlone(database: string): SqliteConnection.Database {
  const connection = new SqliteConnection(database, { timeout: 0 });
  try {
    connection.pragma("locking_mode = EXCLUSIVE");
    connection.pragma("journal_mode = DELETE");
    connection.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
      connection.close();
      throw new DatabaseInUseError(database);
    }
    // What is wrong with it is why it is replaced.
  }
  return connection;
}

/** A damaged database may have a log that can't be read; it belongs to that one alone. */
function keepAll(database: string, kept: string): void {
  for (const end of ["", "-wal"]) {
    if (existsSync(database + end)) keep(database + end, kept + end);
  }
  fsyncDirectory(kept);
  rmSync(`${database}-wal`, { force: true });
  rmSync(`${database}-shm`, { force: true });
}

function keep(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") throw error;
    // Some filesystems have one name a file.
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}
