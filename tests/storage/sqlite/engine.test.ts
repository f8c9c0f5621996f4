import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Engine, Statement } from "../../../src/storage/engine.ts";
import {
  DuplicateKeyError,
  MissingReferenceError,
  UnavailableError,
} from "../../../src/storage/errors.ts";
import { translateError } from "../../../src/storage/sqlite/errors.ts";
import * as tables from "../../../src/storage/sqlite/schema.ts";
import { files, opener, rows } from "../opened.ts";

const file = files();
const open = opener();
const { users, emails, follows } = tables;

const times = { createdAt: 1, updatedAt: 1 };
const insert = (engine: Engine, username: string) =>
  engine.query
    .insert(users)
    .values({ username, ...times })
    .returning({ id: users.id });
const names = (engine: Engine) => rows<string>(engine, "select username from users order by id");

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

async function pragma(engine: Engine, word: string): Promise<unknown> {
  const [row] = await engine.query.all<object>(sql.raw(`pragma ${word}`));
  return Object.values(row ?? {})[0];
}

describe("an open database", () => {
  it.each(["a first time", "again"])("has its promises set when it is opened %s", async (time) => {
    const name = file("pragmas.db");
    if (time === "again") void open.database({ file: name }).close();
    const engine = open.database({ file: name });
    expect({
      journal: await pragma(engine, "journal_mode"),
      synchronous: await pragma(engine, "synchronous"),
      keys: await pragma(engine, "foreign_keys"),
      trusted: await pragma(engine, "trusted_schema"),
      wait: await pragma(engine, "busy_timeout"),
    }).toEqual({ journal: "wal", synchronous: 2, keys: 1, trusted: 0, wait: 5000 });
  });

  it("gives up on power cuts only when it is told to", async () => {
    const engine = open.database({ file: file("normal.db"), synchronous: "NORMAL" });
    expect(await pragma(engine, "synchronous")).toBe(1);
  });

  it("checks every reference", async () => {
    const engine = open.database({ file: ":memory:" });
    const orphan = engine.query.insert(emails).values({ userId: 99, email: "a@b", ...times });
    await expect(engine.transaction(orphan)).rejects.toBeInstanceOf(MissingReferenceError);
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
    void open.database({ file: name }).close();
    return name;
  }
});

describe("writes", () => {
  it("of one turn share one commit, and those of the next have another", async () => {
    const name = file("group.db");
    const engine = open.database({ file: name });
    const before = commitsIn(name);
    await Promise.all(
      ["a", "b", "c"].map((username) => engine.transaction(insert(engine, username))),
    );
    expect(commitsIn(name) - before).toBe(1);
    await engine.transaction(insert(engine, "d"));
    expect(commitsIn(name) - before).toBe(2);
    expect(names(engine)).toEqual(["a", "b", "c", "d"]);
  });

  it("are answered after their commit, and not seen by anybody before it", async () => {
    const name = file("durable.db");
    const engine = open.database({ file: name });
    const other = open.connection(name).prepare("select count(*) from users").pluck();
    const written = engine.transaction(insert(engine, "mona"));
    expect(other.get()).toBe(0);
    const [[row]] = await written;
    expect(row).toEqual({ id: 1 });
    expect(other.get()).toBe(1);
  });

  it("are undone alone when they fail among others", async () => {
    const engine = open.database({ file: ":memory:" });
    await engine.transaction(insert(engine, "taken"));
    const results = await Promise.allSettled([
      engine.transaction(insert(engine, "first")),
      engine.transaction(insert(engine, "half"), insert(engine, "TAKEN")),
      engine.transaction(insert(engine, "Taken")),
      engine.transaction(insert(engine, "second"), insert(engine, "third")),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    expect(names(engine)).toEqual(["taken", "first", "second", "third"]);
  });

  it("see what an earlier statement of theirs did", async () => {
    const engine = open.database({ file: ":memory:" });
    const rename = engine.query
      .update(users)
      .set({ username: "octocat" })
      .where(eq(users.username, "mona"))
      .returning({ id: users.id });
    const [inserted, renamed] = await engine.transaction(insert(engine, "mona"), rename);
    expect(renamed).toEqual(inserted);
    expect(names(engine)).toEqual(["octocat"]);
  });

  it("that need room are refused when the file can't grow, and none is acknowledged falsely", async () => {
    const engine = open.database({ file: file("full.db") });
    await engine.transaction(insert(engine, "before"));
    const [pages] = rows<number>(engine, "pragma page_count");
    rows(engine, `pragma max_page_count = ${pages}`);
    const large = engine.query
      .insert(users)
      .values({ username: "large", bio: "x".repeat(500_000), ...times });
    const group: [string, Statement][] = [
      ["a", insert(engine, "a")],
      ["large", large],
      ["half", insert(engine, "half")],
      ["b", insert(engine, "b")],
    ];
    const results = await Promise.allSettled(
      group.map(([name, each]) =>
        name === "half" ? engine.transaction(each, large) : engine.transaction(each),
      ),
    );
    // A full file may end the whole transaction or the one statement; both must be told.
    const done = group.filter((_, place) => results[place]?.status === "fulfilled");
    expect(names(engine)).toEqual(["before", ...done.map(([name]) => name)]);
    for (const result of [results[1], results[2]]) {
      expect(result).toMatchObject({
        status: "rejected",
        reason: { cause: { code: "SQLITE_FULL" } },
      });
      expect((result as PromiseRejectedResult).reason).toBeInstanceOf(UnavailableError);
    }
    rows(engine, "pragma max_page_count = 1000000");
    await engine.transaction(large);
    expect(names(engine)).toContain("large");
  });

  it("are all refused when another program holds the lock, and taken when it lets go", async () => {
    const name = file("locked.db");
    const engine = open.database({ file: name, busyTimeout: 0 });
    const other = open.connection(name);
    other.exec("BEGIN IMMEDIATE");
    const results = await Promise.allSettled([
      engine.transaction(insert(engine, "a")),
      engine.transaction(insert(engine, "b"), insert(engine, "c")),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({
        status: "rejected",
        reason: { cause: { code: "SQLITE_BUSY" } },
      });
      expect((result as PromiseRejectedResult).reason).toBeInstanceOf(UnavailableError);
    }
    // A lock comes and goes, and reading goes on: nothing for a health check to act on.
    await expect(engine.probe()).resolves.toBeUndefined();
    other.exec("ROLLBACK");
    await expect(engine.probe()).resolves.toBeUndefined();
    await engine.transaction(insert(engine, "d"));
    expect(names(engine)).toEqual(["d"]);
  });

  it("wait for another program's lock in the order they came, while reads go on", async () => {
    const name = file("waits.db");
    // One that slept in SQLite for the lock would outlast the test.
    const engine = open.database({ file: name, busyTimeout: 600_000 });
    const other = open.connection(name);
    other.exec("BEGIN IMMEDIATE");
    const written = ["a", "b"].map((username) => engine.transaction(insert(engine, username)));
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (turn === 10) written.push(engine.transaction(insert(engine, "c")));
    }
    expect(await engine.query.$count(users)).toBe(0);
    other.exec("ROLLBACK");
    await Promise.all(written);
    expect(names(engine)).toEqual(["a", "b", "c"]);
  });

  it("give up when the lock is not let go", async () => {
    const name = file("gives-up.db");
    const engine = open.database({ file: name, busyTimeout: 100 });
    open.connection(name).exec("BEGIN IMMEDIATE");
    const error = await engine.transaction(insert(engine, "a")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnavailableError);
  });

  it("of the best-effort kind are refused at once, alone, and leave the others waiting", async () => {
    const name = file("notes.db");
    const engine = open.database({ file: name });
    const other = open.connection(name);
    other.exec("BEGIN IMMEDIATE");
    const patient = engine.transaction(insert(engine, "patient"));
    const error = await engine.tryWrite(insert(engine, "hasty")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnavailableError);
    other.exec("ROLLBACK");
    await patient;
    await engine.tryWrite(insert(engine, "later"));
    expect(names(engine)).toEqual(["patient", "later"]);
  });

  it("are lost only where they were not acknowledged when the disk fills up", () => {
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
    const engine = open.database({ file: name });
    const first = engine.transaction(insert(engine, "first"));
    await engine.bulk((bulk) => bulk.addUsers(["bulk"], 1));
    const last = engine.transaction(insert(engine, "last"));
    await engine.close();
    expect(await first).toEqual([[{ id: 1 }]]);
    expect(await last).toEqual([[{ id: 3 }]]);
    expect(names(open.database({ file: name }))).toEqual(["first", "bulk", "last"]);
  });

  it("are refused once the database is closed", async () => {
    const engine = open.database({ file: ":memory:" });
    const late = insert(engine, "late");
    await engine.close();
    await expect(engine.transaction(late)).rejects.toThrow(/not open/);
  });
});

describe("a bulk", () => {
  const addUsers = (engine: Engine, names: string[], then?: () => void) =>
    engine.bulk(async (bulk) => {
      await bulk.addUsers(names, 1);
      then?.();
    });

  it("is undone as a whole when it throws", async () => {
    const engine = open.database({ file: ":memory:" });
    const work = addUsers(engine, ["a"], () => {
      throw new Error("line 2 is bad");
    });
    await expect(work).rejects.toThrow("line 2 is bad");
    expect(names(engine)).toEqual([]);
  });

  it.each(["went well", "threw"])("leaves references checked when it %s", async (end) => {
    const engine = open.database({ file: ":memory:" });
    const work = engine.bulk(async () => {
      if (end === "threw") throw new Error("stop");
    });
    if (end === "threw") await expect(work).rejects.toThrow("stop");
    else await work;
    expect(await pragma(engine, "foreign_keys")).toBe(1);
  });

  it("has a transaction of its own: writes of others wait for its end", async () => {
    const engine = open.database({ file: ":memory:" });
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const work = engine.bulk(async (bulk) => {
      await bulk.addUsers(["bulk"], 1);
      await ended;
      throw new Error("stop");
    });
    await new Promise(setImmediate);
    const other = engine.transaction(insert(engine, "other"));
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    end();
    await expect(work).rejects.toThrow("stop");
    await other;
    expect(names(engine)).toEqual(["other"]);
  });

  it("waits for the one before", async () => {
    const engine = open.database({ file: ":memory:" });
    await Promise.all([addUsers(engine, ["a"]), addUsers(engine, ["b"])]);
    expect(names(engine)).toEqual(["a", "b"]);
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
  const edge = (engine: Engine) =>
    engine.query.insert(follows).values({ followerId: 1, followedId: 2, seq: 1, createdAt: 1 });

  it("of a taken value are duplicates: a name in another case, an address, a pair", async () => {
    const engine = open.database({ file: ":memory:" });
    const address = (email: string) =>
      engine.query.insert(emails).values({ userId: 1, email, ...times });
    await engine.transaction(
      insert(engine, "mona"),
      insert(engine, "hubot"),
      address("m@x.test"),
      edge(engine),
    );
    const taken: Statement[] = [insert(engine, "MONA"), address("M@X.test"), edge(engine)];
    for (const statement of taken) {
      const error = await failure(() => engine.transaction(statement));
      expect(error).toBeInstanceOf(DuplicateKeyError);
    }
  });

  it("of a reference to nothing say so", async () => {
    const engine = open.database({ file: ":memory:" });
    const error = await failure(() => engine.transaction(edge(engine)));
    expect(error).toBeInstanceOf(MissingReferenceError);
  });

  it("of any other broken rule are as they were", async () => {
    const engine = open.database({ file: ":memory:" });
    for (const error of [
      await failure(() =>
        engine.transaction(engine.query.insert(users).values({ username: "x" } as never)),
      ),
      await failure(() => rows(engine, "select nothing from nowhere")),
      new Error("SQLITE_BUSY"),
      { code: 5 },
      undefined,
      null,
      "SQLITE_BUSY",
    ]) {
      expect(translateError(error)).toBe(error);
    }
  });

  it("keep their meaning inside of another error", () => {
    const inner = Object.assign(new Error("full"), { code: "SQLITE_FULL" });
    const unique = Object.assign(new Error("taken"), { code: "SQLITE_CONSTRAINT_UNIQUE" });
    expect(translateError(new Error("Failed", { cause: inner }))).toBeInstanceOf(UnavailableError);
    expect(translateError(new Error("Failed", { cause: unique }))).toBeInstanceOf(
      DuplicateKeyError,
    );
  });

  it("of a read-only file are the file's fault", async () => {
    const engine = open.database({ file: file("readonly.db") });
    await engine.query.run(sql`pragma query_only = 1`);
    expect(await failure(() => engine.transaction(insert(engine, "a")))).toBeInstanceOf(
      UnavailableError,
    );
  });
});

describe("a probe", () => {
  it("throws when the file can't be written, and no longer when it can", async () => {
    const engine = open.database({ file: file("probe.db") });
    await engine.query.run(sql`pragma query_only = 1`);
    await expect(engine.probe()).rejects.toThrow(/readonly/);
    await engine.query.run(sql`pragma query_only = 0`);
    await expect(engine.probe()).resolves.toBeUndefined();
  });

  it("takes another process's lock for no fault, and does not wait for it", async () => {
    const name = file("busy.db");
    // One that waited for the lock would outlast the test.
    const engine = open.database({ file: name, busyTimeout: 600_000 });
    open.connection(name).exec("BEGIN IMMEDIATE");
    await expect(engine.probe()).resolves.toBeUndefined();
    expect(await pragma(engine, "busy_timeout")).toBe(600_000);
  });

  it("changes nothing that is seen", async () => {
    const engine = open.database({ file: ":memory:" });
    await engine.transaction(insert(engine, "mona"), insert(engine, "hubot"));
    await engine.transaction(
      engine.query.insert(follows).values({ followerId: 1, followedId: 2, seq: 5, createdAt: 1 }),
    );
    await engine.probe();
    expect(rows(engine, "select value from follow_sequence")).toEqual([5]);
  });
});

describe("commits of others", () => {
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  const foreign =
    "insert into users (username, created_at, updated_at) values (hex(randomblob(8)), 1, 1)";

  it("are noticed once each, and our own never", async () => {
    const name = file("foreign.db");
    const engine = open.database({ file: name });
    const other = open.connection(name);
    expect(engine.changes.committedElsewhere()).toBe(false);
    await engine.transaction(insert(engine, "mona"));
    await nextTurn();
    expect(engine.changes.committedElsewhere()).toBe(false);
    other.exec(foreign);
    await nextTurn();
    expect(engine.changes.committedElsewhere()).toBe(true);
    await nextTurn();
    expect(engine.changes.committedElsewhere()).toBe(false);
    other.exec(foreign);
    await engine.transaction(insert(engine, "hubot"));
    await nextTurn();
    expect(engine.changes.committedElsewhere()).toBe(true);
  });

  it("are not noticed when they are undone", async () => {
    const name = file("undone.db");
    const engine = open.database({ file: name });
    open.connection(name).exec(`BEGIN; ${foreign}; ROLLBACK`);
    expect(engine.changes.committedElsewhere()).toBe(false);
  });
});

describe("the builder", () => {
  it("gives, awaited, what the engine gives at once", async () => {
    const engine = open.database({ file: ":memory:" });
    const connection = new SqliteConnection(":memory:");
    const [create = ""] = rows<string>(
      engine,
      "select sql from sqlite_master where name = 'users'",
    );
    connection.exec(create);
    const sync = drizzle(connection);
    const values = { username: "mona", admin: true, ...times };
    const change = { bio: "hello" };

    expect(await engine.query.insert(users).values(values).returning()).toEqual(
      sync.insert(users).values(values).returning().all(),
    );
    expect(await engine.query.update(users).set(change).where(eq(users.id, 1))).toEqual(
      sync.update(users).set(change).where(eq(users.id, 1)).run(),
    );
    expect(await engine.query.select().from(users)).toEqual(sync.select().from(users).all());
    expect(await engine.query.$count(users)).toBe(await sync.$count(users));
    expect(await engine.query.delete(users).returning({ id: users.id })).toEqual(
      sync.delete(users).returning({ id: users.id }).all(),
    );
    expect(await engine.query.select().from(users)).toEqual(sync.select().from(users).all());
    connection.close();
  });

  it("is asked for a named statement once", async () => {
    const engine = open.database({ file: ":memory:" });
    await engine.transaction(insert(engine, "mona"));
    let built = 0;
    const statement = () =>
      engine.prepared("all names", (query) => {
        built += 1;
        return query.select({ username: users.username }).from(users);
      });
    expect(await statement().all()).toEqual([{ username: "mona" }]);
    await engine.transaction(insert(engine, "hubot"));
    expect(await statement().all()).toEqual([{ username: "mona" }, { username: "hubot" }]);
    expect(await statement().get()).toEqual({ username: "mona" });
    expect(built).toBe(1);
  });
});
