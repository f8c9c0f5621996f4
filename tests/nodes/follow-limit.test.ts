import { expect, it } from "@jest/globals";
import { followWithinLimit } from "../../src/domain/follows/follows.ts";
import { createAccount } from "../../src/domain/users/accounts.ts";
import { databases } from "../support/engine.ts";
import { eventually } from "../support/eventually.ts";
import { onDatabase } from "./opened.ts";

const newDatabase = databases();
const { node, byHand } = onDatabase();

/** Follows that come at once, two at each of two nodes, as each has two connections to write by. */
const AT_ONCE = 4;

it.each([
  ["at GitLab's limit", 300],
  ["at a limit that is small", 3],
])("no follows at once, whichever nodes they come to, pass the limit: %s", async (_, limit) => {
  const url = await newDatabase();
  const nodes = [await node(url), await node(url)] as const;
  const [hand, holder] = [await byHand(url), await byHand(url)];
  const [store] = nodes;
  const { id: ada } = await createAccount(store, { username: "ada" });
  await hand.run(
    `insert into users (username, created_at, updated_at)
       select 'user-' || number, 1, 1 from generate_series(1, ${limit + AT_ONCE}) as number`,
    `insert into follows select ${ada}, id, nextval('follow_places'), 1, 0 from users
       where id <> ${ada} order by id limit ${limit - 1}`,
  );
  const others = await hand.rows<{ id: number }>(
    `select id from users where id <> $1 and not exists
       (select 1 from follows where follower_id = $1 and followed_id = users.id) order by id`,
    ada,
  );
  // Nothing is committed before all of them have counted, or wait for the one who counts.
  await holder.run("begin", "lock table follow_counts in exclusive mode");
  const asked = others
    .slice(0, AT_ONCE)
    .map(({ id }, turn) => followWithinLimit(nodes[turn % 2 === 0 ? 0 : 1], ada, id, limit));
  await eventually(async () => {
    const [found] = await hand.rows<{ count: number }>(
      `select count(*) as count from pg_stat_activity where datname = current_database()
         and application_name = 'followd' and wait_event_type = 'Lock'`,
    );
    return found?.count === AT_ONCE;
  });
  await holder.run("rollback");
  expect((await Promise.all(asked)).sort()).toEqual(["followed", "limited", "limited", "limited"]);
  expect(await hand.rows("select count(*) as count from follows")).toEqual([{ count: limit }]);
  // Who is followed already is no more than that.
  const [first] = await hand.rows<{ id: number }>("select min(followed_id) as id from follows");
  expect(await followWithinLimit(store, ada, first?.id ?? 0, limit)).toBe("unchanged");
});
