import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type SqliteConnection from "better-sqlite3";
import * as blocks from "../../../src/domain/follows/blocks.ts";
import * as follows from "../../../src/domain/follows/follows.ts";
import * as emails from "../../../src/domain/profile/emails.ts";
import { migrations } from "../../../src/generated/migrations.ts";
import { SchemaError } from "../../../src/storage/errors.ts";
import { type Migration, migrate } from "../../../src/storage/sqlite/migrate.ts";
import { files, opener, rows, users } from "../opened.ts";

const file = files();
const open = opener();

type Connection = SqliteConnection.Database;

const table = (name: string): Migration => ({ name, sql: `create table "${name}" (id integer)` });
const broken: Migration = {
  name: "0009_broken",
  sql: "create table a (id integer)\n--> statement-breakpoint\ncreate table nonsense",
};

const all = <T>(connection: Connection, sql: string): T[] =>
  connection.prepare(sql).pluck().all() as T[];
const applied = (connection: Connection) => all<string>(connection, "select name from migrations");
const tablesOf = (connection: Connection) =>
  all<string>(connection, "select name from sqlite_master where type = 'table' order by name");
const versionOf = (connection: Connection) => connection.pragma("user_version", { simple: true });

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SchemaError) return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("a file that is not of this program's past", () => {
  it("is left alone when another program made it, to the last byte", () => {
    const name = file("other.db");
    const other = open.connection(name);
    other.exec("create table articles (id integer); insert into articles values (1)");
    other.close();
    const before = readFileSync(name);
    expect(refusal(() => open.database({ file: name }))).toContain("of another program");
    expect(readFileSync(name)).toEqual(before);
    expect(existsSync(`${name}-wal`)).toBe(false);
  });

  it("is left alone when another program also counts its migrations", () => {
    const name = file("laravel.db");
    const other = open.connection(name);
    other.exec("create table migrations (id integer primary key, migration text, batch integer)");
    other.close();
    expect(refusal(() => open.database({ file: name }))).toContain("of another program");
  });

  it("is left alone when it says whose it is, even with nothing in it", () => {
    const name = file("signed.db");
    const other = open.connection(name);
    other.pragma("application_id = 1196444487");
    other.close();
    const before = readFileSync(name);
    expect(refusal(() => open.database({ file: name }))).toContain("of another program");
    expect(readFileSync(name)).toEqual(before);
  });

  it.each<[string, readonly Migration[]]>([
    ["has a migration more", [...migrations, table("9999_future")]],
    ["has one that we don't know", [table("0000_elsewhere")]],
    ["has ours in another order", [...migrations].reverse().map(({ name }) => table(name))],
  ])("is refused when it %s", (_, history) => {
    const name = file("history.db");
    const other = open.connection(name);
    migrate(other, name, history);
    const before = applied(other);
    expect(refusal(() => open.database({ file: name }))).toContain("made by a newer version");
    expect(applied(other)).toEqual(before);
  });

  it("is refused when only its version says that it is newer", () => {
    const name = file("version.db");
    void open.database({ file: name }).close();
    const other = open.connection(name);
    other.pragma(`user_version = ${migrations.length + 1}`);
    expect(refusal(() => open.database({ file: name }))).toContain("made by a newer version");
  });
});

describe("migrating", () => {
  it("applies every migration once, however often the file is opened", async () => {
    const name = file("twice.db");
    const first = open.store({ file: name });
    await users(first, 2);
    await follows.follow(first, 1, 2);
    void first.engine.close();
    const again = open.store({ file: name });
    expect(rows(again.engine, "select name from migrations")).toEqual(
      migrations.map((m) => m.name),
    );
    expect(rows(again.engine, "pragma user_version")).toEqual([migrations.length]);
    expect(rows(again.engine, "select followers from users")).toEqual([0, 1]);
  });

  it("marks the file as ours, a new one and an old one that had no mark", () => {
    const mark = (connection: Connection) =>
      connection.pragma("application_id", { simple: true }) as number;
    const name = file("marked.db");
    void open.database({ file: name }).close();
    // Where it lies in the file: sqlite.org/fileformat.html, 1.3.
    expect(readFileSync(name).toString("latin1", 68, 72)).toBe("folw");
    const old = open.connection(name);
    old.pragma("application_id = 0");
    void open.database({ file: name }).close();
    expect(mark(old)).toBe(0);
    migrate(old, name, [...migrations, table("9999_next")]);
    expect(mark(old).toString(16)).toBe("666f6c77");
    old.exec(`vacuum into '${name}.copy'`);
    expect(mark(open.connection(`${name}.copy`)).toString(16)).toBe("666f6c77");
  });

  it("applies only what the file lacks, in order", () => {
    const name = file("lacks.db");
    const connection = open.connection(name);
    migrate(connection, name, [table("0000_a")]);
    migrate(connection, name, [table("0000_a"), table("0001_b"), table("0002_c")]);
    expect(applied(connection)).toEqual(["0000_a", "0001_b", "0002_c"]);
    expect(versionOf(connection)).toBe(3);
  });

  it("does all of it or nothing", () => {
    const name = file("atomic.db");
    const connection = open.connection(name);
    migrate(connection, name, [table("0000_a")]);
    const list = [table("0000_a"), table("0001_b"), broken];
    expect(() => migrate(connection, name, list)).toThrow(/near "nonsense"|incomplete input/);
    expect(tablesOf(connection)).toEqual(["0000_a", "migrations"]);
    expect(applied(connection)).toEqual(["0000_a"]);
    expect(versionOf(connection)).toBe(1);
    expect(connection.pragma("foreign_keys", { simple: true })).toBe(1);
    migrate(connection, name, [table("0000_a"), table("0001_b")]);
    expect(applied(connection)).toEqual(["0000_a", "0001_b"]);
  });

  it("is undone when it leaves a reference to nothing", () => {
    const name = file("references.db");
    const connection = open.connection(name);
    const parents = {
      name: "0000_parents",
      sql:
        "create table parent (id integer primary key);" +
        "create table child (parent_id integer references parent (id) on delete cascade);" +
        "insert into parent values (1); insert into child values (1)",
    };
    migrate(connection, name, [parents]);
    const loss = { name: "0001_loss", sql: "delete from parent" };
    expect(refusal(() => migrate(connection, name, [parents, loss]))).toContain(
      "broke 1 references; undone",
    );
    expect(all(connection, "select id from parent")).toEqual([1]);
    expect(all(connection, "select parent_id from child")).toEqual([1]);
    expect(connection.pragma("foreign_keys", { simple: true })).toBe(1);
  });

  it("copies the file before an upgrade, and a new file not at all", () => {
    const name = file("backup.db");
    const connection = open.connection(name);
    migrate(connection, name, [table("0000_a")]);
    connection.exec('insert into "0000_a" values (7)');
    const backup = `${name}.before-0001_b`;
    writeFileSync(backup, "left over from an upgrade that failed");
    migrate(connection, name, [
      table("0000_a"),
      { name: "0001_b", sql: 'update "0000_a" set id = 8' },
    ]);
    expect(all(connection, 'select id from "0000_a"')).toEqual([8]);
    const copy = open.connection(backup);
    expect(all(copy, 'select id from "0000_a"')).toEqual([7]);
    expect(applied(copy)).toEqual(["0000_a"]);
    expect(versionOf(copy)).toBe(1);
    expect(existsSync(`${name}.before-0000_a`)).toBe(false);
  });
});

describe("a migration that builds the table of users anew", () => {
  /** As drizzle-kit writes it; the triggers of a table go with it, so they are made again. */
  function rebuilt(connection: Connection): Migration {
    const sqlOf = (where: string) =>
      all<string>(connection, `select sql from sqlite_master where ${where} and sql is not null`);
    const [create = ""] = sqlOf("name = 'users'");
    const indexes = sqlOf("type = 'index' and tbl_name = 'users'");
    const triggers = sqlOf("type = 'trigger'");
    const names = all<string>(connection, "select name from sqlite_master where type = 'trigger'");
    return {
      name: "9999_users_anew",
      sql: [
        ...names.map((name) => `drop trigger \`${name}\``),
        "PRAGMA foreign_keys=OFF",
        create.replace("`users`", "`__new_users`"),
        "insert into `__new_users` select * from `users`",
        "drop table `users`",
        "alter table `__new_users` rename to `users`",
        "PRAGMA foreign_keys=ON",
        ...indexes,
        ...triggers,
      ].join("\n--> statement-breakpoint\n"),
    };
  }

  async function filled(name: string): Promise<Connection> {
    const store = open.store({ file: name });
    await users(store, 20);
    for (let number = 2; number <= 20; number += 1) await follows.follow(store, number, 1);
    await blocks.block(store, 3, 4);
    await emails.add(store, 5, ["five@example.test"], { confirmed: true });
    const connection = open.connection(name);
    connection.pragma("foreign_keys = ON");
    return connection;
  }

  const everything = (connection: Connection) =>
    ["users", "follows", "blocks", "emails"].map((name) =>
      connection.prepare(`select * from ${name}`).all(),
    );

  it("keeps every follow, block and address, and the counting", async () => {
    const name = file("rebuilt.db");
    const connection = await filled(name);
    const before = everything(connection);
    migrate(connection, name, [...migrations, rebuilt(connection)]);
    expect(everything(connection)).toEqual(before);
    connection.exec("delete from users where id = 2");
    expect(all(connection, "select followers from users where id = 1")).toEqual([18]);
  });

  it("would lose all of them in a transaction that has the references on", async () => {
    const connection = await filled(file("lost.db"));
    const { sql } = rebuilt(connection);
    const statements = sql.split("--> statement-breakpoint");
    connection.transaction(() => statements.map((each) => connection.exec(each)))();
    expect(everything(connection).map(({ length }) => length)).toEqual([20, 0, 0, 0]);
  });
});

describe("several processes that open a new file at once", () => {
  const storage = join(import.meta.dirname, "../../../src/storage/sqlite/open.ts");
  const program = `
    import { once } from "node:events";
    import { openSqlite } from ${JSON.stringify(storage)};
    console.log("ready");
    await once(process.stdin, "data");
    const db = openSqlite({ file: process.argv[1] });
    db.probe();
    db.close();
    process.exit();
  `;

  function start(name: string) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", program, name]);
    let said = "";
    child.stderr.on("data", (text: Buffer) => {
      said += text;
    });
    return {
      ready: once(child.stdout, "data"),
      go: () => child.stdin.write("go"),
      ended: once(child, "exit").then(([code]) => `${said}${code}`),
    };
  }

  it("make it once, and all of them can use it", async () => {
    const name = file("race.db");
    const processes = [start(name), start(name), start(name)];
    await Promise.all(processes.map(({ ready }) => ready));
    for (const { go } of processes) go();
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual(["0", "0", "0"]);
    const connection = open.connection(name);
    expect(applied(connection)).toEqual(migrations.map((migration) => migration.name));
    expect(all(connection, "pragma integrity_check")).toEqual(["ok"]);
  });
});
