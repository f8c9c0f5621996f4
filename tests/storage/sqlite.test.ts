import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Database, Statement } from "../../src/storage/database.ts";
import * as tables from "../../src/storage/sqlite-tables.ts";
import { files, opener, rows } from "./opened.ts";

const file = files();
const open = opener();
const { users, emails, follows } = tables;

const times = { createdAt: 1, updatedAt: 1 };
const insert = (db: Database, username: string) =>
  db.query
    .insert(users)
    .values({ username, ...times })
    .returning({ id: users.id });
const names = (db: Database) => rows<string>(db, "select username from users order by id");

/** Commits in a write-ahead log: frames that say how big the database is after them. */
function commitsIn(database: string): number {
  const log = readFileSync(`${database}-wal`);
  if (log.length === 0) return 0;
  const frame = 24 + log.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + frame <= log.length; at += frame) {
    const current = log.compare(log, 16, 24, at + 8, at + 16) === 0;
    if (current && log.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}

async function pragma(db: Database, word: string): Promise<unknown> {
  const [row] = await db.query.all<object>(sql.raw(`pragma ${word}`));
  return Object.values(row ?? {})[0];
}

describe("an open database", () => {
  it.each(["a first time", "again"])("has its promises set when it is opened %s", async (time) => {
    const name = file("pragmas.db");
    if (time === "again") open.database({ file: name }).close();
    const db = open.database({ file: name });
    expect({
      journal: await pragma(db, "journal_mode"),
      synchronous: await pragma(db, "synchronous"),
      keys: await pragma(db, "foreign_keys"),
      trusted: await pragma(db, "trusted_schema"),
      wait: await pragma(db, "busy_timeout"),
    }).toEqual({ journal: "wal", synchronous: 2, keys: 1, trusted: 0, wait: 5000 });
  });

  it("gives up on power cuts only when it is told to", async () => {
    const db = open.database({ file: file("normal.db"), synchronous: "NORMAL" });
    expect(await pragma(db, "synchronous")).toBe(1);
  });

  it("checks every reference", async () => {
    const db = open.database({ file: ":memory:" });
    const orphan = db.query.insert(emails).values({ userId: 99, email: "a@b", ...times });
    await expect(db.write(orphan)).rejects.toMatchObject({
      code: "SQLITE_CONSTRAINT_FOREIGNKEY",
    });
  });

  it.each([
    ["is no database", () => Buffer.from("no database, but long enough to be looked at")],
    ["is half of one", () => readFileSync(made()).subarray(0, 5000)],
  ])("is refused when the file %s", (_, content) => {
    const name = file("bad.db");
    writeFileSync(name, content());
    expect(() => open.database({ file: name })).toThrow(/not a database|malformed/);
    expect(readFileSync(name)).toEqual(content());
  });

  function made(): string {
    const name = file("whole.db");
    open.database({ file: name }).close();
    return name;
  }
});

describe("writes", () => {
  it("of one turn share one commit, and those of the next have another", async () => {
    const name = file("group.db");
    const db = open.database({ file: name });
    const before = commitsIn(name);
    await Promise.all(["a", "b", "c"].map((username) => db.write(insert(db, username))));
    expect(commitsIn(name) - before).toBe(1);
    await db.write(insert(db, "d"));
    expect(commitsIn(name) - before).toBe(2);
    expect(names(db)).toEqual(["a", "b", "c", "d"]);
  });

  it("are answered after their commit, and not seen by anybody before it", async () => {
    const name = file("durable.db");
    const db = open.database({ file: name });
    const other = open.connection(name).prepare("select count(*) from users").pluck();
    const written = db.write(insert(db, "mona"));
    expect(other.get()).toBe(0);
    const [[row]] = await written;
    expect(row).toEqual({ id: 1 });
    expect(other.get()).toBe(1);
  });

  it("are undone alone when they fail among others", async () => {
    const db = open.database({ file: ":memory:" });
    await db.write(insert(db, "taken"));
    const results = await Promise.allSettled([
      db.write(insert(db, "first")),
      db.write(insert(db, "half"), insert(db, "TAKEN")),
      db.write(insert(db, "Taken")),
      db.write(insert(db, "second"), insert(db, "third")),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    expect(names(db)).toEqual(["taken", "first", "second", "third"]);
  });

  it("see what an earlier statement of theirs did", async () => {
    const db = open.database({ file: ":memory:" });
    const rename = db.query
      .update(users)
      .set({ username: "octocat" })
      .where(eq(users.username, "mona"))
      .returning({ id: users.id });
    const [inserted, renamed] = await db.write(insert(db, "mona"), rename);
    expect(renamed).toEqual(inserted);
    expect(names(db)).toEqual(["octocat"]);
  });

  it("that need room are refused when the file can't grow, and nobody is told what is not so", async () => {
    const db = open.database({ file: file("full.db") });
    await db.write(insert(db, "before"));
    const [pages] = rows<number>(db, "pragma page_count");
    rows(db, `pragma max_page_count = ${pages}`);
    const large = db.query
      .insert(users)
      .values({ username: "large", bio: "x".repeat(500_000), ...times });
    const group: [string, Statement][] = [
      ["a", insert(db, "a")],
      ["large", large],
      ["half", insert(db, "half")],
      ["b", insert(db, "b")],
    ];
    const results = await Promise.allSettled(
      group.map(([name, each]) => (name === "half" ? db.write(each, large) : db.write(each))),
    );
    // A full file may end the whole transaction or the one statement; both must be told.
    const done = group.filter((_, place) => results[place]?.status === "fulfilled");
    expect(names(db)).toEqual(["before", ...done.map(([name]) => name)]);
    for (const result of [results[1], results[2]]) {
      expect(result).toMatchObject({ status: "rejected", reason: { code: "SQLITE_FULL" } });
      expect(db.isUnavailable((result as PromiseRejectedResult).reason)).toBe(true);
    }
    rows(db, "pragma max_page_count = 1000000");
    await db.write(large);
    expect(names(db)).toContain("large");
  });

  it("are all refused when another program holds the lock, and taken when it lets go", async () => {
    const name = file("locked.db");
    const db = open.database({ file: name, busyTimeout: 0 });
    const other = open.connection(name);
    other.exec("BEGIN IMMEDIATE");
    const results = await Promise.allSettled([
      db.write(insert(db, "a")),
      db.write(insert(db, "b"), insert(db, "c")),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({ status: "rejected", reason: { code: "SQLITE_BUSY" } });
      expect(db.isUnavailable((result as PromiseRejectedResult).reason)).toBe(true);
    }
    // A lock comes and goes, and reading goes on: nothing for a health check to act on.
    expect(() => db.probe()).not.toThrow();
    other.exec("ROLLBACK");
    expect(() => db.probe()).not.toThrow();
    await db.write(insert(db, "d"));
    expect(names(db)).toEqual(["d"]);
  });

  it("wait for another program's lock in the order they came, and hold nobody up meanwhile", async () => {
    const name = file("waits.db");
    const db = open.database({ file: name });
    const other = open.connection(name);
    other.exec("BEGIN IMMEDIATE");
    const written = ["a", "b"].map((username) => db.write(insert(db, username)));
    let turns = 0;
    const until = performance.now() + 300;
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      turns += 1;
      if (turns === 10) written.push(db.write(insert(db, "c")));
    }
    // One that slept in SQLite would have let none of them by.
    expect(turns).toBeGreaterThan(20);
    expect(await db.query.$count(users)).toBe(0);
    other.exec("ROLLBACK");
    await Promise.all(written);
    expect(names(db)).toEqual(["a", "b", "c"]);
  });

  it("give up when the lock is not let go", async () => {
    const name = file("gives-up.db");
    const db = open.database({ file: name, busyTimeout: 100 });
    open.connection(name).exec("BEGIN IMMEDIATE");
    const error = await db.write(insert(db, "a")).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "SQLITE_BUSY" });
  });

  it("that nobody waits for are refused at once, alone, and leave the others waiting", async () => {
    const name = file("notes.db");
    const db = open.database({ file: name });
    const other = open.connection(name);
    other.exec("BEGIN IMMEDIATE");
    const patient = db.write(insert(db, "patient"));
    const error = await db.note(insert(db, "hasty")).catch((reason: unknown) => reason);
    expect(db.isUnavailable(error)).toBe(true);
    other.exec("ROLLBACK");
    await patient;
    await db.note(insert(db, "later"));
    expect(names(db)).toEqual(["patient", "later"]);
  });

  it("are lost only where nobody was told otherwise when the disk fills up", () => {
    const script = join(import.meta.dirname, "full-disk.ts");
    const limited = 'ulimit -f 1000; exec "$0" "$@"';
    const args = ["-c", limited, process.execPath, script, file("disk.db")];
    const { stdout, stderr } = spawnSync("sh", args, { encoding: "utf8" });
    expect(stderr).toBe("");
    const { acknowledged, ...result } = JSON.parse(stdout);
    expect(acknowledged).toBeGreaterThan(0);
    expect(result).toEqual({
      refused: 3,
      unavailable: true,
      afterFailure: acknowledged,
      afterRecovery: acknowledged + 1,
      integrity: "ok",
    });
  });

  it("that wait are committed before a bulk, and before closing", async () => {
    const name = file("order.db");
    const db = open.database({ file: name });
    const first = db.write(insert(db, "first"));
    db.bulk((connection) =>
      connection.exec("insert into users (username, created_at, updated_at) values ('bulk', 1, 1)"),
    );
    const last = db.write(insert(db, "last"));
    db.close();
    expect(await first).toEqual([[{ id: 1 }]]);
    expect(await last).toEqual([[{ id: 3 }]]);
    expect(names(open.database({ file: name }))).toEqual(["first", "bulk", "last"]);
  });

  it("are refused once the database is closed", async () => {
    const db = open.database({ file: ":memory:" });
    const late = insert(db, "late");
    db.close();
    await expect(db.write(late)).rejects.toThrow(/not open/);
  });
});

describe("a bulk", () => {
  it("is undone as a whole when it throws", () => {
    const db = open.database({ file: ":memory:" });
    const work = () =>
      db.bulk((connection) => {
        connection.exec("insert into users (username, created_at, updated_at) values ('a', 1, 1)");
        throw new Error("line 2 is bad");
      });
    expect(work).toThrow("line 2 is bad");
    expect(names(db)).toEqual([]);
  });

  it.each(["went well", "threw"])("leaves references checked when it %s", async (end) => {
    const db = open.database({ file: ":memory:" });
    const work = () =>
      db.bulk(() => {
        if (end === "threw") throw new Error("stop");
      });
    if (end === "threw") expect(work).toThrow("stop");
    else work();
    expect(await pragma(db, "foreign_keys")).toBe(1);
  });

  it("is refused when it would go on after the transaction", () => {
    const db = open.database({ file: ":memory:" });
    expect(() => db.bulk(async () => undefined)).toThrow(/promise/);
  });
});

describe("errors", () => {
  const failure = async (work: () => unknown): Promise<unknown> => {
    try {
      await work();
    } catch (error) {
      return error;
    }
    throw new Error("it worked");
  };
  const edge = (db: Database) =>
    db.query.insert(follows).values({ followerId: 1, followedId: 2, seq: 1, createdAt: 1 });

  it("of a taken value are duplicates: a name in another case, an address, a pair", async () => {
    const db = open.database({ file: ":memory:" });
    const address = (email: string) =>
      db.query.insert(emails).values({ userId: 1, email, ...times });
    await db.write(insert(db, "mona"), insert(db, "hubot"), address("m@x.test"), edge(db));
    const taken: Statement[] = [insert(db, "MONA"), address("M@X.test"), edge(db)];
    for (const statement of taken) {
      const error = await failure(() => db.write(statement));
      expect(db.isDuplicate(error)).toBe(true);
      expect(db.isUnavailable(error)).toBe(false);
    }
  });

  it("of any other broken rule are neither", async () => {
    const db = open.database({ file: ":memory:" });
    for (const error of [
      await failure(() => db.write(edge(db))),
      await failure(() => db.write(db.query.insert(users).values({ username: "x" } as never))),
      await failure(() => rows(db, "select nothing from nowhere")),
      new Error("SQLITE_BUSY"),
      { code: 5 },
      undefined,
      null,
      "SQLITE_BUSY",
    ]) {
      expect([db.isDuplicate(error), db.isUnavailable(error)]).toEqual([false, false]);
    }
  });

  it("keep their meaning inside of another error", () => {
    const db = open.database({ file: ":memory:" });
    const inner = Object.assign(new Error("full"), { code: "SQLITE_FULL" });
    const unique = Object.assign(new Error("taken"), { code: "SQLITE_CONSTRAINT_UNIQUE" });
    expect(db.isUnavailable(new Error("Failed query", { cause: inner }))).toBe(true);
    expect(db.isDuplicate(new Error("Failed query", { cause: unique }))).toBe(true);
  });

  it("of a read-only file are the file's fault", async () => {
    const db = open.database({ file: file("readonly.db") });
    await db.query.run(sql`pragma query_only = 1`);
    expect(db.isUnavailable(await failure(() => db.write(insert(db, "a"))))).toBe(true);
  });
});

describe("a probe", () => {
  it("throws when the file can't be written, and no longer when it can", async () => {
    const db = open.database({ file: file("probe.db") });
    await db.query.run(sql`pragma query_only = 1`);
    expect(() => db.probe()).toThrow(/readonly/);
    await db.query.run(sql`pragma query_only = 0`);
    expect(() => db.probe()).not.toThrow();
  });

  it("takes somebody else's lock for no fault, and does not wait for it", async () => {
    const name = file("busy.db");
    const db = open.database({ file: name });
    open.connection(name).exec("BEGIN IMMEDIATE");
    const started = performance.now();
    expect(() => db.probe()).not.toThrow();
    // Half of what a write would wait.
    expect(performance.now() - started).toBeLessThan(2500);
    expect(await pragma(db, "busy_timeout")).toBe(5000);
  });

  it("changes nothing that is seen", async () => {
    const db = open.database({ file: ":memory:" });
    await db.write(insert(db, "mona"), insert(db, "hubot"));
    await db.write(
      db.query.insert(follows).values({ followerId: 1, followedId: 2, seq: 5, createdAt: 1 }),
    );
    db.probe();
    expect(rows(db, "select value from follow_sequence")).toEqual([5]);
  });
});

describe("commits of others", () => {
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  const foreign =
    "insert into users (username, created_at, updated_at) values (hex(randomblob(8)), 1, 1)";

  it("are noticed once each, and our own never", async () => {
    const name = file("foreign.db");
    const db = open.database({ file: name });
    const other = open.connection(name);
    expect(db.changedElsewhere()).toBe(false);
    await db.write(insert(db, "mona"));
    await nextTurn();
    expect(db.changedElsewhere()).toBe(false);
    other.exec(foreign);
    await nextTurn();
    expect(db.changedElsewhere()).toBe(true);
    await nextTurn();
    expect(db.changedElsewhere()).toBe(false);
    other.exec(foreign);
    await db.write(insert(db, "hubot"));
    await nextTurn();
    expect(db.changedElsewhere()).toBe(true);
  });

  it("are not noticed when they are undone", async () => {
    const name = file("undone.db");
    const db = open.database({ file: name });
    open.connection(name).exec(`BEGIN; ${foreign}; ROLLBACK`);
    expect(db.changedElsewhere()).toBe(false);
  });
});

describe("the builder", () => {
  it("gives, awaited, what the engine gives at once", async () => {
    const db = open.database({ file: ":memory:" });
    const connection = new SqliteConnection(":memory:");
    const [create = ""] = rows<string>(db, "select sql from sqlite_master where name = 'users'");
    connection.exec(create);
    const sync = drizzle(connection);
    const values = { username: "mona", admin: true, ...times };
    const change = { bio: "hello" };

    expect(await db.query.insert(users).values(values).returning()).toEqual(
      sync.insert(users).values(values).returning().all(),
    );
    expect(await db.query.update(users).set(change).where(eq(users.id, 1))).toEqual(
      sync.update(users).set(change).where(eq(users.id, 1)).run(),
    );
    expect(await db.query.select().from(users)).toEqual(sync.select().from(users).all());
    expect(await db.query.$count(users)).toBe(await sync.$count(users));
    expect(await db.query.delete(users).returning({ id: users.id })).toEqual(
      sync.delete(users).returning({ id: users.id }).all(),
    );
    expect(await db.query.select().from(users)).toEqual(sync.select().from(users).all());
    connection.close();
  });

  it("is asked for a named statement once", async () => {
    const db = open.database({ file: ":memory:" });
    await db.write(insert(db, "mona"));
    let built = 0;
    const statement = () =>
      db.prepared("all names", (query) => {
        built += 1;
        return query.select({ username: users.username }).from(users);
      });
    expect(await statement().all()).toEqual([{ username: "mona" }]);
    await db.write(insert(db, "hubot"));
    expect(await statement().all()).toEqual([{ username: "mona" }, { username: "hubot" }]);
    expect(await statement().get()).toEqual({ username: "mona" });
    expect(built).toBe(1);
  });
});
