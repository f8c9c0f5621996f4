import type { Statement, Values } from "../engine.ts";
import { codeOf, translateError } from "./errors.ts";

/** The little that a group needs of a connection. */
interface Connection {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
  prepare(sql: string): { run(): unknown };
}

interface CommitOptions {
  /** False commits each write by itself. */
  together: boolean;
  /** Milliseconds that a write waits for the lock of another process. */
  patience: number;
}

/** Turns of the event loop that a commit is put off while each brings more writes. */
const MAX_TURNS = 3;
/** Milliseconds between two tries to get the lock that another process holds. */
const RETRY_DELAY_MS = 10;

interface Write {
  statements: readonly Statement[];
  /** When it stops waiting for another process, in the time of `performance.now`. */
  until: number;
  resolve(results: unknown[]): void;
  reject(error: unknown): void;
}

/** What better-sqlite3's sessions of Drizzle return from `execute`: a result that is already there. */
interface Executed {
  sync(): unknown;
}

function run(statement: Statement): unknown {
  const prepared = statement.prepare() as unknown as { execute(values?: Values): Executed };
  return prepared.execute(statement.bound).sync();
}

/**
 * Gathers writes into one transaction, so that the price of a durable commit is shared by all that
 * wait for it: those of one turn of the event loop, and of the next where more came meanwhile, as
 * callers who were answered together ask again soon one after another. A lone write does not
 * wait. While another process holds the lock they wait
 * without holding up the event loop, and with it all readers.
 */
export class GroupCommit {
  readonly #connection: Connection;
  readonly #begin: { run(): unknown };
  readonly #commit: { run(): unknown };
  readonly #options: CommitOptions;
  #waiting: Write[] = [];
  #isScheduled = false;
  #isHeld = false;

  constructor(connection: Connection, options: CommitOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#begin = connection.prepare("BEGIN IMMEDIATE");
    this.#commit = connection.prepare("COMMIT");
  }

  /** Without `retryOnBusy` it is refused as soon as another process turns out to hold the lock. */
  write(statements: readonly Statement[], retryOnBusy = true): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const until = retryOnBusy ? performance.now() + this.#options.patience : 0;
      this.#waiting.push({ statements, until, resolve, reject });
      if (!this.#options.together) this.#attemptAll(this.#take());
      else if (!this.#isScheduled) this.#gather(MAX_TURNS);
    });
  }

  #gather(turns: number): void {
    const { length } = this.#waiting;
    this.#schedule(setImmediate, () => {
      if (turns > 0 && this.#waiting.length > length) this.#gather(turns - 1);
      else this.#attemptAll(this.#take());
    });
  }

  #schedule(later: (work: () => void) => unknown, work: () => void): void {
    this.#isScheduled = true;
    later(() => {
      this.#isScheduled = false;
      work();
    });
  }

  /** Keeps what comes from now on waiting, while an import has a transaction of its own. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Commits what came since `hold`. */
  release(): void {
    this.#isHeld = false;
    this.#attemptAll(this.#take());
  }

  #take(): Write[] {
    if (this.#isHeld) return [];
    const writes = this.#waiting;
    this.#waiting = [];
    return writes;
  }

  /** Commits what waits, now; the caller waits for the lock. */
  flush(): void {
    const writes = this.#take();
    if (writes.length === 0) return;
    const busy = this.#run(writes, () => this.#begin.run());
    if (busy !== undefined) for (const write of writes) write.reject(translateError(busy));
  }

  #attemptAll(writes: Write[]): void {
    if (writes.length === 0) return;
    const busy = this.#run(writes, () => this.#beginAtOnce());
    if (busy === undefined) return;
    const now = performance.now();
    const patient = writes.filter(({ until }) => until > now);
    for (const write of writes) if (write.until <= now) write.reject(translateError(busy));
    this.#waiting = [...patient, ...this.#waiting];
    if (this.#waiting.length > 0 && !this.#isScheduled) {
      this.#schedule(
        (work) => setTimeout(work, RETRY_DELAY_MS),
        () => this.#attemptAll(this.#take()),
      );
    }
  }

  /** Begins if no other process holds the lock; SQLite itself would wait in here. */
  #beginAtOnce(): void {
    this.#connection.exec("PRAGMA busy_timeout = 0");
    try {
      this.#begin.run();
    } finally {
      this.#connection.exec(`PRAGMA busy_timeout = ${this.#options.patience}`);
    }
  }

  /** Settles the writes, unless another process holds the lock; then that error is returned. */
  #run(writes: readonly Write[], begin: () => void): unknown {
    const settle: (() => void)[] = [];
    let begun = false;
    try {
      begin();
      begun = true;
      for (const write of writes) settle.push(this.#attempt(write));
      this.#commit.run();
    } catch (error) {
      if (!begun && isBusy(error)) return error;
      if (this.#connection.inTransaction) this.#connection.exec("ROLLBACK");
      for (const write of writes) write.reject(translateError(error));
      return undefined;
    }
    for (const done of settle) done();
    return undefined;
  }

  /** Runs one write; its result is handed out only after the commit. */
  #attempt(write: Write): () => void {
    const connection = this.#connection;
    // A single statement is undone by the engine itself when it fails.
    const guarded = write.statements.length > 1;
    try {
      if (guarded) connection.exec("SAVEPOINT one");
      const results = write.statements.map(run);
      if (guarded) connection.exec("RELEASE one");
      return () => write.resolve(results);
    } catch (error) {
      // A full disk or a failed write ends the whole transaction, and with it all parts of it.
      if (!connection.inTransaction) throw error;
      if (guarded) connection.exec("ROLLBACK TO one; RELEASE one");
      return () => write.reject(error);
    }
  }
}

const isBusy = (error: unknown): boolean => codeOf(error).startsWith("SQLITE_BUSY");
