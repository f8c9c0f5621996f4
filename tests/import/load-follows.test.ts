import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { block } from "../../src/domain/follows/blocks.ts";
import { follow, isFollowing } from "../../src/domain/follows/follows.ts";
import * as states from "../../src/domain/users/account-states.ts";
import { importFollows } from "../../src/import/load-follows.ts";
import { BadLine, StagedFollows } from "../../src/import/staged-follows.ts";
import { opener, rows, users } from "../storage/opened.ts";

const open = opener();

type Pair = readonly [follower: string | number, followed: string | number];

/** Pairs as a reader of files hands them over. */
function staged(pairs: readonly Pair[]): StagedFollows {
  const all = new StagedFollows();
  for (const [place, [follower, followed]] of pairs.entries()) {
    const [a, b] = [follower, followed].map((value) => {
      const bytes = Buffer.from(String(value));
      return all.value(bytes, 0, bytes.length, place + 1);
    });
    all.add(a ?? 0, b ?? 0);
  }
  return all;
}

const SIX = 6;
const one = fc.integer({ min: 1, max: SIX });
const pairs = (maxLength: number) => fc.array(fc.tuple(one, one), { maxLength });

/** What there is before the import. */
const before = fc.record({
  follows: pairs(30),
  blocks: pairs(3),
  suspended: fc.uniqueArray(one, { maxLength: 2 }),
});

type Before = typeof before extends fc.Arbitrary<infer T> ? T : never;

async function peopleAfter({ follows, blocks, suspended }: Before) {
  const store = open.store({ clock: () => 1_700_000_000_000 });
  await users(store, SIX);
  for (const [a, b] of blocks) if (a !== b) await block(store, a, b);
  for (const [a, b] of follows) await follow(store, a, b);
  for (const id of suspended) await states.suspend(store, id);
  return store;
}

const everything = (store: ReturnType<typeof open.store>) => ({
  follows: rows(store.engine, "select * from follows order by seq"),
  counters: rows(store.engine, "select id, followers, following from users"),
  sequence: rows(store.engine, "select value from follow_sequence"),
  schema: rows(
    store.engine,
    "select name, sql from sqlite_master where name <> 'sqlite_stat1' and name <> 'sqlite_stat4' order by name",
  ),
});

describe("importFollows", () => {
  it("ends where following one by one ends", async () => {
    await fc.assert(
      fc.asyncProperty(before, pairs(40), fc.boolean(), async (given, lines, mutual) => {
        const [bulk, single] = [await peopleAfter(given), await peopleAfter(given)];
        const named = lines.map(([a, b]) => [`user-${a}`, `USER-${b}`] as const);
        const report = await importFollows(bulk, staged(named), { mutual });
        let added = 0;
        for (const [a, b] of lines) {
          if (await follow(single, a, b)) added += 1;
          if (mutual && (await follow(single, b, a))) added += 1;
        }
        expect(report.added).toBe(added);
        const { added: news, alreadyThere, skipped } = report;
        const edges = (lines.length - skipped.self - skipped.blocked) * (mutual ? 2 : 1);
        expect(news + alreadyThere).toBe(edges);
        expect(skipped.self).toBe(lines.filter(([a, b]) => a === b).length);
        expect(everything(bulk)).toEqual(everything(single));
      }),
      { numRuns: 60 },
    );
  });

  it("builds the table anew, and adds to it, with the same end", async () => {
    const store = open.store();
    const lines: Pair[] = Array.from({ length: 1000 }, (_, line) => [line % 37, (line * 7) % 41]);
    const options = { createUsers: "dev-{id}" };
    await importFollows(store, staged(lines), options);
    const { added } = await importFollows(store, staged([...lines, [1, 2], [2, 1000]]), options);
    expect(added).toBe(1 + Number(!lines.some(([a, b]) => a === 1 && b === 2)));
    const distinct = new Set(lines.filter(([a, b]) => a !== b).map(String)).size + added;
    expect(rows(store.engine, "select count(*) from follows")).toEqual([distinct]);
    expect(rows(store.engine, "select max(seq) - min(seq) + 1 from follows")).toEqual([distinct]);
    expect(rows(store.engine, "select value from follow_sequence")).toEqual([distinct]);
    expect(
      rows(
        store.engine,
        `select id from users u where
          followers <> (select count(*) from follows where followed_id = u.id) or
          following <> (select count(*) from follows where follower_id = u.id)`,
      ),
    ).toEqual([]);
    expect(rows(store.engine, "select name from sqlite_master where tbl_name = 'follows'")).toEqual(
      expect.arrayContaining(["follows_by_time", "follows_by_follower", "follows_inserted"]),
    );
  });

  it("counts lines across a block", async () => {
    const store = open.store();
    await users(store, 3);
    await block(store, 1, 2);
    const lines = [
      ["user-1", "user-2"],
      ["user-2", "user-1"],
      ["user-1", "user-3"],
    ] as const;
    const report = await importFollows(store, staged(lines));
    expect(report).toMatchObject({ added: 1, skipped: { bad: 0, self: 0, blocked: 2 } });
  });

  it("forgets what was remembered before", async () => {
    const store = open.store();
    await users(store, 2);
    const version = store.followVersions.of(2);
    await importFollows(store, staged([["user-1", "user-2"]]));
    expect(store.followVersions.of(2)).not.toBe(version);
    expect(await isFollowing(store, 1, 2)).toBe(true);
  });

  it("undoes everything when something fails on the way", async () => {
    const store = open.store();
    await users(store, 2);
    const untouched = everything(store);
    const onProgress = (stage: string) => {
      if (stage === "Counting") throw new Error("the power is out");
    };
    const load = () => importFollows(store, staged([["user-1", "user-2"]]), { onProgress });
    await expect(load()).rejects.toThrow("the power is out");
    expect(everything(store)).toEqual(untouched);
    expect(await follow(store, 1, 2)).toBe(true);
  });

  it("throws at the first bad value, or tells of each", async () => {
    const store = open.store();
    await users(store, 1);
    const lines = [
      ["user-1", "lisa"],
      ["user-1", "no one"],
      ["user-1", "lisa"],
    ] as const;
    await expect(importFollows(store, staged(lines))).rejects.toThrow(BadLine);
    const told: string[] = [];
    const report = await importFollows(store, staged(lines), {
      onBad: (bad) => told.push(bad.message),
    });
    expect(told).toEqual([
      expect.stringMatching(/^Line 1: there is no user “lisa”/),
      expect.stringMatching(/^Line 2: “no one” can't be a username/),
    ]);
    expect(report.skipped.bad).toBe(3);
  });

  it("makes one user of values that differ in case only", async () => {
    const store = open.store();
    const lines = [
      ["Mona", "octocat"],
      ["mona", "hubot"],
    ] as const;
    const report = await importFollows(store, staged(lines), { createUsers: "{id}" });
    expect(report).toMatchObject({ usersMade: 3, added: 2 });
    expect(rows(store.engine, "select username from users order by id")).toEqual([
      "Mona",
      "octocat",
      "hubot",
    ]);
  });
});
