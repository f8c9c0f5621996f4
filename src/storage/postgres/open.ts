import type Pg from "pg";
import type { Engine, Prepared, Query, Statement, Values } from "../engine.ts";
import { UnavailableError } from "../errors.ts";
import { Barrier } from "./barrier.ts";
import { loadInBulk } from "./bulk.ts";
import { stageEvents } from "./bulk-events.ts";
import { stageUsers } from "./bulk-write-users.ts";
import { drizzle } from "./drizzle.ts";
import { postgresSql } from "./engine-sql.ts";
import { codeOf, isRetriable, isTimeout, translateError } from "./errors.ts";
import { GatheredReads } from "./gathered-reads.ts";
import { Lanes, type Send, type StatementConfig } from "./lanes.ts";
import { migrate } from "./migrate.ts";
import { clockOffset, probe } from "./probe.ts";
import * as tables from "./schema.ts";
import { StatementTimes } from "./statement-times.ts";
import { sharedWindows } from "./windows.ts";

interface PostgresOptions {
  /** postgres://… */
  url: string;
  /** Connections in all: two for reading, two for what takes long, the others for writing. */
  connections?: number | undefined;
  /** Seconds to wait for a database that is not there yet. */
  wait?: number | undefined;
}

/** The engine with what PostgreSQL alone has, for the program's start, verbs and tests. */
export interface PostgresEngine extends Engine {
  /** Settings of a connection of its own, as for a transfer that takes long. */
  readonly connection: Pg.ClientConfig;
  /** One statement outside of the rules. */
  readonly send: Send;
  readonly barrier: Barrier;
  /** Writes a fact at the first start; another value at a later one calls `onOther`. */
  holdFact(name: string, value: string, onOther: () => void): Promise<void>;
  readonly lanes: { readonly reading: Lanes; readonly writing: Lanes; readonly slow: Lanes };
  /** Transactions that were sent again after a deadlock. */
  readonly retries: () => number;
}

const DEFAULT_CONNECTIONS = 12;
const READING_CONNECTIONS = 2;
const SLOW_CONNECTIONS = 2;
const MAX_TRIES = 5;
const DEFAULT_WAIT_SECONDS = 30;
const WAIT_STEP_MS = 500;

const TIMEOUTS =
  "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s";
const SLOW_TIMEOUTS = "-c statement_timeout=60s -c lock_timeout=2s";

/** A named statement that the connection has, or has not, though it was said to: pgbouncer lent another one. */
const LOST_STATEMENT_CODES = /^(42P05|26000)$/;

/** Opens a database, brings its schema up to date and returns it ready for use. */
export async function openPostgres(options: PostgresOptions): Promise<PostgresEngine> {
  const connection = { connectionString: options.url, application_name: "followd" };
  const writers = Math.max(
    1,
    (options.connections ?? DEFAULT_CONNECTIONS) - READING_CONNECTIONS - SLOW_CONNECTIONS,
  );
  const times = new StatementTimes();
  const lane = (count: number, pipeline: boolean, timeouts: string) =>
    new Lanes({ connection: { ...connection, options: timeouts }, count, pipeline, times });
  const lanes = {
    reading: lane(READING_CONNECTIONS, true, TIMEOUTS),
    writing: lane(writers, true, TIMEOUTS),
    slow: lane(SLOW_CONNECTIONS, false, SLOW_TIMEOUTS),
  };
  try {
    await reachable(lanes.slow, options.wait ?? DEFAULT_WAIT_SECONDS);
    await migrate(lanes.slow);
    return engine(lanes, connection, times);
  } catch (error) {
    await closeAll(lanes);
    throw translateError(error);
  }
}

type AllLanes = PostgresEngine["lanes"];

const closeAll = async ({ reading, writing, slow }: AllLanes): Promise<void> => {
  await Promise.all([reading.close(), writing.close(), slow.close()]);
};

async function reachable(lanes: Lanes, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await lanes.query({ text: "select 1" });
      return;
    } catch (error) {
      if (!(translateError(error) instanceof UnavailableError) || Date.now() >= end) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
    }
  }
}

interface Executable {
  execute(values?: Values): Promise<unknown>;
}

/** Asynchronous, so that a statement that can't even be built rejects, as one that is refused does. */
const executed = async (statement: Statement): Promise<unknown> =>
  (statement.prepare() as Executable).execute(statement.bound);

function engine(
  lanes: AllLanes,
  connection: Pg.ClientConfig,
  times: StatementTimes,
): PostgresEngine {
  /** The one connection that the statements of a batch go to, while they are sent. */
  let now: Send | undefined;
  let retries = 0;
  /** Reads are sent once more where their connection was lost, or does not know a name any more. */
  const again =
    (kind: Lanes): Send =>
    async <Row>(config: StatementConfig, values?: unknown[]) => {
      try {
        return await kind.query<Row>(config, values);
      } catch (error) {
        const known = translateError(error);
        const isLost = known instanceof UnavailableError && !isTimeout(error);
        if (forgetsNames(error) || isLost) return kind.query<Row>(config, values);
        throw error;
      }
    };
  const read = again(lanes.reading);
  const forgetsNames = (error: unknown): boolean => {
    if (!LOST_STATEMENT_CODES.test(codeOf(error))) return false;
    for (const each of Object.values(lanes)) each.named = false;
    return true;
  };
  const reads = new GatheredReads(read);
  reads.gather(LIST_CHANGES.name);
  const client = {
    query: (config: StatementConfig, values?: unknown[]) => (now ?? reads.send)(config, values),
  };
  // The one cast of the engine: rules know the builder by the type that SQLite's has.
  const builder = (own: object) =>
    translated(drizzle({ client: own as never })) as unknown as Query;
  const query = builder(client);
  const slowQuery = builder({ query: again(lanes.slow) });
  const statements = new Map<string, Prepared<unknown, unknown>>();
  const barrier = new Barrier(read);

  /** One transaction in one round trip: all is sent before anything has been answered. */
  const attempt = (batch: readonly Statement[]): Promise<unknown[]> =>
    lanes.writing.use(async (send) => {
      let sent = 0;
      const through: Send = <Row>(config: StatementConfig, values?: unknown[]) => {
        const answer = send<Row>(config, values);
        sent += 1;
        return answer;
      };
      const all = () => {
        now = through;
        try {
          return batch.map(executed);
        } finally {
          now = undefined;
        }
      };
      if (batch.length === 1) return [outcome(await all()[0])];
      const begun = send({ text: "begin" });
      const running = all();
      // A statement that could not even be sent must not let the others through.
      const end = send({ text: sent === batch.length ? "commit" : "rollback" });
      const [, ended, ...settled] = await Promise.allSettled([begun, end, ...running]);
      for (const each of settled) if (each.status === "rejected") throw each.reason;
      if (ended.status === "rejected") throw ended.reason;
      if (ended.value.command !== "COMMIT") throw new UnavailableError("The commit was undone.");
      return settled.map((each) => outcome((each as PromiseFulfilledResult<unknown>).value));
    });

  const transaction = async (...batch: Statement[]): Promise<unknown[]> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(batch);
      } catch (error) {
        const again = isRetriable(error) || forgetsNames(error);
        if (!again || tries === MAX_TRIES) throw translateError(error);
        retries += 1;
      }
    }
  };

  for (const each of Object.values(lanes)) each.onReconnect = () => barrier.forget();

  return {
    name: "postgres",
    ...{ query, slowQuery, connection, barrier, lanes, send: read },
    retries: () => retries,
    async holdFact(name, value, onOther) {
      const insertion = "insert into instance_facts values ($1, $2) on conflict do nothing";
      await lanes.writing.query({ text: insertion }, [name, value]);
      const text = "select value from instance_facts where name = $1";
      const { rows } = await read<{ value: string }>({ text }, [name]);
      if (rows[0]?.value !== value) onOther();
    },
    tables: tables as unknown as Engine["tables"],
    sql: postgresSql,
    prepared(name, build, { slow = false, gather = false } = {}) {
      let found = statements.get(name);
      if (found === undefined) {
        if (gather) reads.gather(name);
        found = prepare(name, build(slow ? slowQuery : query) as never);
        statements.set(name, found);
      }
      return found as ReturnType<typeof build> extends never ? never : Prepared<never, never>;
    },
    transaction: transaction as Engine["transaction"],
    async tryWrite(...batch) {
      if (lanes.writing.isBusy) throw new UnavailableError("Every connection is busy.");
      await transaction(...batch);
    },
    changes: {
      committedElsewhere: () => false,
      catchUp: () => barrier.catchUp().catch((error) => Promise.reject(translateError(error))),
      listen: (onMoved) => barrier.listen(onMoved),
      async listVersion(id) {
        const { stamp } = barrier;
        const { rows } = await reads.send<[number]>(LIST_CHANGES, [id]);
        return `${rows[0]?.[0]}-${stamp}`;
      },
    },
    figures: () => ({
      lanes: Object.fromEntries(
        Object.entries(lanes).map(([name, { inFlight, reconnects }]) => [
          name,
          { inFlight, reconnects },
        ]),
      ),
      statements: times.byName,
      retries,
      barrier: { requests: barrier.requests, asked: barrier.asked, moved: barrier.moved },
    }),
    clockOffset: () => clockOffset(read),
    windows: sharedWindows(translatedSend(lanes.writing.query), translatedSend(read)),
    bulk: (work) => loadInBulk(connection, work).catch((e) => Promise.reject(translateError(e))),
    stageEvents: () => stageEvents(connection),
    stageUsers: () => stageUsers(connection),
    probe: () => probe(lanes.writing),
    close: () => closeAll(lanes),
  };
}

const translatedSend =
  (send: Send): Send =>
  <Row>(config: StatementConfig, values?: unknown[]) =>
    send<Row>(config, values).catch((error: unknown) => Promise.reject(translateError(error)));

const LIST_CHANGES = {
  name: "list changes",
  text: "select coalesce(sum(changes), 0) from follow_counts where user_id = $1",
  rowMode: "array",
} as const;

/** What a statement without rows reports, as the rules know it. */
function outcome(result: unknown): unknown {
  if (Array.isArray(result) || typeof result !== "object" || result === null) return result;
  return "rowCount" in result ? { changes: result.rowCount ?? 0, lastInsertRowid: 0 } : result;
}

/** Every statement of the builder rejects with errors as the rules know them. */
function translated<T extends object>(builder: T): T {
  const { session } = builder as { session: { prepareQuery(...how: unknown[]): Executable } };
  const inner = session.prepareQuery.bind(session);
  session.prepareQuery = (...how) => {
    const prepared = inner(...how);
    const run = prepared.execute.bind(prepared);
    prepared.execute = (values) =>
      run(values).catch((error: unknown) => Promise.reject(translateError(error)));
    return prepared;
  };
  return builder;
}

function prepare<Row, Result>(
  name: string,
  builder: { prepare(name: string): Executable },
): Prepared<Row, Result> {
  const prepared = builder.prepare(name);
  const rowsOf = (values?: Values) => prepared.execute(values) as Promise<Row[]>;
  return {
    all: rowsOf,
    get: async (values) => (await rowsOf(values))[0],
    with: (bound) => ({ prepare: () => prepared as never, bound }),
  };
}
