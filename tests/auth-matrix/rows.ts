import { invalidate } from "../../src/domain/invalidation.ts";
import type { Store } from "../../src/domain/store.ts";
import type { RawConnection } from "../../src/storage/sqlite/raw-connection.ts";
import { raw } from "../support/raw.ts";

type Row = Record<string, number | string | null>;
export type Rows = ReadonlyMap<string, readonly Row[]>;

/** Tables that triggers write, that of pictures (which no user has), and that of the migrations. */
const LEFT = /^(?:sqlite_|users_search|emails_search|_|avatars$|follow_sequence$)|migration/;

const tablesOf = (connection: RawConnection): string[] =>
  [...connection.prepare("select name from sqlite_master where type = 'table'").iterate()]
    .map((row) => (row as { name: string }).name)
    .filter((name) => !LEFT.test(name));

const read = (connection: RawConnection, name: string) =>
  [...connection.prepare(`select * from "${name}" order by 1, 2`).iterate()] as Row[];

/** Every row of every table, in the order of their keys. */
export const rowsOf = ({ engine }: Store): Rows =>
  raw(
    engine,
    (connection) => new Map(tablesOf(connection).map((name) => [name, read(connection, name)])),
  );

/**
 * Notes from now on which tables change, for `restore`: to read them all after each request would
 * take longer than the request.
 */
export function watch({ engine }: Store): void {
  raw(engine, (connection) => {
    connection.exec("create temp table changed_tables (name text primary key) without rowid");
    for (const name of [...tablesOf(connection), "avatars"]) {
      for (const event of ["insert", "update", "delete"]) {
        connection.exec(
          `create temp trigger "${name} ${event}" after ${event} on main."${name}"
          begin insert or ignore into changed_tables values ('${name}'); end`,
        );
      }
    }
  });
}

/**
 * Puts every table that has changed since the last time back to what it was, and makes the program
 * forget what it remembers of them.
 */
export function restore(store: Store, saved: Rows): void {
  const isChanged = raw(store.engine, (connection) => {
    const names = [...connection.prepare("select name from changed_tables").iterate()].map(
      (row) => (row as { name: string }).name,
    );
    if (names.length === 0) return false;
    connection.exec("delete from avatars");
    const changed = [...saved].filter(([name]) => names.includes(name));
    for (const [name] of changed) connection.exec(`delete from "${name}"`);
    for (const [name, rows] of changed) fill(connection, name, rows);
    recount(connection, saved);
    for (const [name] of changed) rewind(connection, name);
    connection.exec("delete from changed_tables");
    return true;
  });
  if (isChanged) invalidate.everything(store);
}

function fill(connection: RawConnection, name: string, rows: readonly Row[]): void {
  const [first = {}] = rows;
  if (rows.length === 0) return;
  const columns = Object.keys(first);
  const marks = columns.map(() => "?").join(", ");
  const insertion = connection.prepare(
    `insert into "${name}" (${columns.join(", ")}) values (${marks})`,
  );
  for (const row of rows) insertion.run(...Object.values(row));
}

/** Triggers have counted the follows once more. */
function recount(connection: RawConnection, saved: Rows): void {
  const counters = connection.prepare(
    "update users set followers = ?, following = ?, counted_at = ? where id = ?",
  );
  for (const { followers, following, counted_at, id } of saved.get("users") ?? []) {
    counters.run(followers ?? 0, following ?? 0, counted_at ?? 0, id ?? 0);
  }
  const last = Math.max(...(saved.get("follows") ?? []).map(({ seq }) => Number(seq)));
  connection.prepare("update follow_sequence set value = ?").run(last);
}

/** The next number given out is the one after the last that is there. */
function rewind(connection: RawConnection, name: string): void {
  const find = connection.prepare("select 1 from sqlite_sequence where name = ?");
  if (find.get(name) === undefined) return;
  const last = connection.prepare(`select coalesce(max(id), 0) as id from "${name}"`).get();
  connection
    .prepare("update sqlite_sequence set seq = ? where name = ?")
    .run((last as { id: number }).id, name);
}
