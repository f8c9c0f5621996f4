import { sql } from "../../src/storage/drizzle.ts";
import type { Engine } from "../../src/storage/engine.ts";
import type { SqliteEngine } from "../../src/storage/sqlite/open.ts";
import type { RawConnection } from "../../src/storage/sqlite/raw-connection.ts";

/** Synchronous work on SQLite's own connection, for what no rule does. */
export const raw = <T>(engine: Engine, work: (connection: RawConnection) => T): T =>
  (engine as SqliteEngine).raw(work);

/**
 * SQLite's own connection, which checks references as ever. `raw` switches that off and on, after
 * which SQLite compiles every statement again: 0.2 to 0.6 ms for each one that is used next.
 */
export const connectionOf = ({ query }: Engine): RawConnection =>
  (query as unknown as { $client: RawConnection }).$client;

/** Rows that are inserted by one statement: engines have limits of how many values one takes. */
const ROWS_TOGETHER = 300;

/** Inserts many rows at once, on any engine. All have the members of the first one. */
export async function insertRows<Table extends { readonly $inferInsert: object }>(
  engine: Engine,
  table: Table,
  rows: readonly Table["$inferInsert"][],
): Promise<void> {
  if (engine.name === "sqlite") return insertOneByOne(engine, table, rows);
  for (let from = 0; from < rows.length; from += ROWS_TOGETHER) {
    const part = rows.slice(from, from + ROWS_TOGETHER);
    await engine.transaction(engine.query.insert(table as never).values(part as never));
  }
}

/**
 * With one statement that is built once. A statement for many rows names every column of the table
 * in each of them, which takes far longer to build than to run.
 */
async function insertOneByOne(
  engine: Engine,
  table: object,
  rows: readonly object[],
): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  const values = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
  const prepared = engine.query
    .insert(table as never)
    .values(values as never)
    .prepare();
  const statements = rows.map((row) => {
    if (Object.keys(row).length !== names.length) throw new Error("The rows differ in members.");
    return { prepare: () => prepared, bound: row as Record<string, unknown> };
  });
  if (statements.length > 0) await engine.transaction(...statements);
}
