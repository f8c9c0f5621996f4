import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { sql } from "drizzle-orm";
import * as follows from "../../src/domain/follows/follows.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import { files, withoutVisits } from "../storage/opened.ts";
import { client, type World, world } from "../support/server.ts";
import { isRefusal, secretIn } from "./wire.ts";

const database = files()("broken.db");

let here: World;
let as: ReturnType<typeof client>;
const anyone = () => client(here);

beforeAll(async () => {
  here = await world({ file: database, busyTimeout: 0 });
});
afterAll(() => here.close());

beforeEach(async () => {
  const { query, tables } = here.store.engine;
  await here.store.engine.transaction(query.delete(tables.users));
  invalidate.everything(here.store);
  here.log.length = 0;
  const mona = await here.user("mona");
  const hubot = await here.user("hubot");
  await follows.follow(here.store, hubot.id, mona.id);
  as = client(here, await here.token(mona, "user"));
  await as.get("/api/v3/user").expect(200);
});
interface Answer {
  status: number;
  text: string;
}

function unavailable({ status, text }: Answer): void {
  expect(status).toBe(503);
  expect(isRefusal(text, 503)).toBe(true);
  expect(JSON.parse(text).message).toBe("Service Unavailable");
  expect(secretIn(text)).toBeUndefined();
}

/** What is told to the operator, and to no caller. */
const logged = () => here.log.filter((line) => JSON.parse(line).level >= 50);

const WRITES: [string, () => PromiseLike<Answer>][] = [
  ["a follow", () => as.put("/api/v3/user/following/hubot")],
  ["an unfollow", () => as.delete("/api/v3/user/following/hubot")],
  ["a profile", () => as.patch("/api/v3/user").send({ name: "Mona" })],
  ["an address", () => as.post("/api/v3/user/emails").send(["a@b.test"])],
  ["a block", () => as.put("/api/v3/user/blocks/hubot")],
];

/** What is stored of people, but for when they were last here. */
function stored(): unknown[] {
  const connection = new SqliteConnection(database, { readonly: true });
  const tables = ["users", "follows", "blocks", "emails"];
  const all = tables.map((name) => {
    const found = connection.prepare(`select * from ${name}`).all();
    return (found as Record<string, unknown>[]).map(withoutVisits);
  });
  connection.close();
  return all;
}

describe("while another program holds the lock", () => {
  it.each(WRITES)(
    "%s is refused and not half done, and is done when it lets go",
    async (_, write) => {
      const before = stored();
      const other = new SqliteConnection(database);
      other.exec("BEGIN IMMEDIATE");
      try {
        unavailable(await write());
        expect(stored()).toEqual(before);
        await as.get("/api/v3/user").expect(200);
        await anyone().get("/api/v3/users/mona/followers").expect(200);
      } finally {
        other.exec("ROLLBACK");
        other.close();
      }
      expect(logged()).toHaveLength(1);
      expect((await write()).status).toBeLessThan(300);
    },
  );

  it("reading with a token that was not used for long goes on", async () => {
    await here.store.engine.query.run(sql`update tokens set last_used_at = 1`);
    invalidate.everything(here.store);
    const other = new SqliteConnection(database);
    other.exec("BEGIN IMMEDIATE");
    await as.get("/api/v3/user").expect(200);
    await as.get("/api/v3/user/followers").expect(200);
    other.exec("ROLLBACK");
    other.close();
    expect(logged()).toEqual([]);
  });
});

describe("while the file can't grow", () => {
  const large = () => {
    const many = Array.from(
      { length: 100 },
      (_, n) => `${n}-${"a".repeat(50)}@${"b.".repeat(60)}test`,
    );
    return as.post("/api/v3/user/emails").send(many);
  };

  it("what needs room is refused and not half done, reading goes on, and it recovers", async () => {
    const { query } = here.store.engine;
    const [row] = await query.all<{ page_count: number }>(sql`pragma page_count`);
    await query.run(sql.raw(`pragma max_page_count = ${row?.page_count}`));
    const before = stored();
    const answers = await Promise.all([large(), large()]);
    for (const answer of answers) unavailable(answer);
    expect(stored()).toEqual(before);
    await anyone().get("/api/v3/users/mona/followers").expect(200);
    await as.get("/api/v3/user/emails").expect(200);
    await query.run(sql`pragma max_page_count = 1000000`);
    await large().expect(201);
    await as.put("/api/v3/user/following/hubot").expect(204);
  });
});

describe("while the file can't be written", () => {
  it("reading goes on", async () => {
    await here.store.engine.query.run(sql`pragma query_only = 1`);
    for (const [, write] of WRITES) unavailable(await write());
    await as.get("/api/v3/user").expect(200);
    await anyone().get("/api/v3/users/mona/followers").expect(200);
    await anyone().get("/-/readiness").expect(503);
    await anyone().get("/-/liveness").expect(200);
    await here.store.engine.query.run(sql`pragma query_only = 0`);
    for (const [, write] of WRITES) expect((await write()).status).toBeLessThan(300);
    await anyone().get("/-/readiness").expect(200);
  });
});

describe("while the file is damaged", () => {
  const PAGE = 4096;

  /** Writes nonsense over all pages but the first, or over all; returns what undoes it. */
  function damage(from: number): () => void {
    const descriptor = openSync(database, "r+");
    const { size } = fstatSync(descriptor);
    const whole = Buffer.alloc(size);
    readSync(descriptor, whole, 0, size, 0);
    writeSync(descriptor, Buffer.alloc(size - from, 0xa5), 0, size - from, from);
    return () => {
      writeSync(descriptor, whole, 0, size, 0);
      closeSync(descriptor);
    };
  }

  it.each([
    ["behind its first page", PAGE],
    ["as a whole", 0],
  ])("%s, callers are told no more than that, and it recovers", async (_, from) => {
    const { query } = here.store.engine;
    await query.run(sql`pragma wal_checkpoint(truncate)`);
    // Pages that are remembered would hide the damage.
    await query.run(sql`pragma cache_size = 0`);
    await query.run(sql`pragma shrink_memory`);
    const undo = damage(from);
    try {
      invalidate.everything(here.store);
      const answers: Answer[] = [];
      for (const [, write] of WRITES) answers.push(await write());
      answers.push(await anyone().get("/api/v3/users/mona"));
      answers.push(await anyone().get("/api/v3/users/mona/followers"));
      answers.push(await anyone().get("/api/v3/users"));
      for (const answer of answers) unavailable(answer);
      await anyone().get("/-/readiness").expect(503);
      await anyone().get("/-/liveness").expect(200);
      for (const line of logged())
        expect(JSON.parse(line).err.message).toMatch(/malformed|not a database/);
    } finally {
      undo();
    }
    await anyone().get("/api/v3/users/mona").expect(200);
    await anyone().get("/api/v3/users/mona/followers").expect(200);
    expect(stored()).toBeDefined();
  });
});

describe("when the answer to an error goes wrong too", () => {
  it("the connection is closed, nothing is told, and the next caller is answered", async () => {
    const { responses } = here.store;
    responses.base = () => {
      throw new Error("secret");
    };
    await expect(anyone().get("/api/v3/users/mona")).rejects.toThrow(/socket hang up/);
    // Behind it is the method of the class.
    Reflect.deleteProperty(responses, "base");
    expect(logged().map((line) => JSON.parse(line).err.message)).toEqual(["secret"]);
    await anyone().get("/api/v3/users/mona").expect(200);
  });
});
