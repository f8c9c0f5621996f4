import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Test } from "supertest";
import type { User } from "../../src/domain/user.ts";
import { ownConnection } from "../../src/storage/postgres/connection.ts";
import type { PostgresEngine } from "../../src/storage/postgres/open.ts";
import { databases } from "../support/engine.ts";
import { eventually } from "../support/eventually.ts";
import { client, type World, world } from "../support/server.ts";
import { type ByHand, onDatabase } from "./opened.ts";

/**
 * A server ends connections whenever it likes: it restarts, an administrator ends them, a firewall
 * drops them. Nothing of that may end a node, and the next request is answered as ever.
 */
const { byHand, closing } = onDatabase();

const BACKENDS = `from pg_stat_activity where datname = current_database()
  and application_name like 'followd%'`;

/** Ends every connection of nodes, and waits until the server has let go of them. */
async function endConnections(hand: ByHand): Promise<void> {
  const ended = await hand.rows<{ pid: number }>(
    `select pid, pg_terminate_backend(pid) ${BACKENDS}`,
  );
  const pids = `{${ended.map(({ pid }) => pid).join()}}`;
  await eventually(async () => {
    const left = await hand.rows(`select 1 ${BACKENDS} and pid = any($1::int[])`, pids);
    return left.length === 0;
  });
}

describe("a node whose connections the server ends", () => {
  let here: World;
  let url: string;
  let token: string;
  let turn = 0;
  let bea: User;

  beforeAll(async () => {
    here = await world();
    url = (here.store.engine as PostgresEngine).connection.connectionString ?? "";
    token = await here.token(await here.user("ada", { admin: true }), "user", "site_admin");
  });
  afterAll(() => here.close());
  beforeEach(async () => {
    turn += 1;
    bea = await here.user(`bea-${turn}`);
  });

  const path = () => `/api/v3/user/following/${bea.username}`;
  const answersAsEver = async () => {
    await client(here, token).put(path()).expect(204);
    await client(here, token).get(path()).expect(204);
    await client(here).get(`/api/v3/users/${bea.username}/followers`).expect(200);
    await client(here).get(`/api/v3/search/users?q=${bea.username}`).expect(200);
    await client(here, token).delete(path()).expect(204);
  };

  it("while nothing is under way answers the next request", async () => {
    const hand = await byHand(url);
    await answersAsEver();
    await endConnections(hand);
    await answersAsEver();
  });

  it.each<[string, lock: string, ask: () => Test, status: number]>([
    ["a write", "follows in share mode", () => client(here, token).put(path()), 503],
    [
      "a batch",
      "users in share mode",
      () =>
        client(here, token)
          .post("/api/v3/admin/users")
          .send({ login: `dora-${turn}` }),
      503,
    ],
    [
      "the barrier",
      "versions in access exclusive mode",
      () => client(here, token).get(path()),
      404,
    ],
    ["a lookup", "follows in access exclusive mode", () => client(here, token).get(path()), 404],
    [
      "a search",
      "users in access exclusive mode",
      () => client(here).get(`/api/v3/search/users?q=${bea.username}`),
      200,
    ],
  ])("in the middle of %s lives, and goes on", async (_, lock, ask, status) => {
    const [hand, holder] = [await byHand(url), await byHand(url)];
    await client(here, token).get("/api/v3/user").expect(200);
    await holder.run("begin", `lock table ${lock}`);
    const answer = ask().then((response) => response);
    expect(await hand.untilWaiting(answer)).toBe("waits");
    await endConnections(hand);
    await holder.run("rollback");
    expect((await answer).status).toBe(status);
    await answersAsEver();
  });
});

describe("rows that are copied", () => {
  const newDatabase = databases();
  const PIECES = 40;
  /** One piece of what is sent at once. */
  const row = (id: number) => `${id}\t${"x".repeat(2 ** 16)}\n`;

  async function openedTable() {
    const url = await newDatabase();
    const own = await ownConnection({ connectionString: url, application_name: "followd" });
    closing(own);
    await own.send({ text: "create table copied (id bigint, text text)" });
    return { own, hand: await byHand(url) };
  }

  it("leave nothing where they end early, and the connection goes on", async () => {
    const { own } = await openedTable();
    const rows = function* () {
      for (let id = 0; id < PIECES; id += 1) yield row(id);
      throw new Error("a bad line");
    };
    await expect(own.copy("copied", rows())).rejects.toThrow("a bad line");
    expect((await own.send({ text: "select id from copied" })).rows).toEqual([]);
  });

  it("are refused in the server's own words, in the middle too", async () => {
    const { own } = await openedTable();
    const rows = function* () {
      for (let id = 0; id < PIECES; id += 1) yield id === 1 ? "no number\tx\n" : row(id);
    };
    await expect(own.copy("copied", rows())).rejects.toThrow(
      /invalid input syntax for type bigint/,
    );
    expect((await own.send({ text: "select id from copied" })).rows).toEqual([]);
  });

  it("end with an error where the server ends the connection, however many are left", async () => {
    const { own, hand } = await openedTable();
    await hand.run(
      `create function held() returns trigger language plpgsql as
         $$ begin perform pg_advisory_xact_lock(7); return new; end $$`,
      "create trigger held before insert on copied for each row execute function held()",
      "select pg_advisory_lock(7)",
    );
    const endless = function* () {
      for (let id = 0; ; id += 1) yield row(id);
    };
    const copied = own.copy("copied", endless());
    expect(await hand.untilWaiting(copied)).toBe("waits");
    await endConnections(hand);
    await expect(copied).rejects.toThrow(/terminating connection/);
  });

  it("leave room for other work of the process between pieces", async () => {
    const { own } = await openedTable();
    let turns = 0;
    let next: NodeJS.Immediate | undefined;
    const turn = () => {
      turns += 1;
      next = setImmediate(turn);
    };
    turn();
    await own.copy(
      "copied",
      Array.from({ length: PIECES }, (_, id) => row(id)),
    );
    clearImmediate(next);
    expect(turns).toBeGreaterThanOrEqual(PIECES);
  });
});
