import { expect, it } from "@jest/globals";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import { follow } from "../../src/domain/follows/follows.ts";
import { openStore } from "../../src/domain/open-store.ts";
import * as states from "../../src/domain/users/account-states.ts";
import { createAccount } from "../../src/domain/users/accounts.ts";
import { importFollows } from "../../src/import/load-follows.ts";
import { StagedFollows } from "../../src/import/staged-follows.ts";
import { openPostgres } from "../../src/storage/postgres/open.ts";
import { databases } from "../support/engine.ts";

const newDatabase = databases();
const USERS = 40;

/** Every user's counters beside what the edges say. */
const COMPARED = `select users.id, sum(followers) as followers, sum(following) as following,
    (select count(*) from follows where followed_id = users.id and hidden & 1 = 0) as fans,
    (select count(*) from follows where follower_id = users.id and hidden & 2 = 0) as followed
  from users join follow_counts on user_id = users.id group by users.id order by users.id`;

interface Compared {
  id: number;
  followers: number;
  following: number;
  fans: number;
  followed: number;
}

it("an import on PostgreSQL leaves counters that are sums of visible follows", async () => {
  const engine = await openPostgres({ url: await newDatabase(), connections: 6 });
  try {
    const store = openStore(engine, signingKey(Buffer.alloc(32, "followd")));
    const ids: number[] = [];
    for (let number = 1; number <= USERS; number += 1) {
      ids.push((await createAccount(store, { username: `user-${number}` })).id);
    }
    // Some edges are there already, and some users are out of sight.
    for (const id of ids.slice(1, 10)) await follow(store, id, ids[0] ?? 0);
    for (const id of ids.slice(5, 8)) await states.suspend(store, id);
    const staged = new StagedFollows();
    const names = ids.map((_, place) => Buffer.from(`user-${place + 1}`));
    for (const [place, name] of names.entries()) staged.value(name, 0, name.length, place + 1);
    for (let follower = 0; follower < USERS; follower += 1) {
      for (let step = 1; step <= 1 + (follower % 7); step += 1) {
        staged.add(follower, (follower * step + step) % USERS);
      }
      staged.add(follower, 0);
    }
    const { added, alreadyThere } = await importFollows(store, staged);
    expect(alreadyThere).toBeGreaterThanOrEqual(9);
    expect(added).toBeGreaterThan(100);
    const { rows } = await engine.send({ text: COMPARED });
    const users = rows as unknown as Compared[];
    expect(users.map(({ followers, following }) => [followers, following])).toEqual(
      users.map(({ fans, followed }) => [fans, followed]),
    );
    expect(users.some(({ fans }) => fans > 20)).toBe(true);
  } finally {
    await engine.close();
  }
});
