import type { Statement, Values } from "./database.ts";

/** The little that a group needs of a connection. */
interface Connection {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
  prepare(sql: string): { run(): unknown };
}

interface Write {
  statements: readonly Statement[];
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
 * Gathers the writes of one turn of the event loop into one transaction, so that the price of a
 * durable commit is shared by all that wait for it.
 */
export class GroupCommit {
  readonly #connection: Connection;
  readonly #begin: { run(): unknown };
  readonly #commit: { run(): unknown };
  readonly #together: boolean;
  #waiting: Write[] = [];

  constructor(connection: Connection, together: boolean) {
    this.#connection = connection;
    this.#together = together;
    this.#begin = connection.prepare("BEGIN IMMEDIATE");
    this.#commit = connection.prepare("COMMIT");
  }

  write(statements: readonly Statement[]): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statements, resolve, reject });
      if (!this.#together) this.flush();
      else if (this.#waiting.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Commits what waits, now. */
  flush(): void {
    const writes = this.#waiting;
    this.#waiting = [];
    if (writes.length === 0) return;
    const settle: (() => void)[] = [];
    try {
      this.#begin.run();
      for (const write of writes) settle.push(this.#attempt(write));
      this.#commit.run();
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec("ROLLBACK");
      for (const write of writes) write.reject(error);
      return;
    }
    for (const done of settle) done();
  }

  /** Runs one write; what it says is told only after the commit. */
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
      // A full disk or a failed write ends the whole transaction, and with it everybody's part.
      if (!connection.inTransaction) throw error;
      if (guarded) connection.exec("ROLLBACK TO one; RELEASE one");
      return () => write.reject(error);
    }
  }
}
