import { describe, expect, it } from "@jest/globals";
import * as follows from "../../src/domain/follows/follows.ts";
import type { Store } from "../../src/domain/store.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { getUserById } from "../../src/domain/users/users.ts";
import { eq, sql } from "../../src/storage/drizzle.ts";
import type { Statement } from "../../src/storage/engine.ts";
import {
  DuplicateKeyError,
  MalformedTextError,
  UnavailableError,
} from "../../src/storage/errors.ts";
import type { PostgresEngine } from "../../src/storage/postgres/open.ts";
import { databases } from "../support/engine.ts";
import { Wire } from "./cut.ts";
import { onDatabase } from "./opened.ts";

const newDatabase = databases();
const { node, byHand, closing } = onDatabase();

const engineOf = ({ engine }: Store) => engine as PostgresEngine;

const newUser = ({ engine: { query, tables } }: Store, username: string): Statement =>
  query.insert(tables.users).values({ username, createdAt: 1, updatedAt: 1 });

const named = (store: Store) => store.engine.query.$count(store.engine.tables.users);

class UnbuiltError extends Error {}

function unbuilt(): never {
  throw new UnbuiltError();
}

describe("a batch", () => {
  it.each<[string, (store: Store) => Statement, new () => Error]>([
    ["that breaks a rule of the schema", (store) => newUser(store, "ADA"), DuplicateKeyError],
    ["that can't even be sent", (store) => newUser(store, "nul\0"), MalformedTextError],
    ["that can't even be built", () => ({ prepare: () => unbuilt() }), UnbuiltError],
  ])("leaves nothing of itself where it has a statement %s", async (_, bad, error) => {
    const store = await node(await newDatabase());
    await store.engine.transaction(newUser(store, "ada"));
    const batch = [newUser(store, "bea"), bad(store), newUser(store, "cleo")];
    await expect(store.engine.transaction(...batch)).rejects.toBeInstanceOf(error);
    expect(await named(store)).toBe(1);
    // Its connection goes on with the next.
    await store.engine.transaction(newUser(store, "bea"), newUser(store, "cleo"));
    expect(await named(store)).toBe(3);
  });

  it("stays on one connection and in one transaction, with nothing of others between", async () => {
    const store = await node(await newDatabase());
    await accounts.createAccount(store, { username: "ada" });
    const { query, tables } = store.engine;
    const place = () =>
      query
        .select({ pid: sql`pg_backend_pid()`, at: sql`transaction_timestamp()::text` })
        .from(tables.users);
    const batches = await Promise.all(
      Array.from({ length: 24 }, () => [
        store.engine.transaction(place(), place(), place()),
        place(),
      ]).flat(),
    );
    const reading = new Set<unknown>();
    const writing = new Set<unknown>();
    for (const [turn, batch] of batches.entries()) {
      const rows = (batch as { pid: number }[] | { pid: number }[][]).flat();
      if (turn % 2 === 1) reading.add(rows[0]?.pid);
      else {
        expect(rows).toEqual([rows[0], rows[0], rows[0]]);
        writing.add(rows[0]?.pid);
      }
    }
    expect(writing.size).toBe(2);
    for (const pid of reading) expect(writing.has(pid)).toBe(false);
  });

  it("is sent again when it met another in a deadlock", async () => {
    const url = await newDatabase();
    const [store, hand, other] = [await node(url), await byHand(url), await byHand(url)];
    const ada = (await accounts.createAccount(store, { username: "ada" })).id;
    const bea = (await accounts.createAccount(store, { username: "bea" })).id;
    const { query, tables } = store.engine;
    const touch = (id: number) =>
      query
        .update(tables.users)
        .set({ note: "touched" })
        .where(eq(tables.users.id, id))
        .returning({ id: tables.users.id });
    const gate = query
      .select({ open: sql`pg_advisory_xact_lock(7)::text` })
      .from(tables.users)
      .where(eq(tables.users.id, ada));
    const byHandTouch = (id: number) =>
      hand.run(`update users set note = 'by hand' where id = ${id}`);

    await other.run("select pg_advisory_lock(7)");
    // PostgreSQL ends the one that looks for the deadlock.
    await hand.run("set deadlock_timeout = '1h'", "begin");
    await byHandTouch(ada);
    const batch = store.engine.transaction(touch(bea), gate, touch(ada));
    expect(await other.untilWaiting(batch)).toBe("waits");
    const second = byHandTouch(bea);
    expect(await other.untilWaiting(second, "by hand")).toBe("waits");
    await other.run("select pg_advisory_unlock(7)");
    await second;
    await hand.run("commit");

    expect(await batch).toEqual([[{ id: bea }], expect.anything(), [{ id: ada }]]);
    expect(engineOf(store).retries()).toBe(1);
    expect(await hand.rows("select distinct note from users")).toEqual([{ note: "touched" }]);
  });
});

describe("a connection that is cut between a statement and its answer", () => {
  async function scene() {
    const url = await newDatabase();
    const wire = await Wire.to(url);
    closing(wire);
    const [store, hand] = [await node(wire.url), await byHand(url)];
    const ada = (await accounts.createAccount(store, { username: "ada" })).id;
    const bea = (await accounts.createAccount(store, { username: "bea" })).id;
    return { wire, store, hand, ada, bea };
  }

  it("leaves a write unanswered, which is not sent again", async () => {
    const { wire, store, hand, ada, bea } = await scene();
    wire.loseAnswer("COMMIT");
    await expect(
      store.engine.transaction(newUser(store, "cleo"), newUser(store, "dora")),
    ).rejects.toBeInstanceOf(UnavailableError);
    expect(wire.lost).toBe(1);
    // It was done, which the caller could not be told, and all of it once.
    const names = await hand.rows<{ username: string }>("select username from users order by id");
    expect(names.map(({ username }) => username)).toEqual(["ada", "bea", "cleo", "dora"]);
    expect(await follows.follow(store, ada, bea)).toBe(true);
    expect(engineOf(store).lanes.writing.reconnects).toBe(1);
  });

  it("is not seen by who reads, and makes the node forget what it remembers", async () => {
    const { wire, store, ada } = await scene();
    const { changes } = store.engine;
    await changes.catchUp?.();
    const moves: unknown[] = [];
    changes.listen?.((moved) => void moves.push(moved));
    wire.loseAnswer("SELECT");
    expect((await getUserById(store, ada)).username).toBe("ada");
    expect(wire.lost).toBe(1);
    // Another primary may know less than this node was told.
    expect(moves).toContain(undefined);
  });
});

describe("however much is asked of it, a node", () => {
  it("keeps no more connections, named statements and slots", async () => {
    const url = await newDatabase();
    const [store, hand] = [await node(url), await byHand(url)];
    const { lanes, changes } = engineOf(store);
    const people: number[] = [];
    const use = async (from: number) => {
      for (let number = from; number < from + 70; number += 1) {
        const { id } = await accounts.createAccount(store, { username: `user-${number}` });
        people.push(id);
        await changes.catchUp?.();
        await follows.follow(store, id, people[0] as number);
        await Promise.all(people.map((each) => follows.isFollowing(store, each, id)));
      }
    };
    const resources = async () => {
      const names = await Promise.all(
        [lanes.reading, lanes.writing].map((kind) =>
          kind.query({ text: "select count(*) as count from pg_prepared_statements" }),
        ),
      );
      const [connections] = await hand.rows<{ count: number }>(
        `select count(*) as count from pg_stat_activity
           where datname = current_database() and application_name = 'followd'`,
      );
      const [slots] = await hand.rows("select count(*) as count from versions");
      return { names: names.map(({ rows }) => rows[0]), connections, slots };
    };
    await use(0);
    const before = await resources();
    await use(70);
    expect(await resources()).toEqual(before);
    expect(before.connections?.count).toBeLessThanOrEqual(6);
    expect(before.slots).toEqual({ count: 80 });
  });
});
