import SqliteConnection from "better-sqlite3";
import { drizzle } from "../drizzle.ts";
import type { Engine, Prepared, Query, Statement, Values } from "../engine.ts";
import { requireStorableTexts } from "../errors.ts";
import { SqliteBulk } from "./bulk.ts";
import { LOWER_UNICODE, sqliteSql } from "./engine-sql.ts";
import { codeOf, translateError } from "./errors.ts";
import { GroupCommit } from "./group-commit.ts";
import { checkOwner, migrate } from "./migrate.ts";
import { planOnce } from "./plan-once.ts";
import type { RawConnection } from "./raw-connection.ts";
import * as tables from "./schema.ts";
import { compileOnce } from "./statement-cache.ts";

/** The WAL-reset bug of SQLite could corrupt files with two connections before this version. */
const OLDEST_SAFE_SQLITE = [3, 51, 3];

/** Milliseconds to wait for another process's lock. */
const BUSY_TIMEOUT_MS = 5000;
const RETRY_DELAY_MS = 20;

export interface SqliteOptions {
  /** A file, or `:memory:`. */
  file: string;
  /** The first content of a database in memory: the result of another one's `image`. */
  image?: Buffer | undefined;
  /** Milliseconds to wait for another process's lock. */
  busyTimeout?: number | undefined;
  /** FULL survives a power cut; NORMAL may lose the last commits to one. */
  synchronous?: "FULL" | "NORMAL";
  /** False commits each write by itself; the bench shows what that costs. */
  groupCommit?: boolean;
}

/** The engine with what SQLite alone has, for servers in memory, scripts and tests. */
export interface SqliteEngine extends Engine {
  /**
   * Runs synchronous work on the raw connection in one transaction, without checks of references.
   */
  raw<T>(work: (connection: RawConnection) => T): T;
  /** A copy of the whole database as it is now, with all that was given to `transaction`. */
  image(): Buffer;
}

/** Opens a database file, brings its schema up to date and returns it ready for use. */
export function openSqlite(options: SqliteOptions): SqliteEngine {
  const connection = new SqliteConnection(options.image ?? options.file, {
    timeout: options.busyTimeout ?? BUSY_TIMEOUT_MS,
  });
  try {
    // Before anything is set: WAL mode, for one, is written into the file and stays.
    checkOwner(connection, options.file);
    configure(connection, options);
    migrate(connection, options.file);
    return database(connection, options);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function configure(connection: SqliteConnection.Database, options: SqliteOptions): void {
  const version = connection.prepare("select sqlite_version()").pluck().get() as string;
  if (older(version.split(".").map(Number), OLDEST_SAFE_SQLITE)) {
    throw new Error(`SQLite ${version} can corrupt files; 3.51.3 or newer is needed.`);
  }
  enterWal(connection, options.busyTimeout ?? BUSY_TIMEOUT_MS);
  connection.pragma(`synchronous = ${options.synchronous ?? "FULL"}`);
  connection.pragma("foreign_keys = ON");
  connection.pragma("trusted_schema = OFF");
  connection.pragma("cache_size = -65536");
  connection.pragma("mmap_size = 2147483648");
  connection.function(LOWER_UNICODE, { deterministic: true }, (text: unknown) =>
    typeof text === "string" ? text.toLowerCase() : text,
  );
}

/**
 * Sets WAL mode. While another process sets it on the same new file, SQLite refuses at once and
 * does not wait, so waiting is done here.
 */
function enterWal(connection: SqliteConnection.Database, busyTimeout: number): void {
  const end = Date.now() + busyTimeout;
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      connection.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      if (!codeOf(error).startsWith("SQLITE_BUSY") || Date.now() >= end) throw error;
      Atomics.wait(never, 0, 0, RETRY_DELAY_MS);
    }
  }
}

function older(version: number[], floor: number[]): boolean {
  for (const [place, least] of floor.entries()) {
    const part = version[place] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}

/** Notices commits of other connections, asking SQLite at most once a turn of the event loop. */
function foreignCommits(connection: SqliteConnection.Database): () => boolean {
  const version = connection.prepare("PRAGMA data_version").pluck();
  let seen = version.get();
  let isChecked = false;
  const forget = () => {
    isChecked = false;
  };
  return () => {
    if (isChecked) return false;
    isChecked = true;
    setImmediate(forget);
    const now = orTranslate(() => version.get());
    if (now === seen) return false;
    seen = now;
    return true;
  };
}

/**
 * Health probe: one read and one write that changes nothing, as only a write detects a full disk. A
 * busy lock counts as healthy; the probe does not wait for it.
 */
function probe(connection: SqliteConnection.Database, busyTimeout: number): void {
  connection.prepare("select id from users limit 1").get();
  connection.pragma("busy_timeout = 0");
  try {
    connection.exec("update follow_sequence set value = value");
  } catch (error) {
    if (!codeOf(error).startsWith("SQLITE_BUSY")) throw error;
  } finally {
    connection.pragma(`busy_timeout = ${busyTimeout}`);
  }
}

function database(connection: SqliteConnection.Database, options: SqliteOptions): SqliteEngine {
  const commits = new GroupCommit(connection, {
    together: options.groupCommit ?? true,
    patience: options.busyTimeout ?? BUSY_TIMEOUT_MS,
  });
  // The one cast of the engine: its synchronous builder is awaited like any other
  // (tests/storage/sqlite/engine.test.ts holds the two kinds of result against each other).
  // The logger is called with all values of each statement before it runs.
  const logger = { logQuery: (_: string, values: unknown[]) => requireStorableTexts(values) };
  const query = translated(drizzle(compileOnce(connection), { logger })) as unknown as Query;
  const planned = translated(drizzle(connection, { logger }), planOnce) as unknown as Query;
  const statements = new Map<string, Prepared<unknown, unknown>>();
  const bulk = new SqliteBulk(connection, commits);

  return {
    name: "sqlite",
    query,
    slowQuery: query,
    tables,
    sql: sqliteSql,
    prepared(name, build) {
      let found = statements.get(name);
      if (found === undefined) {
        found = prepare(build(planned));
        statements.set(name, found);
      }
      return found as ReturnType<typeof build> extends never ? never : Prepared<never, never>;
    },
    transaction: ((...batch: Statement[]) => commits.write(batch)) as Engine["transaction"],
    async tryWrite(...batch) {
      await commits.write(batch, false);
    },
    changes: { committedElsewhere: foreignCommits(connection) },
    bulk: (work) => bulk.run(work),
    stageEvents: async () => bulk.stageEvents(),
    stageUsers: async () => bulk.stageUsers(),
    async probe() {
      orTranslate(() => probe(connection, options.busyTimeout ?? BUSY_TIMEOUT_MS));
    },
    raw(work) {
      commits.flush();
      connection.pragma("foreign_keys = OFF");
      try {
        const transaction = connection.transaction(() => work(connection));
        return orTranslate(() => transaction.immediate());
      } finally {
        connection.pragma("foreign_keys = ON");
      }
    },
    image() {
      commits.flush();
      return connection.serialize();
    },
    async close() {
      commits.flush();
      connection.close();
    },
  };
}

interface Session {
  prepareQuery(query: { sql: string }, ...how: unknown[]): Statement;
}

/** Every statement of the builder throws errors as the rules know them. */
function translated<T extends object>(builder: T, spell = (text: string) => text): T {
  const { session } = builder as { session: Session };
  const inner = session.prepareQuery.bind(session);
  session.prepareQuery = (query, ...how) => {
    const spelled = { ...query, sql: spell(query.sql) };
    const prepared = orTranslate(() => inner(spelled, ...how)) as unknown as Runs;
    for (const name of RUNS) {
      const run = prepared[name].bind(prepared);
      prepared[name] = (values) => orTranslate(() => run(values));
    }
    return prepared as unknown as Statement;
  };
  return builder;
}

const RUNS = ["run", "all", "get", "values"] as const;
type Runs = Record<(typeof RUNS)[number], (values?: Values) => unknown>;

function orTranslate<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateError(error);
  }
}

function prepare<Row, Result>(builder: {
  prepare(): {
    all(values?: Values): Promise<Row[]>;
    get(values?: Values): Promise<Row | undefined>;
    execute(values?: Values): Promise<Result>;
  };
}): Prepared<Row, Result> {
  const prepared = builder.prepare();
  const again = () => prepared;
  return {
    all: async (values) => prepared.all(values),
    get: async (values) => prepared.get(values),
    with: (bound) => ({ prepare: again, bound }),
  };
}
