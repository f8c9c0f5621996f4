import { DuplicateKeyError } from "../storage/errors.ts";
import { openMemory } from "../storage/sqlite/memory.ts";
import type { SqliteEngine } from "../storage/sqlite/open.ts";
import type { RawConnection } from "../storage/sqlite/raw-connection.ts";

type Row = Record<string, number | string | null>;

/** Of whom a row is taken over, and by which column it is known. */
const PARTS = [
  ["users", "id", "followers = 0, following = 0"],
  ["emails", "user_id", ""],
] as const;

/**
 * The image with a user and one of their tokens added, as they are in another database. Ids stay,
 * as tokens name them: they are free, for no database that began as the image gives out older ones.
 */
export function withToken(
  image: Buffer,
  from: SqliteEngine,
  userId: number,
  tokenId: number,
): Buffer {
  const found = from.raw((connection) => ({
    token: rowsOf(connection, "tokens", "id", tokenId),
    parts: PARTS.map(([table, column]) => rowsOf(connection, table, column, userId)),
  }));
  const base = openMemory(image);
  try {
    base.raw((connection) => {
      const isThere = rowsOf(connection, "users", "id", userId).length > 0;
      for (const [place, [table, , change]] of PARTS.entries()) {
        if (isThere) continue;
        insert(connection, table, found.parts[place] ?? []);
        if (change !== "") connection.exec(`update ${table} set ${change} where id = ${userId}`);
      }
      insert(connection, "tokens", found.token);
    });
    return base.image();
  } catch (error) {
    // Another user of the seed has the name or the address again.
    if (error instanceof DuplicateKeyError) return image;
    throw error;
  } finally {
    // Closing a database in memory waits for nothing.
    void base.close();
  }
}

function rowsOf(connection: RawConnection, table: string, column: string, value: number): Row[] {
  return [
    ...connection.prepare(`select * from ${table} where ${column} = ?`).iterate(value),
  ] as Row[];
}

function insert(connection: RawConnection, table: string, rows: readonly Row[]): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    const places = columns.map(() => "?").join(", ");
    connection
      .prepare(
        `insert into ${table} (${columns.map((name) => `"${name}"`).join(", ")}) values (${places})`,
      )
      .run(...Object.values(row));
  }
}
