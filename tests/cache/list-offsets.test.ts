import { copyFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ListOffsets } from "../../src/cache/list-offsets.ts";
import * as blocks from "../../src/domain/follows/blocks.ts";
import {
  type EdgeList,
  edgesAfter,
  keyOfList,
  type ListKind,
} from "../../src/domain/follows/edge-queries.ts";
import { findOffset, listFollowIds } from "../../src/domain/follows/follow-lists.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import type { Store } from "../../src/domain/store.ts";
import * as states from "../../src/domain/users/account-states.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { getListOwner } from "../../src/domain/users/users.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { files, opener, rows } from "../storage/opened.ts";
import { raw } from "../support/raw.ts";

const open = opener();

const OWNER = 1;
const LONG = 20_000;
/** What a page may skip by counting. */
const MOST_SKIPPED = 1024;
const KINDS = ["followers-by-time", "followers-by-id", "following"] as const;

const KEYS: Record<(typeof KINDS)[number], string> = {
  "followers-by-time": "select seq from follows where followed_id = 1 order by seq",
  "followers-by-id": "select follower_id from follows where followed_id = 1 order by follower_id",
  following: "select followed_id from follows where follower_id = 1 order by followed_id",
};

const file = files();
const image = file("celebrity.db");

/** A user with long lists on both ends, in which neither ids nor times run in step. */
beforeAll(async () => {
  const engine = openSqlite({ file: image });
  raw(engine, (connection) =>
    connection.exec(`
      insert into users (username, created_at, updated_at)
        with recursive n (i) as (select 1 union all select i + 1 from n where i <= ${2 * LONG})
        select 'user-' || i, 1, 1 from n;
      insert into follows (follower_id, followed_id, seq, created_at)
        select id, ${OWNER}, row_number() over (order by id * 7919 % 40009), 1
        from users where id % 2 = 0 limit ${LONG};
      insert into follows (follower_id, followed_id, seq, created_at)
        select ${OWNER}, id, ${LONG} + id, 1 from users where id % 2 = 0 limit ${LONG};
    `),
  );
  await engine.close();
});

/** That user, in a database of the test's own. */
function celebrity(): Store {
  const name = file("copy.db");
  copyFileSync(image, name);
  return open.store({ file: name, synchronous: "NORMAL" });
}

const listOf = (kind: ListKind): EdgeList => ({ kind, owner: OWNER, hidden: 0 });

/** How many keys of an ascending list are not above one. */
function countUpTo(keys: readonly number[], key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as number) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ranks that are not found where an OFFSET would find them. */
async function misplaced(store: Store, kind: ListKind, offsets: Iterable<number>) {
  const keys = rows<number>(store.engine, KEYS[kind as (typeof KINDS)[number]]);
  const wrong: number[] = [];
  for (const rank of offsets) {
    if (rank >= keys.length) continue;
    const { after, skip } = await findOffset(store, listOf(kind), rank, keys.length);
    const found = countUpTo(keys, after) + skip;
    if (found !== rank || skip > MOST_SKIPPED || skip < 0) wrong.push(rank);
  }
  return { count: keys.length, wrong };
}

const everyRank = Array.from({ length: LONG + 2000 }, (_, rank) => rank);
const backwards = [...everyRank].reverse();
const scattered = everyRank.map((rank) => (rank * 7919) % everyRank.length);

describe.each(KINDS)("every rank of a list of 20,000 (%s)", (kind) => {
  /** Edges come and go all over the list, at its ends too. */
  async function churn(store: Store): Promise<void> {
    const ids = fc.sample(fc.integer({ min: 2, max: 2 * LONG }), { numRuns: 600, seed: 11 });
    const edge = (id: number): [number, number] =>
      kind === "following" ? [OWNER, id] : [id, OWNER];
    await Promise.all(
      ids.map(async (id) => {
        const [a, b] = edge(id);
        if (!(await follows.follow(store, a, b))) await follows.unfollow(store, a, b);
      }),
    );
    for (const id of [2, 4, 3, 2 * LONG, 2 * LONG - 1]) {
      const [a, b] = edge(id);
      await follows.unfollow(store, a, b);
      if (id % 2 === 1) await follows.follow(store, a, b);
    }
  }

  it.each([
    ["upwards", everyRank],
    ["backwards", backwards],
    ["here and there", scattered],
  ])("is where OFFSET finds it, asked %s, before and after edges come and go", async (_, order) => {
    const store = celebrity();
    expect(await misplaced(store, kind, order)).toEqual({ count: LONG, wrong: [] });
    await churn(store);
    const { count, wrong } = await misplaced(store, kind, order);
    expect(wrong).toEqual([]);
    expect(count).not.toBe(LONG);
  });

  it("is where OFFSET finds it when edges came and went before anybody asked", async () => {
    const store = celebrity();
    await findOffset(store, listOf(kind), 600, LONG);
    await churn(store);
    expect((await misplaced(store, kind, scattered)).wrong).toEqual([]);
  });
});

describe("a page of a long list", () => {
  it.each(KINDS)("has the rows that OFFSET and LIMIT would give (%s)", async (kind) => {
    const store = celebrity();
    const other = kind === "following" ? "followed_id" : "follower_id";
    const own = kind === "following" ? "follower_id" : "followed_id";
    const key = kind === "followers-by-time" ? "seq" : other;
    const offsets = [0, 511, 512, 513, 1023, 1024, 1025, 9999, LONG - 31, LONG - 1, LONG, LONG + 1];
    for (const offset of offsets) {
      const owner = await getListOwner(store, OWNER);
      const page = await listFollowIds(store, kind, owner, { offset, limit: 30 });
      const sql = `select ${other} from follows where ${own} = 1 order by ${key} limit 30 offset ?`;
      expect(page).toEqual(rows(store.engine, sql, offset));
    }
  });

  it("is right for many who ask at once, and remembered once", async () => {
    const offsets = [15_000, 600, 19_999, 7000, 7001, 12_345, 600, 18_000];
    const pagesOf = async (store: Store, atOnce: boolean) => {
      const owner = await getListOwner(store, OWNER);
      const ask = (offset: number) =>
        listFollowIds(store, "followers-by-id", owner, { offset, limit: 3 });
      if (atOnce) return Promise.all(offsets.map(ask));
      const pages: number[][] = [];
      for (const offset of offsets) pages.push(await ask(offset));
      return pages;
    };
    const [together, alone] = [celebrity(), celebrity()];
    const wanted = rows<number>(together.engine, KEYS["followers-by-id"]);
    const pages = offsets.map((offset) => wanted.slice(offset, offset + 3));
    expect(await pagesOf(together, true)).toEqual(pages);
    expect(await pagesOf(alone, false)).toEqual(pages);
    expect(together.listOffsets.size).toBe(alone.listOffsets.size);
  });

  it.each<[string, (store: Store) => Promise<void>]>([
    ["blocked a user", (store) => blocks.block(store, OWNER, 2)],
    ["was blocked by a user", (store) => blocks.block(store, 2, OWNER)],
    ["lost a follower to a suspension", (store) => states.suspend(store, 2)],
    ["lost a follower to a deletion", (store) => accounts.deleteAccount(store, 2)],
  ])("is right after its owner %s", async (_, change) => {
    const store = celebrity();
    for (const kind of KINDS) await misplaced(store, kind, scattered);
    await change(store);
    const owner = await getListOwner(store, OWNER);
    expect([owner.followers, owner.following]).toEqual([LONG - 1, LONG - 1]);
    for (const kind of KINDS) {
      const [last] = rows<number>(
        store.engine,
        `${KEYS[kind].replace("order", "and hidden = 0 order")} desc limit 1`,
      );
      const page = await findOffset(store, listOf(kind), LONG - 2, LONG - 1);
      const [edge] = await edgesAfter(store.engine, listOf(kind), page.after, page.skip, 1);
      expect(edge?.key).toBe(last);
    }
  });
});

describe("what is remembered of offsets", () => {
  it("is bounded, however many lists are asked for", async () => {
    const offsets = new ListOffsets();
    for (let owner = 1; owner <= 40_000; owner += 1) {
      await offsets.find(`following ${owner}`, 600, 700, async () => 300);
    }
    expect(offsets.bytes).toBeGreaterThan(2 ** 21);
    expect(offsets.bytes).toBeLessThanOrEqual(2 ** 22);
    expect(offsets.size).toBeLessThan(20_000);
  });

  it("does not grow with edges that come and go", async () => {
    const store = celebrity();
    const list = listOf("following");
    expect((await misplaced(store, "following", scattered)).wrong).toEqual([]);
    const before = store.listOffsets.size;
    for (const key of rows<number>(store.engine, KEYS.following))
      store.listOffsets.moved(keyOfList(list), key, -1);
    expect(store.listOffsets.size).toBe(1);
    expect(before).toBeLessThan(LONG / 100);
  });
});
