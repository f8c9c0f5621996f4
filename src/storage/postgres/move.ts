import { createHash } from "node:crypto";
import type Pg from "pg";
import { dropIndexes } from "./bulk-follows.ts";
import { copyRow, type OwnConnection, ownConnection } from "./connection.ts";
import { firstUsedTable, movableFrom, otherNodes, setStanding, tableOf } from "./movable.ts";
import { type Cells, lineOf, type Movable, shapes } from "./shapes.ts";

/** What a table has: equal ones of both ends have the same rows. */
export interface Weighed {
  readonly table: string;
  readonly rows: number;
  /** Of all rows in the order of the key. */
  readonly sha256: string;
}

type OnProgress = (table: string, rows: number) => void;

/** The database that is moved into has rows already, or servers that use it. */
export class UnfitTargetError extends Error {
  override name = "UnfitTargetError";
}

/** Weighs every table of one end, and the counters of follows. */
export async function weigh(movable: Movable, onProgress: OnProgress): Promise<Weighed[]> {
  const found: Weighed[] = [];
  for (const shape of shapes()) {
    found.push(await weighed(shape.name, movable.rows(shape), onProgress));
  }
  found.push(await weighed("counters of follows", movable.counters(), onProgress));
  return found;
}

async function weighed(
  table: string,
  pages: AsyncIterable<readonly Cells[]>,
  onProgress: OnProgress,
): Promise<Weighed> {
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
export const differing = (one: readonly Weighed[], other: readonly Weighed[]): string[] =>
  one.filter(({ sha256 }, place) => other[place]?.sha256 !== sha256).map(({ table }) => table);

/**
 * Writes everything of another engine into an empty database, all of it or nothing: ids, order,
 * sequences. Throws UnfitTargetError where there is a row already, or another server.
 */
export async function moveInto(
  connection: Pg.ClientConfig,
  source: Movable,
  onProgress: OnProgress,
): Promise<void> {
  const own = await ownConnection({ ...connection, application_name: "followd move" });
  try {
    await own.send({ text: "begin" });
    const used = await firstUsedTable(own);
    if (used !== undefined) throw new UnfitTargetError(`it has rows already, in ${used}`);
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
    await setStanding(own, await source.standing());
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
 * Reads a database as of one moment. Throws UnfitTargetError where its servers have to be stopped and
 * one of them still runs.
 */
export async function readingFrom<T>(
  connection: Pg.ClientConfig,
  work: (movable: Movable) => Promise<T>,
  { stopped = true } = {},
): Promise<T> {
  const own = await ownConnection({ ...connection, application_name: "followd move" });
  try {
    const others = stopped ? await otherNodes(own) : 0;
    if (others > 0) throw new UnfitTargetError(`servers have ${others} connections to it`);
    await own.send({ text: "begin isolation level repeatable read read only" });
    return await work(movableFrom(own));
  } finally {
    await own.close();
  }
}
