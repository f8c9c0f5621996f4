import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { sql } from "../../../src/storage/drizzle.ts";
import { openForInspection } from "../../../src/storage/sqlite/integrity.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { wrongsIn } from "./server.ts";
import type { Row } from "./table.ts";

const COMMITS = 120;

/**
 * Cuts and garbles copies of a log as a crash in the middle of writing may: each opens as some
 * moment of what was written, in order, with nothing of a later one.
 */
export async function torn(folder: string, times: number, random: () => number): Promise<Row[]> {
  const original = `${folder}/torn.db`;
  const log = await written(original);
  const copy = `${folder}/torn-copy.db`;
  const wrongs: string[] = [];
  const seen = new Set<number>();
  for (let round = 0; round < times; round += 1) {
    copyFileSync(`${original}-main`, copy);
    writeFileSync(`${copy}-wal`, spoiled(log, random));
    try {
      seen.add(momentOf(copy));
      wrongs.push(...wrongsIn(copy));
    } catch (error) {
      wrongs.push(`copy ${round}: ${(error as Error).message}`);
    }
  }
  const name = `torn log, ${times} copies`;
  return [
    {
      name,
      what: "not a moment of the past, or damaged",
      value: wrongs.length,
      most: 0,
      examples: wrongs,
    },
    { name, what: "different moments", value: seen.size, least: Math.min(times / 10, COMMITS / 4) },
  ];
}

/** Makes a database whose commits are all in the log, one user and one follow each. */
async function written(file: string): Promise<Buffer> {
  const engine = openSqlite({ file });
  const { users, follows } = engine.tables;
  await engine.query.run(sql`pragma wal_checkpoint(truncate)`);
  await engine.query.run(sql`pragma wal_autocheckpoint = 0`);
  for (let number = 1; number <= COMMITS; number += 1) {
    const user = { username: `user-${number}`, createdAt: 1, updatedAt: 1 };
    const edge = { followerId: number, followedId: 1, seq: number, createdAt: 1 };
    const inserted = engine.query.insert(users).values(user);
    if (number === 1) await engine.transaction(inserted);
    else await engine.transaction(inserted, engine.query.insert(follows).values(edge));
  }
  copyFileSync(file, `${file}-main`);
  const log = readFileSync(`${file}-wal`);
  await engine.close();
  return log;
}

/** The log as a crash or a bad disk leaves it. */
function spoiled(log: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * log.length);
  const bytes = Buffer.from(log);
  const kind = random();
  if (kind < 0.5) return bytes.subarray(0, at);
  const length = kind < 0.75 ? 1 : Math.floor(random() * 8192);
  const end = Math.min(bytes.length, at + length);
  for (let place = at; place < end; place += 1) {
    bytes[place] = kind < 0.9 ? (bytes[place] ?? 0) ^ (1 + Math.floor(random() * 255)) : 0;
  }
  return bytes;
}

/** How many of the commits are in a database. Throws when they are not the first ones. */
function momentOf(file: string): number {
  const connection = openForInspection(file);
  try {
    const [users, last, follows] = connection
      .prepare("select count(*), max(id), (select count(*) from follows) from users")
      .raw()
      .get() as [number, number | null, number];
    if (users !== (last ?? 0) || follows !== Math.max(0, users - 1)) {
      throw new Error(`${users} users up to ${last}, ${follows} follows`);
    }
    return users;
  } finally {
    connection.close();
  }
}
