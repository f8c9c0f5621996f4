import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Test } from "supertest";
import type { User } from "../../src/domain/user.ts";
import type { PostgresEngine } from "../../src/storage/postgres/open.ts";
import { eventually } from "../support/eventually.ts";
import { client, type World, world } from "../support/server.ts";
import { type ByHand, onDatabase } from "./opened.ts";

/**
 * A server ends connections whenever it likes: it restarts, an administrator ends them, a firewall
 * drops them. Nothing of that may end a node, and the next request is answered as ever.
 */
const { byHand } = onDatabase();

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
