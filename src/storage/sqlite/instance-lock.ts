import { readFileSync, rmSync, writeFileSync } from "node:fs";
import SqliteConnection from "better-sqlite3";

/** The process that has a data directory to itself, as it wrote itself down. */
export interface LockHolder {
  pid: number;
  /** What the process is for: `serve`, `restore`. */
  verb: string;
  /** When it came, as ISO 8601 has it. */
  since: string;
}

export interface ServerLock {
  release(): void;
}

/** A connection without a reference is closed, and its lock would go with it. */
const held = new Set<SqliteConnection.Database>();

/**
 * Takes the lock of a data directory, or says who has it; undefined stands for a process that has
 * not yet said who they are. `file` is made if it is not there, and stays.
 *
 * It is SQLite's own lock on a database of no bytes, so it needs no native module of ours, works
 * wherever the real database does, and ends with its process however that ends. Nothing is ever
 * written to the file, so nothing in it can break; who holds it is told beside it.
 */
export function acquireLock(
  file: string,
  verb: string,
): ServerLock | { heldBy: LockHolder | undefined } {
  const connection = new SqliteConnection(file, { timeout: 0 });
  try {
    connection.pragma("journal_mode = MEMORY");
    connection.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    connection.close();
    if (!isBusy(error)) throw error;
    return { heldBy: findLockHolder(file) };
  }
  held.add(connection);
  const holder: LockHolder = { pid: process.pid, verb, since: new Date().toISOString() };
  writeFileSync(noteBeside(file), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  return {
    release() {
      rmSync(noteBeside(file), { force: true });
      connection.close();
      held.delete(connection);
    },
  };
}

/** Whether a process has the lock now. Makes nothing, and keeps nothing. */
export function isLockHeld(file: string): boolean {
  let connection: SqliteConnection.Database | undefined;
  try {
    connection = new SqliteConnection(file, { timeout: 0, readonly: true, fileMustExist: true });
    connection.prepare("select count(*) from sqlite_master").get();
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    connection?.close();
  }
}

/** Who wrote that they hold the lock; they may have ended since. */
export function findLockHolder(file: string): LockHolder | undefined {
  try {
    const { pid, verb, since } = JSON.parse(readFileSync(noteBeside(file), "utf8")) as LockHolder;
    return { pid, verb, since };
  } catch {
    return undefined;
  }
}

const noteBeside = (file: string): string => `${file}.holder`;
const isBusy = (error: unknown): boolean =>
  String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY");
