import {
  blob,
  index,
  integer,
  primaryKey,
  sql,
  sqliteTable,
  text,
  uniqueIndex,
} from "../drizzle.ts";

/**
 * What SQLite makes of the words in which `storage/tables` declares the schema. Flags are 0 and 1,
 * and a partial index is used only where a query has its condition as a literal.
 */
export const sqliteKit = {
  table: sqliteTable,
  /** A number that is never given out twice. */
  id: (name: string) => integer(name).primaryKey({ autoIncrement: true }),
  integer: (name: string) => integer(name),
  /** A number of a few bits. */
  small: (name: string) => integer(name),
  text,
  json: (name: string) => text(name, { mode: "json" }),
  bytes: (name: string) => blob(name, { mode: "buffer" }),
  flag: (name: string) => integer(name, { mode: "boolean" }),
  // Times are milliseconds since 1970 where a vendor shows them to the millisecond, else seconds;
  // the name says which by its type. Empty strings, not nulls, stand for unset profile text.
  milliseconds: (name: string) => integer(name),
  seconds: (name: string) => integer(name),
  profileText: (name: string) => text(name).notNull().default(""),
  /** The counters of a user's follows, where an engine keeps them in the user's row. */
  counters: () => ({
    followers: integer("followers").notNull().default(0),
    following: integer("following").notNull().default(0),
    // Seconds; moved by every change of the two counters, so that Last-Modified never lies.
    countedAt: integer("counted_at").notNull().default(0),
  }),
  /** The condition of a partial index on a flag. */
  isTrue: (name: string) => sql.raw(`${name} = 1`),
  index,
  uniqueIndex,
  primaryKey,
};

/** The words in which tables are declared; another engine's kit has the same ones. */
export type Kit = typeof sqliteKit;
