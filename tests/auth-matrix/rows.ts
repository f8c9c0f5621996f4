import type { Store } from "../../src/domain/store.ts";
import { postgresServer } from "../support/engine.ts";
import { keepInPostgres } from "./postgres-rows.ts";
import { keepInSqlite } from "./sqlite-rows.ts";

export type Row = Record<string, number | string | null>;
export type Rows = ReadonlyMap<string, readonly Row[]>;

/** How everything was, and the way back to it. */
export interface Kept {
  readonly saved: Rows;
  /** Every row of every table as it is now. */
  rows(): Promise<Rows>;
  /**
   * Puts every table that has changed since the last time back to what it was, and makes the
   * program forget what it remembers of them.
   */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps everything as it is now, on the engine that the tests run on. */
export const keep = async (store: Store): Promise<Kept> =>
  postgresServer === undefined ? keepInSqlite(store) : keepInPostgres(store);
