import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import * as blocks from "../../src/domain/follows/blocks.ts";
import { edgesAfter, type ListKind } from "../../src/domain/follows/edge-queries.ts";
import { listFollowIds } from "../../src/domain/follows/follow-lists.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import type { Store } from "../../src/domain/store.ts";
import * as states from "../../src/domain/users/account-states.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { getListOwner, getUserById, idOf } from "../../src/domain/users/users.ts";
import type { Engine } from "../../src/storage/engine.ts";
import { Model } from "./model.ts";
import { opener, rows, users } from "./opened.ts";

const open = opener();

const USERS = 6;
const DEEDS = [
  "follow",
  "unfollow",
  "block",
  "unblock",
  "suspend",
  "unsuspend",
  "rename",
  "remove",
] as const;
type Deed = (typeof DEEDS)[number];
type Step = readonly [deed: Deed, a: number, b: number];

const user = fc.integer({ min: 1, max: USERS });
const often: readonly Deed[] = ["follow", "follow", "follow", "follow", "unfollow", "suspend"];
const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...DEEDS, ...often), user, user);

/** Does the same to both, and holds what they say against each other. */
async function act(store: Store, model: Model, [deed, a, b]: Step, place: number): Promise<void> {
  if (!model.names.has(a) || !model.names.has(b)) return;
  switch (deed) {
    case "follow": {
      const isNew = model.follow(a, b);
      expect(await follows.follow(store, a, b)).toBe(isNew);
      return;
    }
    case "unfollow": {
      const wasThere = model.unfollow(a, b);
      expect(await follows.unfollow(store, a, b)).toBe(wasThere);
      return;
    }
    case "block":
      if (a === b) return;
      model.block(a, b);
      return blocks.block(store, a, b);
    case "unblock":
      model.unblock(a, b);
      return blocks.unblock(store, a, b);
    case "suspend":
      model.suspend(a);
      return states.suspend(store, a);
    case "unsuspend":
      model.unsuspend(a);
      return states.unsuspend(store, a);
    case "rename":
      model.names.set(a, `renamed-${a}-${place}`);
      await accounts.updateAccount(store, a, { username: `renamed-${a}-${place}` });
      return;
    case "remove":
      model.remove(a);
      return accounts.deleteAccount(store, a);
  }
}

const KINDS = ["followers-by-time", "followers-by-id", "following"] as const;

/** A list as two pages of a random cut, which must fit together. */
async function listed(store: Store, kind: ListKind, id: number, cut: number): Promise<number[]> {
  const owner = await getListOwner(store, id);
  const first = await listFollowIds(store, kind, owner, { offset: 0, limit: cut });
  const rest = await listFollowIds(store, kind, owner, { offset: cut, limit: 100 });
  return [...first, ...rest];
}

async function compare(store: Store, model: Model, cut: number): Promise<void> {
  expect(
    rows(store.engine, "select follower_id, followed_id, seq, hidden from follows order by seq"),
  ).toEqual(model.rows);
  expect(rows(store.engine, "select value from follow_sequence")).toEqual([model.lastSeq]);
  for (const [id, name] of model.names) {
    expect(await idOf(store, name.toUpperCase())).toBe(id);
    const followers = model.followersOf(id);
    const following = model.followingOf(id);
    expect(await getUserById(store, id)).toMatchObject({
      username: name,
      state: model.isListed(id) ? "active" : "blocked",
      followers: followers.length,
      following: following.length,
    });
    const lists = await Promise.all(KINDS.map((kind) => listed(store, kind, id, cut)));
    expect(lists).toEqual([followers, [...followers].sort((x, y) => x - y), following]);
    for (const other of model.ids) {
      expect(await follows.isFollowing(store, id, other)).toBe(model.isFollowing(id, other));
    }
  }
}

/** Every counter beside what a count of the edges in sight says. */
const RECOUNT = `select id, followers, following,
  (select count(*) from follows where followed_id = users.id and hidden & 1 = 0) as counted_followers,
  (select count(*) from follows where follower_id = users.id and hidden & 2 = 0) as counted_following
  from users`;

describe("the follow graph", () => {
  it("does what its model does, for any changes", async () => {
    const cut = fc.integer({ min: 1, max: USERS });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), cut, async (steps, at) => {
        const store = open.store();
        const model = new Model();
        for (const { id, username } of await users(store, USERS)) model.add(id, username);
        for (const [place, each] of steps.entries()) await act(store, model, each, place);
        await compare(store, model, at);
      }),
      { numRuns: 100 },
    );
  });

  it("does it also when many things happen in one turn", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const store = open.store();
        const model = new Model();
        for (const { id, username } of await users(store, USERS)) model.add(id, username);
        // No user is deleted: what would be refused then depends on who comes first.
        const safe = steps.filter(([deed]) => deed !== "remove");
        await Promise.all(safe.map((each, place) => act(store, model, each, place)));
        await compare(store, model, 3);
      }),
      { numRuns: 40 },
    );
  });

  it("counts the same as a recount after two thousand steps", async () => {
    const store = open.store();
    const model = new Model();
    const count = 40;
    for (const { id, username } of await users(store, count)) model.add(id, username);
    const anybody = fc.integer({ min: 1, max: count });
    const steps = fc.sample(
      fc.tuple(fc.constantFrom(...DEEDS, ...often, ...often), anybody, anybody),
      {
        numRuns: 2000,
        seed: 7,
      },
    );
    for (const [place, each] of steps.entries()) {
      // Else no user would be left.
      if (each[0] !== "remove" || place % 20 === 0) await act(store, model, each, place);
    }
    const counted = rows<Record<string, number>>(store.engine, RECOUNT);
    expect(counted.length).toBeGreaterThan(0);
    for (const row of counted) {
      expect([row.followers, row.following]).toEqual([
        row.counted_followers,
        row.counted_following,
      ]);
    }
    await compare(store, model, 2);
    expect(rows(store.engine, "pragma integrity_check")).toEqual(["ok"]);
  });
});

describe("a user who has just been deleted", () => {
  it("follows and blocks no user, and is followed by none", async () => {
    const store = open.store();
    await users(store, 2);
    await accounts.deleteAccount(store, 2);
    expect(await follows.follow(store, 2, 1)).toBe(false);
    expect(await follows.follow(store, 1, 2)).toBe(false);
    await expect(blocks.block(store, 2, 1)).rejects.toMatchObject({ kind: "not-found" });
    await expect(blocks.block(store, 1, 2)).rejects.toMatchObject({ kind: "not-found" });
    expect(rows(store.engine, "select followers + following from users")).toEqual([0]);
  });
});

describe("a list", () => {
  interface Builder {
    toSQL(): { sql: string; params: unknown[] };
  }

  /** How SQLite would answer the statement that a function asks for. */
  function planOf(engine: Engine, ask: (spied: Engine) => unknown): string[] {
    const plan: string[] = [];
    ask({
      ...engine,
      prepared(name, build) {
        const { sql, params } = (build(engine.query) as unknown as Builder).toSQL();
        const text = `explain query plan ${sql}`;
        const steps = rows<{ detail: string }>(engine, text, ...params.map(() => 1));
        plan.push(...steps.map(({ detail }) => detail));
        return engine.prepared(name, build);
      },
    });
    return plan;
  }

  it.each([
    ["followers-by-time", "SEARCH follows USING COVERING INDEX follows_by_time"],
    ["followers-by-id", "SEARCH follows USING COVERING INDEX follows_by_follower"],
    ["following", "SEARCH follows USING PRIMARY KEY"],
  ] as const)("of %s is read from one index, in its order", (kind, wanted) => {
    const store = open.store();
    const list = { kind, owner: 1, hidden: 0 };
    const plan = planOf(store.engine, (engine) => edgesAfter(engine, list, -1, 0, 30));
    expect(plan).toHaveLength(1);
    expect(plan[0]).toContain(wanted);
  });
});
