import pg from "pg";
import { UnavailableError } from "../errors.ts";
import type { StatementTimes } from "./statement-times.ts";
import { bindable, withNumbers } from "./values.ts";

/** What came of a statement. Its rows are of the type that the sender, who wrote it, says. */
export interface Result<Row = unknown> {
  readonly rows: Row[];
  readonly rowCount: number | null;
  /** The word that the server ends it with, as COMMIT. */
  readonly command: string;
}

/** A statement as drivers take it. */
export interface StatementConfig {
  text: string;
  name?: string | undefined;
  rowMode?: "array";
  types?: { getTypeParser(type: number, format?: string): (text: string) => unknown };
}

export type Send = <Row = unknown>(
  config: StatementConfig,
  values?: unknown[],
) => Promise<Result<Row>>;

interface LaneOptions {
  connection: pg.ClientConfig;
  count: number;
  /** False for statements that take long: behind one of those all of a pipelined lane wait. */
  pipeline: boolean;
  /** False where a proxy shares connections among clients, so that named statements get lost. */
  named?: boolean;
  times?: StatementTimes;
}

/** Milliseconds after which a connection that can't be made makes requests fail. */
const CONNECT_TIMEOUT_MS = 2000;

interface Connection {
  readonly client: pg.Client;
  /** Lets the next statement open another one. */
  readonly forget: () => void;
}

interface Lane {
  connection: Promise<Connection> | undefined;
  inFlight: number;
  /** Settles when what was given to a lane that is not pipelined has ended. */
  last: Promise<void>;
}

/** Lets the statements of one moment go out by one write, which costs as much as a statement. */
function holdWrites(client: pg.Client): void {
  const { stream } = client.connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Whether the server closes the connection behind an error. Its end arrives after the error. */
const endsConnection = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^(FATAL|PANIC)$/.test(error.severity ?? "");

/**
 * Connections that many statements share: each goes to the lane with the fewest under way, without
 * waiting for those before it. A lane that broke is opened anew for the next statement; what was
 * under way fails.
 */
export class Lanes {
  readonly #options: LaneOptions;
  readonly #lanes: Lane[];
  #isClosed = false;
  #hasOptions = true;
  named: boolean;
  reconnects = 0;
  onReconnect: () => void = () => undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.named = options.named ?? true;
    this.#lanes = Array.from({ length: options.count }, () => ({
      connection: undefined,
      inFlight: 0,
      last: Promise.resolve(),
    }));
  }

  get inFlight(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.inFlight, 0);
  }

  /** Whether every lane has something under way. */
  get isBusy(): boolean {
    return this.#lanes.every(({ inFlight }) => inFlight > 0);
  }

  /** Sends one statement. */
  query: Send = <Row>(config: StatementConfig, values?: unknown[]) =>
    this.use((send) => send<Row>(config, values));

  /** Does work that has to stay on one connection: what it sends is sent in that order. */
  async use<T>(work: (send: Send) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new Error("The database is closed.");
    const lane = this.#emptiest();
    lane.inFlight += 1;
    const before = lane.last;
    let end = (): void => undefined;
    if (!this.#options.pipeline) lane.last = new Promise((resolve) => (end = resolve));
    try {
      if (!this.#options.pipeline) await before;
      const connection = await this.#connected(lane);
      return await work(<Row>(config: StatementConfig, values?: unknown[]) =>
        this.#send<Row>(connection, config, values),
      );
    } finally {
      lane.inFlight -= 1;
      end();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(
      this.#lanes.map(async ({ connection }) => {
        const opened = await connection?.catch(() => undefined);
        await opened?.client.end();
      }),
    );
  }

  #send<Row>(
    { client, forget }: Connection,
    config: StatementConfig,
    values: unknown[] = [],
  ): Promise<Result<Row>> {
    const { text, rowMode, name, types = pg.types } = config;
    const query = {
      ...{ text, rowMode, types: withNumbers(types), values: values.map(bindable) },
      name: this.named ? name : undefined,
    };
    if (this.#options.pipeline) holdWrites(client);
    const sent = performance.now();
    const answer: Promise<pg.QueryResult> = client.query(query);
    const count = () => this.#options.times?.add(name, performance.now() - sent);
    answer.then(count, (error: unknown) => {
      count();
      // Before the caller hears of it, who may send the statement again at once.
      if (endsConnection(error)) forget();
    });
    return answer;
  }

  #emptiest(): Lane {
    let best = this.#lanes[0] as Lane;
    for (const lane of this.#lanes) if (lane.inFlight < best.inFlight) best = lane;
    return best;
  }

  #connected(lane: Lane): Promise<Connection> {
    if (lane.connection === undefined) {
      const connection: Promise<Connection> = this.#connect(() => {
        if (lane.connection !== connection) return;
        lane.connection = undefined;
        if (this.#isClosed) return;
        this.reconnects += 1;
        this.onReconnect();
      });
      lane.connection = connection;
    }
    return lane.connection;
  }

  async #connect(forget: () => void): Promise<Connection> {
    const { connection, pipeline } = this.#options;
    const settings = this.#hasOptions ? connection : { ...connection, options: undefined };
    const client = new pg.Client({
      ...settings,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      pipeline,
    });
    client.on("error", forget);
    client.on("end", forget);
    try {
      await client.connect();
      return { client, forget };
    } catch (error) {
      // pgbouncer refuses settings at the start; then they are the role's (docs/operations.md).
      if (this.#hasOptions && /unsupported startup parameter/.test((error as Error).message)) {
        this.#hasOptions = false;
        return this.#connect(forget);
      }
      forget();
      throw new UnavailableError((error as Error).message, { cause: error });
    }
  }
}
