import type SqliteConnection from "better-sqlite3";
import type { BulkLoader, EventStage, UserStage } from "../bulk.ts";
import { closeStage, openStage, prepareEventStage, writeStaged } from "./bulk-events.ts";
import { loadFollows } from "./bulk-follows.ts";
import { addUsers, blockedPairs, idFinder, userFinder } from "./bulk-users.ts";
import { openUserStage, SqliteUserWriter, withoutReadIndexes } from "./bulk-write-users.ts";
import { translateError } from "./errors.ts";
import type { GroupCommit } from "./group-commit.ts";

/** Imports, one after the other, while the writes of others wait. */
export class SqliteBulk {
  readonly #connection: SqliteConnection.Database;
  readonly #commits: GroupCommit;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: SqliteConnection.Database, commits: GroupCommit) {
    this.#connection = connection;
    this.#commits = commits;
  }

  /** Runs work in one transaction that is all or nothing, after the work that was given before. */
  run<T>(work: (bulk: BulkLoader) => Promise<T>): Promise<T> {
    const done = this.#last.then(() => this.#transaction(() => work(loader(this.#connection))));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #transaction<T>(work: () => Promise<T>): Promise<T> {
    const connection = this.#connection;
    this.#commits.flush();
    this.#commits.hold();
    // Looking up both ends of each of many million edges takes as long as all the rest.
    connection.pragma("foreign_keys = OFF");
    try {
      connection.exec("BEGIN IMMEDIATE");
      const result = await work();
      connection.exec("COMMIT");
      return result;
    } catch (error) {
      if (connection.inTransaction) connection.exec("ROLLBACK");
      throw translateError(error);
    } finally {
      connection.pragma("foreign_keys = ON");
      this.#commits.release();
    }
  }

  stageUsers(): UserStage {
    return openUserStage(this.#connection);
  }

  /** Events wait in a temporary table, which is no part of the file. */
  stageEvents(): EventStage {
    const connection = this.#connection;
    openStage(connection);
    const [byName, byId, lay] = [
      userFinder(connection),
      idFinder(connection),
      prepareEventStage(connection),
    ];
    return {
      usersNamed: async (usernames) => usernames.map(byName),
      usersById: async (ids) => ids.map(byId),
      add: async (rows) => connection.transaction(() => rows.forEach(lay))(),
      write: (now) => this.run(async () => writeStaged(connection, now)),
      close: async () => closeStage(connection),
    };
  }
}

// Nothing here waits for anything but the connection, so that no request runs in between.
const loader = (connection: SqliteConnection.Database): BulkLoader => ({
  usersNamed: async (usernames) => usernames.map(userFinder(connection)),
  addUsers: async (usernames, now) => addUsers(connection, usernames, now),
  blockedPairs: async () => blockedPairs(connection),
  loadFollows: async (load) => loadFollows(connection, load),
  writeUsers({ count, onlyAdds }, work) {
    const load = () => work(new SqliteUserWriter(connection));
    return onlyAdds ? withoutReadIndexes(connection, count, load) : load();
  },
});
