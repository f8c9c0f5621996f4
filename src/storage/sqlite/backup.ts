import { createHash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { SchemaError } from "../errors.ts";
import {
  brokenReferences,
  foreignTriggers,
  type Inspected,
  integrityErrors,
  migrationsBehind,
  openForInspection,
  sample,
} from "./integrity.ts";

/** A copy is not what it should be; it can't stand in for the database. */
export class CorruptBackupError extends Error {
  override name = "CorruptBackupError";
}

/** What is in a database, to tell people and to compare. */
export interface Contents {
  users: number;
  follows: number;
  /** Ids and places given out so far; they only grow. */
  lastUser: number;
  lastFollow: number;
}

/**
 * Writes what the database holds now into an empty file, while others read and write on. It is one
 * moment of the database, with every write that was acknowledged before the call. Nothing in the
 * database is changed. Throws `CorruptBackupError` when the copy lacks something.
 */
export function copyDatabase(file: string, to: string): Contents {
  const connection = openForInspection(file);
  try {
    const before = contentsOf(connection);
    // Page by page, as SQLite's backup API copies, begins anew with each write of another process,
    // and so would never end beside a busy server.
    connection.prepare("VACUUM INTO ?").run(to);
    const copied = contents(to, true);
    if (copied.lastUser < before.lastUser || copied.lastFollow < before.lastFollow) {
      throw new CorruptBackupError(`The copy lacks what ${file} had before it.`);
    }
    return copied;
  } finally {
    connection.close();
  }
}

/**
 * What is in a file that no other program has open. Throws CorruptBackupError when it is damaged, SchemaError when
 * it is not a database of this followd or an older one; both call it by `name`. `quick` trusts its
 * indexes.
 */
export function contents(file: string, quick: boolean, name = file): Contents {
  try {
    const connection = openForInspection(file, name);
    try {
      return checked(connection, quick, name);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown }).code))) throw error;
    throw new CorruptBackupError(
      `${name} is damaged, or not a database: ${(error as Error).message}.`,
    );
  }
}

function checked(connection: Inspected, quick: boolean, name: string): Contents {
  const tables = connection.prepare("select count(*) from sqlite_master").pluck().get();
  if (tables === 0) throw new SchemaError(`${name}: there is nothing in it.`);
  if (migrationsBehind(connection) < 0) {
    throw new SchemaError(`${name}: it was made by a newer version of followd; use that one.`);
  }
  const wrong = [...integrityErrors(connection, quick), ...brokenReferences(connection)];
  if (wrong.length > 0) throw new CorruptBackupError(`${name} is damaged: ${sample(wrong)}.`);
  const foreign = foreignTriggers(connection);
  if (foreign.length > 0) {
    throw new CorruptBackupError(
      `${name} has triggers that followd did not make: ${sample(foreign)}.`,
    );
  }
  // A log that came with the file becomes a part of it.
  connection.pragma("journal_mode = DELETE");
  return contentsOf(connection);
}

function contentsOf(connection: Inspected): Contents {
  const number = (sql: string) => (connection.prepare(sql).pluck().get() as number | null) ?? 0;
  return connection.transaction(() => ({
    users: number("select count(*) from users"),
    follows: number("select count(*) from follows"),
    lastUser: number("select max(seq) from sqlite_sequence where name = 'users'"),
    lastFollow: number("select value from follow_sequence"),
  }))();
}

/** The SHA-256 of a file, in hexadecimal. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(chunk);
  return hash.digest("hex");
}

/** Makes sure that a file, or what a directory has by which name, survives a power cut. */
export function fsyncFile(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Some systems know no such thing for a directory.
    if (!/^E(INVAL|PERM|ISDIR)$/.test(String((error as { code?: string }).code))) throw error;
  } finally {
    closeSync(descriptor);
  }
}

export const fsyncDirectory = (file: string): void => fsyncFile(dirname(file));
