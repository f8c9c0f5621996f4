import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import * as accounts from "../../src/people/accounts.ts";
import * as blocks from "../../src/people/blocks.ts";
import { edgesAfter, type ListKind } from "../../src/people/edges.ts";
import * as follows from "../../src/people/follows.ts";
import type { People } from "../../src/people/people.ts";
import * as states from "../../src/people/states.ts";
import { byId, idOf, standing } from "../../src/people/users.ts";
import type { Database } from "../../src/storage/database.ts";
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
async function act(people: People, model: Model, [deed, a, b]: Step, place: number): Promise<void> {
  if (!model.names.has(a) || !model.names.has(b)) return;
  switch (deed) {
    case "follow": {
      const isNew = model.follow(a, b);
      expect(await follows.follow(people, a, b)).toBe(isNew);
      return;
    }
    case "unfollow": {
      const wasThere = model.unfollow(a, b);
      expect(await follows.unfollow(people, a, b)).toBe(wasThere);
      return;
    }
    case "block":
      if (a === b) return;
      model.block(a, b);
      return blocks.block(people, a, b);
    case "unblock":
      model.unblock(a, b);
      return blocks.unblock(people, a, b);
    case "suspend":
      model.suspend(a);
      return states.suspend(people, a);
    case "unsuspend":
      model.unsuspend(a);
      return states.unsuspend(people, a);
    case "rename":
      model.names.set(a, `renamed-${a}-${place}`);
      return accounts.rename(people, a, `renamed-${a}-${place}`);
    case "remove":
      model.remove(a);
      return accounts.remove(people, a);
  }
}

const KINDS = ["followers-by-time", "followers-by-id", "following"] as const;

/** A list as two pages of a random cut, which must fit together. */
async function listed(people: People, kind: ListKind, id: number, cut: number): Promise<number[]> {
  const owner = await standing(people, id);
  const first = await follows.page(people, kind, owner, { offset: 0, limit: cut });
  const rest = await follows.page(people, kind, owner, { offset: cut, limit: 100 });
  return [...first, ...rest];
}

async function compare(people: People, model: Model, cut: number): Promise<void> {
  expect(
    rows(people.db, "select follower_id, followed_id, seq, hidden from follows order by seq"),
  ).toEqual(model.rows);
  expect(rows(people.db, "select value from follow_sequence")).toEqual([model.lastSeq]);
  for (const [id, name] of model.names) {
    expect(await idOf(people, name.toUpperCase())).toBe(id);
    const followers = model.followersOf(id);
    const following = model.followingOf(id);
    expect(await byId(people, id)).toMatchObject({
      username: name,
      state: model.isListed(id) ? "active" : "blocked",
      followers: followers.length,
      following: following.length,
    });
    const lists = await Promise.all(KINDS.map((kind) => listed(people, kind, id, cut)));
    expect(lists).toEqual([followers, [...followers].sort((x, y) => x - y), following]);
    for (const other of model.ids) {
      expect(await follows.isFollowing(people, id, other)).toBe(model.isFollowing(id, other));
    }
  }
}

/** Every counter beside what a count of the edges in sight says. */
const RECOUNT = `select id, followers, following,
  (select count(*) from follows where followed_id = users.id and hidden & 1 = 0) as counted_followers,
  (select count(*) from follows where follower_id = users.id and hidden & 2 = 0) as counted_following
  from users`;

describe("the follow graph", () => {
  it("does what its model does, whatever is done to it", async () => {
    const cut = fc.integer({ min: 1, max: USERS });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), cut, async (steps, at) => {
        const people = open.people();
        const model = new Model();
        for (const { id, username } of await users(people, USERS)) model.add(id, username);
        for (const [place, each] of steps.entries()) await act(people, model, each, place);
        await compare(people, model, at);
      }),
      { numRuns: 100 },
    );
  });

  it("does it also when many things happen in one turn", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const people = open.people();
        const model = new Model();
        for (const { id, username } of await users(people, USERS)) model.add(id, username);
        // Nobody goes: what would be refused then depends on who comes first.
        const safe = steps.filter(([deed]) => deed !== "remove");
        await Promise.all(safe.map((each, place) => act(people, model, each, place)));
        await compare(people, model, 3);
      }),
      { numRuns: 40 },
    );
  });

  it("counts the same as a recount after two thousand steps", async () => {
    const people = open.people();
    const model = new Model();
    const count = 40;
    for (const { id, username } of await users(people, count)) model.add(id, username);
    const anybody = fc.integer({ min: 1, max: count });
    const steps = fc.sample(
      fc.tuple(fc.constantFrom(...DEEDS, ...often, ...often), anybody, anybody),
      {
        numRuns: 2000,
        seed: 7,
      },
    );
    for (const [place, each] of steps.entries()) {
      // Else nobody would be left.
      if (each[0] !== "remove" || place % 20 === 0) await act(people, model, each, place);
    }
    const counted = rows<Record<string, number>>(people.db, RECOUNT);
    expect(counted.length).toBeGreaterThan(0);
    for (const row of counted) {
      expect([row.followers, row.following]).toEqual([
        row.counted_followers,
        row.counted_following,
      ]);
    }
    await compare(people, model, 2);
    expect(rows(people.db, "pragma integrity_check")).toEqual(["ok"]);
  });
});

describe("somebody who has just gone", () => {
  it("follows nobody, blocks nobody and is followed by nobody", async () => {
    const people = open.people();
    await users(people, 2);
    await accounts.remove(people, 2);
    expect(await follows.follow(people, 2, 1)).toBe(false);
    expect(await follows.follow(people, 1, 2)).toBe(false);
    await expect(blocks.block(people, 2, 1)).rejects.toMatchObject({ kind: "not-found" });
    await expect(blocks.block(people, 1, 2)).rejects.toMatchObject({ kind: "not-found" });
    expect(rows(people.db, "select followers + following from users")).toEqual([0]);
  });
});

describe("a list", () => {
  interface Builder {
    toSQL(): { sql: string; params: unknown[] };
  }

  /** How SQLite would answer the statement that a function asks for. */
  function planOf(db: Database, ask: (spied: Database) => unknown): string[] {
    const plan: string[] = [];
    ask({
      ...db,
      prepared(name, build) {
        const { sql, params } = (build(db.query) as unknown as Builder).toSQL();
        const text = `explain query plan ${sql}`;
        const steps = rows<{ detail: string }>(db, text, ...params.map(() => 1));
        plan.push(...steps.map(({ detail }) => detail));
        return db.prepared(name, build);
      },
    });
    return plan;
  }

  it.each([
    ["followers-by-time", "SEARCH follows USING COVERING INDEX follows_by_time"],
    ["followers-by-id", "SEARCH follows USING COVERING INDEX follows_by_follower"],
    ["following", "SEARCH follows USING PRIMARY KEY"],
  ] as const)("of %s is read from one index, in its order", (kind, wanted) => {
    const people = open.people();
    const list = { kind, owner: 1, hidden: 0 };
    const plan = planOf(people.db, (db) => edgesAfter(db, list, -1, 0, 30));
    expect(plan).toHaveLength(1);
    expect(plan[0]).toContain(wanted);
  });
});
