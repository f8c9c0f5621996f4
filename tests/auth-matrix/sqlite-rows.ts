import { invalidate } from "../../src/domain/invalidation.ts";
import type { Store } from "../../src/domain/store.ts";
import type { RawConnection } from "../../src/storage/sqlite/raw-connection.ts";
import { connectionOf } from "../support/raw.ts";
import type { Kept, Row, Rows } from "./rows.ts";

/** Tables that triggers write, that of pictures (which no user has), and that of the migrations. */
const LEFT = /^(?:sqlite_|users_search|emails_search|_|avatars$|follow_sequence$)|migration/;

const namesIn = (connection: RawConnection, sql: string, ...values: string[]): string[] =>
  [...connection.prepare(sql).iterate(...values)].map((row) => (row as { name: string }).name);

const tablesOf = (connection: RawConnection): string[] =>
  namesIn(connection, "select name from sqlite_master where type = 'table'").filter(
    (name) => !LEFT.test(name),
  );

const read = (connection: RawConnection, name: string) =>
  [...connection.prepare(`select * from "${name}" order by 1, 2`).iterate()] as Row[];

/** What `keep` promises, on SQLite's own connection. */
export function keepInSqlite(store: Store): Kept {
  const saved = rowsOf(store);
  watch(store);
  return {
    saved,
    rows: async () => rowsOf(store),
    restore: async () => restore(store),
    close: async () => undefined,
  };
}

/** Every row of every table, in the order of their keys. */
function rowsOf({ engine }: Store): Rows {
  const connection = connectionOf(engine);
  return new Map(tablesOf(connection).map((name) => [name, read(connection, name)]));
}

/** Statements that put one table back. */
interface Undo {
  /** Deletes the rows that were not there; what refers to them goes with them. */
  deleteNew: Prepared;
  /** Inserts the rows that are gone and updates those that differ, and no other. */
  putBack: Prepared;
  rewind: Prepared | undefined;
}
type Prepared = ReturnType<RawConnection["prepare"]>;

interface Watch {
  findChanged: Prepared;
  forgetChanged: Prepared;
  rewindFollows: Prepared;
  undo: ReadonlyMap<string, Undo>;
}
const watches = new WeakMap<RawConnection, Watch>();

/** Changes of one table change others by triggers, which are put back in the next round. */
const MOST_ROUNDS = 5;

/**
 * Copies every table as it is, and notes from now on which change, for `restore`: to read them all
 * after each request would take longer than the request.
 */
function watch({ engine }: Store): void {
  const connection = connectionOf(engine);
  connection.exec("create temp table changed_tables (name text primary key) without rowid");
  // References are checked, so that users come before what is theirs.
  const names = ["users", ...tablesOf(connection).filter((name) => name !== "users"), "avatars"];
  for (const name of names) {
    connection.exec(`create temp table "saved ${name}" as select * from main."${name}"`);
    for (const event of ["insert", "update", "delete"]) {
      connection.exec(
        `create temp trigger "${name} ${event}" after ${event} on main."${name}"
        begin
          insert into changed_tables select '${name}' where not exists
            (select 1 from changed_tables where name = '${name}');
        end`,
      );
    }
  }
  watches.set(connection, {
    findChanged: connection.prepare("select name from changed_tables"),
    forgetChanged: connection.prepare("delete from changed_tables"),
    rewindFollows: connection.prepare(
      "update follow_sequence set value = (select max(seq) from follows)",
    ),
    undo: new Map(names.map((name) => [name, undoOf(connection, name)])),
  });
}

function undoOf(connection: RawConnection, name: string): Undo {
  const ofColumns = `select name from pragma_table_info('${name}')`;
  const columns = namesIn(connection, ofColumns);
  const key = namesIn(connection, `${ofColumns} where pk > 0 order by pk`).join(", ");
  const others = columns.filter((column) => !key.split(", ").includes(column));
  const listed = (prefix: string) => others.map((column) => `${prefix}"${column}"`).join(", ");
  const update =
    others.length === 0
      ? "nothing"
      : `update set ${others.map((column) => `"${column}" = excluded."${column}"`).join(", ")}
         where (${listed(`"${name}".`)}) is not (${listed("excluded.")})`;
  return {
    deleteNew: connection.prepare(
      `delete from main."${name}" where (${key}) not in (select ${key} from "saved ${name}")`,
    ),
    putBack: connection.prepare(
      `insert into main."${name}" select * from "saved ${name}" where true
       on conflict (${key}) do ${update}`,
    ),
    // The next number given out is the one after the last that is there.
    rewind: columns.includes("id")
      ? connection.prepare(
          `update sqlite_sequence set seq = (select coalesce(max(id), 0) from main."${name}")
           where name = '${name}'`,
        )
      : undefined,
  };
}

/**
 * Puts every table that has changed since the last time back to what it was, and makes the program
 * forget what it remembers of them.
 */
function restore(store: Store): void {
  const connection = connectionOf(store.engine);
  const watched = watches.get(connection);
  if (watched === undefined) throw new Error("Nothing watches this database.");
  let changed = changedIn(watched);
  if (changed.length === 0) return;
  for (let round = 0; changed.length > 0; round += 1) {
    if (round > MOST_ROUNDS) throw new Error(`${changed.join(", ")} can't be put back.`);
    watched.forgetChanged.run();
    const undos = [...watched.undo].flatMap(([name, undo]) => (changed.includes(name) ? undo : []));
    for (const { deleteNew } of undos) deleteNew.run();
    for (const { putBack } of undos) putBack.run();
    for (const { rewind } of undos) rewind?.run();
    changed = changedIn(watched);
  }
  watched.rewindFollows.run();
  invalidate.everything(store);
}

const changedIn = ({ findChanged }: Watch): string[] =>
  [...findChanged.iterate()].map((row) => (row as { name: string }).name);
