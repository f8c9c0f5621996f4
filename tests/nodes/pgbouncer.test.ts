import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Pgbouncer, startPgbouncer } from "../../scripts/postgres/pgbouncer.ts";
import { wrongsIn } from "../../scripts/postgres/wrongs.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import { openStore } from "../../src/domain/open-store.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { byUsername } from "../../src/domain/users/users.ts";
import { openPostgres } from "../../src/storage/postgres/open.ts";
import { databases, postgresServer } from "../support/engine.ts";
import { KEY, onDatabase } from "./opened.ts";

const PEOPLE = 24;
/** Who follow one after the other, all of them at once. */
const CALLERS = 16;

const newDatabase = databases();
const { byHand, closing } = onDatabase();
let bouncer: Pgbouncer;
beforeAll(async () => {
  bouncer = await startPgbouncer(postgresServer ?? "");
});
afterAll(() => bouncer.stop());

/** A node by way of pgbouncer, which refuses settings at the start of a connection. */
async function node(url: string) {
  const engine = await openPostgres({ url: bouncer.through(url), connections: 8 });
  closing(engine);
  return openStore(engine, KEY);
}

describe("two nodes behind pgbouncer in transaction mode", () => {
  it("make the schema, and answer everything at once as on connections of their own", async () => {
    const url = await newDatabase();
    const hand = await byHand(url);
    await hand.run("drop schema public cascade", "create schema public");
    const stores = [await node(url), await node(url)] as const;
    const storeOf = (turn: number) => stores[turn % 2 === 0 ? 0 : 1];
    const ids: number[] = [];
    for (let number = 0; number < PEOPLE; number += 1) {
      const user = { username: `user-${number}` };
      ids.push((await accounts.createAccount(storeOf(number), user)).id);
    }
    const pairs = ids.flatMap((a) => ids.filter((b) => b !== a).map((b) => [a, b] as const));
    let turn = 0;
    const call = async () => {
      for (let mine = turn++; mine < pairs.length; mine = turn++) {
        const [a, b] = pairs[mine] as [number, number];
        await storeOf(mine).engine.changes.catchUp?.();
        const name = `user-${mine % PEOPLE}`;
        expect((await byUsername(storeOf(mine + 1), name)).username).toBe(name);
        expect(await follows.follow(storeOf(mine), a, b)).toBe(true);
        expect(await follows.isFollowing(storeOf(mine + 1), a, b)).toBe(true);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, call));
    expect(await hand.rows("select count(*) as count from follows")).toEqual([
      { count: PEOPLE * (PEOPLE - 1) },
    ]);
    expect(await wrongsIn(url)).toEqual([]);
  });
});
