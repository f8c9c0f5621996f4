import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type * as tables from "./sqlite/schema/index.ts";

/** What a write that returns no rows reports. */
export interface Outcome {
  changes: number;
  lastInsertRowid: number | bigint;
}

/** The query builder as the rules see it: always awaited, whatever the engine does inside. */
export type Query = BaseSQLiteDatabase<"async", Outcome>;

export type Values = Record<string, unknown>;

interface Preparable<Row, Result> {
  prepare(): {
    all(values?: Values): Promise<Row[]>;
    get(values?: Values): Promise<Row | undefined>;
    execute(values?: Values): Promise<Result>;
  };
}

/** A statement that is ready to run inside a write. */
export interface Statement<Result = unknown> {
  prepare(): { execute(values?: Values): Promise<Result> };
  readonly bound?: Values;
}

type Results<S extends readonly Statement[]> = {
  -readonly [I in keyof S]: S[I] extends Statement<infer Result> ? Result : never;
};

/** A statement that the engine parsed once; run it as often as you like. */
export interface Prepared<Row, Result = Row[]> {
  all(values?: Values): Promise<Row[]>;
  get(values?: Values): Promise<Row | undefined>;
  /** The same statement with its values, to be given to `write`. */
  with(values: Values): Statement<Result>;
}

/** All that the program knows about an engine. */
export interface Engine {
  readonly query: Query;
  readonly tables: typeof tables;
  /** Builds and parses a statement the first time a name is seen, and hands it out ever after. */
  prepared<Row, Result>(
    name: string,
    build: (query: Query) => Preparable<Row, Result>,
  ): Prepared<Row, Result>;
  /**
   * Runs the statements together or not at all, and resolves once they are durable. Writes that
   * come together share a commit; each is undone alone when it fails.
   */
  transaction<const S extends readonly Statement[]>(...statements: S): Promise<Results<S>>;
  /**
   * The same for what nobody waits for: refused at once, as unavailable, while another process
   * holds the lock.
   */
  tryWrite(...statements: readonly Statement[]): Promise<void>;
  /** True once after each commit that another connection made. */
  changedByOtherProcess(): boolean;
  /**
   * Runs synchronous work on the raw connection in one transaction that is all or nothing. The
   * engine checks no references meanwhile: who writes rows here answers for their ids.
   */
  bulk<T>(work: (connection: Bulk) => T): T;
  /** True when the error says that a unique value is already taken. */
  isDuplicate(error: unknown): boolean;
  /** True when the error says that a row refers to another one that is not there. */
  isOrphan(error: unknown): boolean;
  /** True when the error says that the file can't be used now: locked, full, corrupt, unwritable. */
  isUnavailable(error: unknown): boolean;
  /** Throws when the file can't be read or written now. */
  probe(): void;
  /** A copy of the whole database as it is now, with all that was given to `write`. */
  image(): Buffer;
  close(): void;
}

type Value = number | string | null;

/** The raw connection, for loading many rows at once. */
export interface Bulk {
  exec(sql: string): void;
  prepare(sql: string): {
    run(...values: Value[]): Outcome;
    get(...values: Value[]): unknown;
    iterate(...values: Value[]): IterableIterator<unknown>;
  };
}
