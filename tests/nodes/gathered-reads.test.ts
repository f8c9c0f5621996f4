import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import { listFollowIds } from "../../src/domain/follows/follow-lists.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import { openStore } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import { createAccount } from "../../src/domain/users/accounts.ts";
import { getListOwner, getUserById } from "../../src/domain/users/users.ts";
import { openPostgres, type PostgresEngine } from "../../src/storage/postgres/open.ts";
import { databases } from "../support/engine.ts";

const newDatabase = databases();
const USERS = 12;

/** Lookups that are asked for together go as one statement, and each caller has their own rows. */
describe("lookups that are asked for together", () => {
  let engine: PostgresEngine;
  let store: Store;
  const ids: number[] = [];

  const answered = (name: string): number => engine.figures?.().statements.get(name)?.count ?? 0;

  beforeAll(async () => {
    engine = await openPostgres({ url: await newDatabase(), connections: 6 });
    store = openStore(engine, signingKey(Buffer.alloc(32, "followd")));
    for (let number = 1; number <= USERS; number += 1) {
      ids.push((await createAccount(store, { username: `user-${number}` })).id);
    }
    // Each follows those who came before.
    for (const [place, id] of ids.entries()) {
      for (const earlier of ids.slice(0, place)) await follows.follow(store, id, earlier);
    }
  });
  afterAll(() => engine.close());

  it("are one statement, with the answer of each", async () => {
    const [alone, together] = [answered("edge"), answered("edge, gathered")];
    const pairs = ids.flatMap((a, one) => ids.map((b, two) => ({ a, b, expected: one > two })));
    const found = await Promise.all(pairs.map(({ a, b }) => follows.isFollowing(store, a, b)));
    expect(found).toEqual(pairs.map(({ expected }) => expected));
    expect(answered("edge, gathered") - together).toBe(1);
    expect(answered("edge") - alone).toBe(0);
  });

  it("keep the order of the rows of each, with limits of their own", async () => {
    const together = answered("edges followers-by-time, gathered");
    const lists = await Promise.all(
      ids.map(async (id, place) =>
        listFollowIds(store, "followers-by-time", await getListOwner(store, id), {
          offset: 0,
          limit: 1 + place,
        }),
      ),
    );
    const expected = ids.map((_, place) => ids.slice(place + 1).slice(0, 1 + place));
    expect(lists).toEqual(expected);
    expect(answered("edges followers-by-time, gathered") - together).toBe(1);
  });

  it("tell of rows that are not there, and of whole rows", async () => {
    const askedIds = [...ids.slice(0, 2), 999_999, ...ids.slice(2, 4)];
    const found = await Promise.allSettled(askedIds.map((id) => getUserById(store, id)));
    expect(found.map(({ status }) => status)).toEqual([
      ...["fulfilled", "fulfilled", "rejected", "fulfilled", "fulfilled"],
    ]);
    const [first] = found as PromiseFulfilledResult<Awaited<ReturnType<typeof getUserById>>>[];
    expect(first?.value).toEqual(await getUserById(store, ids[0] ?? 0));
    expect(first?.value).toMatchObject({ username: "user-1", followers: USERS - 1, following: 0 });
  });

  it("go alone where a value is no whole number, which fails no other", async () => {
    const [good, bad] = await Promise.allSettled([
      follows.isFollowing(store, ids[1] ?? 0, ids[0] ?? 0),
      follows.isFollowing(store, 1.5, ids[0] ?? 0),
    ]);
    expect(good).toEqual({ status: "fulfilled", value: true });
    expect(bad?.status).toBe("rejected");
  });
});
