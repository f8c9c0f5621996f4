import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import { openStore, type StoreOptions } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import type { User } from "../../src/domain/user.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import type { Engine } from "../../src/storage/engine.ts";
import { openSqlite, type SqliteOptions } from "../../src/storage/sqlite/open.ts";
import { migratedImage } from "../support/engine.ts";
import { raw } from "../support/raw.ts";

/** Gives out names of files in a folder that is removed when the tests of a file are done. */
export function files(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), "followd-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let given = 0;
  return (name) => {
    given += 1;
    return join(folder, `${given}-${name}`);
  };
}

/** Opens databases and connections that are closed when the test is done. */
export function opener() {
  const open: { close(): unknown }[] = [];
  afterEach(() => {
    for (const each of open.splice(0).reverse()) each.close();
  });
  const closedLater = <T extends { close(): unknown }>(each: T): T => {
    open.push(each);
    return each;
  };
  return {
    database: (options: SqliteOptions): Engine => closedLater(openSqlite(options)),
    /** A second connection, as another program has one. */
    connection: (file: string): SqliteConnection.Database =>
      closedLater(new SqliteConnection(file, { timeout: 0 })),
    store(options: StoreOptions & Partial<SqliteOptions> = {}): Store {
      const place = options.file === undefined ? { image: migratedImage() } : {};
      const engine = closedLater(openSqlite({ file: ":memory:", ...place, ...options }));
      return openStore(engine, signingKey(Buffer.alloc(32, "followd")), options);
    },
  };
}

/** Makes users with names that say their number. */
export async function users(store: Store, count: number): Promise<User[]> {
  const made: Promise<User>[] = [];
  for (let number = 1; number <= count; number += 1) {
    made.push(accounts.createAccount(store, { username: `user-${number}` }));
  }
  return Promise.all(made);
}

/** What a statement on the raw connection finds; a row's only column, or the row. */
export function rows<T>(engine: Engine, sql: string, ...values: (number | string)[]): T[] {
  return raw(engine, (connection) =>
    [...connection.prepare(sql).iterate(...values)].map((row) => {
      const cells = Object.values(row as object);
      return (cells.length === 1 ? cells[0] : row) as T;
    }),
  );
}

/** A user's row without what any request of theirs moves: when they were here, and how often. */
export function withoutVisits(row: Record<string, unknown>): Record<string, unknown> {
  const others = Object.entries(row).filter(([name]) => !/sign_in|last_activity/.test(name));
  return Object.fromEntries(others);
}
