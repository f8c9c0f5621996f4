import { createHash } from "node:crypto";
import type Pg from "pg";
import { dropIndexes } from "./bulk-follows.ts";
import { copyRow, type OwnConnection, ownConnection } from "./connection.ts";
import { type Cells, type DatabaseSnapshot, lineOf, shapes } from "./shapes.ts";
import { firstUsedTable, otherNodes, setSequences, snapshotFrom, tableOf } from "./snapshot.ts";

/** Equal checksums of both ends have the same rows. */
export interface TableChecksum {
  readonly table: string;
  readonly rows: number;
  /** Of all rows in the order of the key. */
  readonly sha256: string;
}

type OnProgress = (table: string, rows: number) => void;

/** The database that is moved into has rows already, or servers that use it. */
export class UnfitDatabaseError extends Error {
  override name = "UnfitDatabaseError";
}

/** The checksums of every table of one end, and of the counters of follows. */
export async function checksumTables(
  snapshot: DatabaseSnapshot,
  onProgress: OnProgress,
): Promise<TableChecksum[]> {
  const found: TableChecksum[] = [];
  for (const shape of shapes()) {
    found.push(await checksumOf(shape.name, snapshot.rows(shape), onProgress));
  }
  found.push(await checksumOf("counters of follows", snapshot.counters(), onProgress));
  return found;
}

async function checksumOf(
  table: string,
  pages: AsyncIterable<readonly Cells[]>,
  onProgress: OnProgress,
): Promise<TableChecksum> {
  const hash = createHash("sha256");
  let rows = 0;
  for await (const page of pages) {
    hash.update(page.map(lineOf).join(""));
    rows += page.length;
    onProgress(table, rows);
  }
  return { table, rows, sha256: hash.digest("hex") };
}

/** The tables that differ between two ends. */
export const differing = (
  one: readonly TableChecksum[],
  other: readonly TableChecksum[],
): string[] =>
  one.filter(({ sha256 }, place) => other[place]?.sha256 !== sha256).map(({ table }) => table);

/**
 * Writes everything of another engine into an empty database, all of it or nothing: ids, order,
 * sequences. Throws UnfitDatabaseError where there is a row already, or another server.
 */
export async function moveInto(
  connection: Pg.ClientConfig,
  source: DatabaseSnapshot,
  onProgress: OnProgress,
): Promise<void> {
  const own = await ownConnection({ ...connection, application_name: "followd move" });
  try {
    await own.send({ text: "begin" });
    const used = await firstUsedTable(own);
    if (used !== undefined) throw new UnfitDatabaseError(`it has rows already, in ${used}`);
    for (const { name } of shapes()) {
      await own.send({ text: `alter table ${name} disable trigger user` });
    }
    const indexes = await dropIndexes(own);
    for (const shape of shapes()) {
      await copyAll(own, tableOf(shape), source.rows(shape), lineOf, (rows) =>
        onProgress(shape.name, rows),
      );
    }
    const counts = "follow_counts (user_id, shard, followers, following, counted_at, changes)";
    await copyAll(own, counts, source.counters(), countsLine, () => undefined);
    for (const text of indexes) await own.send({ text });
    await setSequences(own, await source.sequences());
    // What nodes remember of an empty database is forgotten.
    await own.send({ text: "update versions set value = value + 1" });
    for (const { name } of shapes()) {
      await own.send({ text: `alter table ${name} enable trigger user` });
    }
    await own.send({ text: "commit" });
    await own.send({ text: "vacuum analyze" });
  } finally {
    await own.close();
  }
}

const countsLine = ([id, followers, following, countedAt]: Cells): string =>
  copyRow(
    ...[Number(id), 0, Number(followers), Number(following), Number(countedAt)],
    Number(followers) + Number(following),
  );

async function copyAll(
  own: OwnConnection,
  into: string,
  pages: AsyncIterable<readonly Cells[]>,
  line: (cells: Cells) => string,
  onProgress: (rows: number) => void,
): Promise<void> {
  let rows = 0;
  for await (const page of pages) {
    await own.copy(into, page.map(line));
    rows += page.length;
    onProgress(rows);
  }
}

/**
 * Reads a database as of one moment. Throws UnfitDatabaseError where its servers have to be stopped and
 * one of them still runs.
 */
export async function withSnapshot<T>(
  connection: Pg.ClientConfig,
  work: (snapshot: DatabaseSnapshot) => Promise<T>,
  { stopped = true } = {},
): Promise<T> {
  const own = await ownConnection({ ...connection, application_name: "followd move" });
  try {
    const others = stopped ? await otherNodes(own) : 0;
    if (others > 0) throw new UnfitDatabaseError(`servers have ${others} connections to it`);
    await own.send({ text: "begin isolation level repeatable read read only" });
    return await work(snapshotFrom(own));
  } finally {
    await own.close();
  }
}
