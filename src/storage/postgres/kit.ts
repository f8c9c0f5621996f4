import { sql } from "../drizzle.ts";
import type { Kit } from "../sqlite/kit.ts";
import { pg } from "./drizzle.ts";

/** Ids and times are computed with as numbers, which are exact up to 2^53. */
const bigint = (name: string) => pg.bigint(name, { mode: "number" });
// The order, the comparison and the `lower` of SQLite, for any locale of the database.
const text = (name: string) =>
  pg.customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })(name);
const bytes = pg.customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * What PostgreSQL makes of the words in which `storage/tables` declares the schema: the same tables
 * and columns, but for the counters of follows, which many write at once and so have a table.
 */
export const postgresKit = {
  table: pg.pgTable,
  id: (name: string) => bigint(name).primaryKey().generatedByDefaultAsIdentity(),
  integer: bigint,
  small: pg.smallint,
  text,
  // Not jsonb: members stay in their order.
  json: pg.json,
  bytes,
  flag: pg.boolean,
  milliseconds: bigint,
  seconds: bigint,
  profileText: (name: string) => text(name).notNull().default(""),
  counters: () => ({}),
  isTrue: (name: string) => sql.raw(name),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  // The one cast of the schema: rules know the tables by the types that SQLite's kit gives.
} as unknown as Kit;
