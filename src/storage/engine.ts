import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { BulkLoader, EventStage, UserStage } from "./bulk.ts";
import type { SQL } from "./drizzle.ts";
import type { Tables } from "./tables/index.ts";

/** What a write that returns no rows reports. */
interface Outcome {
  changes: number;
  lastInsertRowid: number | bigint;
}

/** The query builder as the rules see it: always awaited, also where the engine is synchronous. */
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
  /** This statement with its values, to be passed to `transaction`. */
  with(values: Values): Statement<Result>;
}

/**
 * All that the program knows about an engine. What goes wrong in it rejects as one of the errors of
 * `errors.ts`, or as it is where the rules can do nothing about it.
 */
export interface Engine {
  readonly name: "sqlite" | "postgres";
  readonly query: Query;
  /** For slow reads, such as searches and pages far inside: other statements don't wait for them. */
  readonly slowQuery: Query;
  readonly tables: Tables;
  /** The few expressions that engines write differently. */
  readonly sql: EngineSql;
  /**
   * Builds and parses a statement the first time a name is seen, and hands it out ever after. With
   * `gather` it is a lookup by numbers, and those that are asked for together may go together.
   */
  prepared<Row, Result>(
    name: string,
    build: (query: Query) => Preparable<Row, Result>,
    how?: { slow?: boolean; gather?: boolean },
  ): Prepared<Row, Result>;
  /**
   * Runs the statements together or not at all, and resolves once they are durable. Writes that
   * come together share a commit; each is undone alone when it fails.
   */
  transaction<const S extends readonly Statement[]>(...statements: S): Promise<Results<S>>;
  /**
   * Like `transaction`, but does not wait for the lock: refused at once, as unavailable, while another process
   * holds the lock.
   */
  tryWrite(...statements: readonly Statement[]): Promise<void>;
  readonly changes: ChangeFeed;
  /** Counts of limits where nodes share a database; one process alone counts in its memory. */
  readonly windows?: SharedWindows;
  /**
   * Runs an import in one transaction that is all or nothing; writes of others wait meanwhile. The
   * engine checks no references: the import answers for the ids that it writes.
   */
  bulk<T>(work: (bulk: BulkLoader) => Promise<T>): Promise<T>;
  /** Opens a place for events to wait in; the caller closes it. */
  stageEvents(): Promise<EventStage>;
  /** Opens a place for users to wait in; the caller closes it. */
  stageUsers(): Promise<UserStage>;
  /** Figures about connections; undefined for an engine without any. */
  readonly figures?: () => EngineFigures;
  /** By how many milliseconds the database's clock is off this machine's. */
  readonly clockOffset?: () => Promise<number>;
  /** Rejects when the database can't be read or written now. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** Numbers for metrics; all but `inFlight` only grow. */
interface EngineFigures {
  /** Connections by what they are for. */
  readonly lanes: Readonly<Record<string, { inFlight: number; reconnects: number }>>;
  /** How many statements of each name were answered, and what they took together. */
  readonly statements: ReadonlyMap<string, { readonly count: number; readonly seconds: number }>;
  /** Transactions that were sent again after a deadlock. */
  readonly retries: number;
  /** Requests that waited to hear whether memory still holds, questions asked, slots that moved. */
  readonly barrier: { requests: number; asked: number; moved: number };
}

/** Counts in windows of time that all nodes share. Times and lengths are in milliseconds. */
export interface SharedWindows {
  /** Adds to the window of a key, which opens `now` where there is none that is not over. */
  add(
    key: string,
    points: number,
    length: number,
    now: number,
  ): Promise<{ used: number; end: number }>;
  /** The window of a key that is not over; undefined where there is none. */
  look(key: string, now: number): Promise<{ used: number; end: number } | undefined>;
}

/** Commits of other processes. */
interface ChangeFeed {
  /** True once after each commit that another process made. */
  committedElsewhere(): boolean;
  /**
   * Where nodes share a database: resolves when what others changed before the call is known, and
   * was told to the listener.
   */
  catchUp?(): Promise<void>;
  /** Slots that moved: users by `id & 63` below 64, who there is from 64; undefined for all. */
  listen?(onMoved: (slots: readonly number[] | undefined) => void): void;
  /** Moves with a user's follows and with the profile of any user; the same at every node. */
  listVersion?(id: number): Promise<string>;
}

/** Expressions that engines write differently. `column` is a column or an expression. */
export interface EngineSql {
  /** Many ids as one bound value, for `among`. */
  readonly idList: (ids: readonly number[]) => unknown;
  /** Whether a column is one of the ids of a list. */
  readonly among: (column: unknown, ids: unknown) => SQL;
  /** Whether a flag is set, so that a partial index of those that are may be used. */
  readonly isTrue: (column: unknown) => SQL;
  readonly isFalse: (column: unknown) => SQL;
  /** Whether a column has a text somewhere in it, in any case. */
  readonly contains: (column: unknown, text: string) => SQL;
  /** The column, where an index on it would be a bad way to the rows. */
  readonly unindexed: (column: unknown) => SQL;
  /** The ids of a group as one text, with commas. */
  readonly joinedIds: (column: unknown) => SQL<string>;
  /** Whether a member of a JSON object is true. */
  readonly hasTrue: (column: unknown, member: string) => SQL<boolean>;
  /** The id of a row that a query puts into the audit log. */
  readonly newAuditEvent: () => SQL;
  /**
   * Keeps statements of others that lock the same user waiting until the transaction ends; undefined
   * where there is one writer at a time anyway.
   */
  readonly lockFollows?: (userId: unknown) => SQL;
  /** The place that the next follow has in the order of following. */
  readonly nextFollow: () => SQL<number>;
  /** A user's whole row, with the counters of follows, for `select` and `returning`. */
  readonly user: Tables["users"]["_"]["columns"];
  readonly search: UserSearch;
}

/** Looks texts of three letters and more up in an index. */
interface UserSearch {
  /** Ids, as `found`, of the users in whose name or in whose username all terms are, in any case. */
  readonly named: (terms: readonly string[]) => SQL;
  /** Ids, as `found`, of the users in whose primary address the text is, in any case. */
  readonly addressed: (text: string) => SQL;
}
