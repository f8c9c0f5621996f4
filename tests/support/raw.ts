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

/** Inserts many rows at once, on any engine. */
export async function insertRows<Table extends { readonly $inferInsert: object }>(
  engine: Engine,
  table: Table,
  rows: readonly Table["$inferInsert"][],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_TOGETHER) {
    const part = rows.slice(from, from + ROWS_TOGETHER);
    await engine.transaction(engine.query.insert(table as never).values(part as never));
  }
}
