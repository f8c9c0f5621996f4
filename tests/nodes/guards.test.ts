import { describe, expect, it } from "@jest/globals";
import * as blocks from "../../src/domain/follows/blocks.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import type { Store } from "../../src/domain/store.ts";
import * as states from "../../src/domain/users/account-states.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { databases } from "../support/engine.ts";
import { type ByHand, onDatabase } from "./opened.ts";

/**
 * What SQLite's one writer gives for nothing, PostgreSQL needs a lock or a second look for. One of
 * two changes stands in a transaction that is open while the other comes, so that they meet each
 * time; with its guard taken out of the schema each of them goes wrong.
 */
const newDatabase = databases();
const { node, byHand } = onDatabase();

interface Scene {
  store: Store;
  hand: ByHand;
  /** The smaller id, and the larger. */
  ada: number;
  bea: number;
}

async function scene(): Promise<Scene> {
  const url = await newDatabase();
  const [store, hand] = [await node(url), await byHand(url)];
  const idOf = async (username: string) => (await accounts.createAccount(store, { username })).id;
  return { store, hand, ada: await idOf("ada"), bea: await idOf("bea") };
}

const edge = ({ ada, bea }: Scene) =>
  `insert into follows select ${ada}, ${bea}, nextval('follow_places'), 1, 0`;

/** The marks of ada's follows of bea: none where there is no follow. */
const marks = async ({ hand, ada, bea }: Scene) =>
  (
    await hand.rows<{ hidden: number }>(
      "select hidden from follows where follower_id = $1 and followed_id = $2",
      ada,
      bea,
    )
  ).map(({ hidden }) => hidden);

interface Meeting {
  /** What is under way, by hand. */
  first: (scene: Scene) => string[];
  /** What comes while it is. */
  second: (scene: Scene) => Promise<unknown>;
  right: number[];
  /** Takes the guard out of the schema. */
  unguard: (hand: ByHand) => Promise<void>;
  wrong: number[];
}

const MEETINGS: Record<string, Meeting> = {
  "a block while a follow is under way": {
    first: (at) => [edge(at)],
    second: ({ store, ada, bea }) => blocks.block(store, bea, ada),
    right: [],
    unguard: (hand) => hand.run("drop trigger blocks_inserting on blocks"),
    wrong: [0],
  },
  "a follow while a block is under way": {
    first: ({ ada, bea }) => [`insert into blocks values (${bea}, ${ada}, 1)`],
    second: ({ store, ada, bea }) => follows.follow(store, ada, bea),
    right: [],
    unguard: (hand) =>
      hand.rewrite(
        "follows_inserted",
        "IF EXISTS (SELECT 1 FROM came JOIN blocks",
        "IF false AND EXISTS (SELECT 1 FROM came JOIN blocks",
      ),
    wrong: [0],
  },
  "a suspension while a follow is under way": {
    first: (at) => [edge(at)],
    second: ({ store, bea }) => states.suspend(store, bea),
    right: [2],
    unguard: (hand) => hand.run("drop trigger users_changing on users"),
    wrong: [0],
  },
  "a follow while a suspension is under way": {
    first: ({ bea }) => [`update users set state = 'blocked' where id = ${bea}`],
    second: ({ store, ada, bea }) => follows.follow(store, ada, bea),
    right: [2],
    unguard: (hand) =>
      hand.rewrite(
        "follows_inserted",
        "IF EXISTS (SELECT 1 FROM came JOIN users AS a",
        "IF false AND EXISTS (SELECT 1 FROM came JOIN users AS a",
      ),
    wrong: [0],
  },
};

describe.each(Object.entries(MEETINGS))("%s", (_, meeting) => {
  async function meet(at: Scene): Promise<number[]> {
    await at.hand.run("begin", ...meeting.first(at));
    const second = meeting.second(at);
    await at.hand.untilWaiting(second);
    await at.hand.run("commit");
    await second;
    return marks(at);
  }

  it("leaves what one after the other would have left", async () => {
    expect(await meet(await scene())).toEqual(meeting.right);
  });

  it("goes wrong without its guard", async () => {
    const at = await scene();
    await meeting.unguard(at.hand);
    expect(await meet(at)).toEqual(meeting.wrong);
  });
});

/** Statements that lock rows of several users, with the words of the schema that give the order. */
const ORDERED: Record<
  string,
  {
    lock: (id: number) => string;
    change: (scene: Scene) => Promise<unknown>;
    words: [name: string, from: string, to: string];
  }
> = {
  "a block": {
    lock: (id) => `select 1 from users where id = ${id} for update nowait`,
    change: ({ store, ada, bea }) => blocks.block(store, bea, ada),
    words: ["blocks_inserting", "ORDER BY id", "ORDER BY id DESC"],
  },
  "follows of several users that end together": {
    lock: (id) =>
      `select 1 from follow_counts where shard = 0 and user_id = ${id} for update nowait`,
    change: ({ store }) =>
      store.engine.transaction(store.engine.query.delete(store.engine.tables.follows)),
    words: ["count_follows", "ORDER BY user_id FOR", "ORDER BY user_id DESC FOR"],
  },
  "users who are deleted together": {
    lock: (id) => `select 1 from versions where slot = ${id} & 63 for update nowait`,
    change: ({ store }) =>
      store.engine.transaction(store.engine.query.delete(store.engine.tables.users)),
    words: ["users_deleted", "ORDER BY slot", "ORDER BY slot DESC"],
  },
};

describe.each(Object.entries(ORDERED))("the rows of %s", (_, { lock, change, words }) => {
  /** Whether the change, which waits for the first of its rows, leaves the last one free. */
  async function leavesLastFree(at: Scene): Promise<boolean> {
    const cleo = (await accounts.createAccount(at.store, { username: "cleo" })).id;
    for (const [by, to] of [
      [at.ada, at.bea],
      [at.bea, cleo],
      [cleo, at.ada],
    ] as const) {
      await follows.follow(at.store, by, to);
    }
    await at.hand.run("begin", lock(at.ada));
    const changed = change(at);
    expect(await at.hand.untilWaiting(changed)).toBe("waits");
    const last = words[0] === "blocks_inserting" ? at.bea : cleo;
    const isFree = await at.hand.run(lock(last)).then(
      () => true,
      () => false,
    );
    await at.hand.run("rollback");
    await changed;
    return isFree;
  }

  it("are locked in the order of ids, so that two such never wait for each other", async () => {
    expect(await leavesLastFree(await scene())).toBe(true);
  });

  it("are not without the words that say so", async () => {
    const at = await scene();
    await at.hand.rewrite(...words);
    expect(await leavesLastFree(at)).toBe(false);
  });
});

describe("two nodes", () => {
  async function crowd(count: number) {
    const url = await newDatabase();
    const stores = [await node(url), await node(url)];
    const hand = await byHand(url);
    const names = Array.from({ length: count }, (_, place) => `user-${place}`);
    await stores[0]?.engine.bulk((bulk) => bulk.addUsers(names, 1));
    const rows = await hand.rows<{ id: number }>("select id from users order by id");
    const sums = () =>
      hand.rows(`select (select count(*) from follows) as edges,
        (select sum(followers) from follow_counts) as followers,
        (select sum(following) from follow_counts) as following`);
    return { stores, ids: rows.map(({ id }) => id), sums };
  }

  it("tell no caller of a deadlock when 40 users follow each other through both", async () => {
    const { stores, ids, sums } = await crowd(40);
    const pairs = ids.flatMap((a) => ids.filter((b) => b !== a).map((b) => [a, b] as const));
    const by = (turn: number) => stores[turn % 2] as Store;
    const made = await Promise.all(pairs.map(([a, b], turn) => follows.follow(by(turn), a, b)));
    expect(new Set(made)).toEqual(new Set([true]));
    expect(await sums()).toEqual([{ edges: 1560, followers: 1560, following: 1560 }]);
    await Promise.all(pairs.map(([a, b], turn) => follows.unfollow(by(turn + a), a, b)));
    expect(await sums()).toEqual([{ edges: 0, followers: 0, following: 0 }]);
  });

  it("count 64 callers who follow one user, and stop, through both at once", async () => {
    const { stores, ids, sums } = await crowd(65);
    const [star = 0, ...fans] = ids;
    const all = (change: typeof follows.follow) =>
      Promise.all(fans.map((fan, turn) => change(stores[turn % 2] as Store, fan, star)));
    for (let round = 0; round < 3; round += 1) {
      await all(follows.follow);
      expect(await sums()).toEqual([{ edges: 64, followers: 64, following: 64 }]);
      // Some stop while others, who had stopped, begin anew.
      const [some, others] = [fans.slice(0, 32), fans.slice(32)];
      await Promise.all(some.map((fan) => follows.unfollow(stores[0] as Store, fan, star)));
      await Promise.all([
        ...some.map((fan) => follows.follow(stores[0] as Store, fan, star)),
        ...others.map((fan) => follows.unfollow(stores[1] as Store, fan, star)),
      ]);
      expect(await sums()).toEqual([{ edges: 32, followers: 32, following: 32 }]);
      await all(follows.unfollow);
      expect(await sums()).toEqual([{ edges: 0, followers: 0, following: 0 }]);
    }
  });
});
