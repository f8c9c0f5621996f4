import { expect, it } from "@jest/globals";
import type { Store } from "../../src/domain/store.ts";
import { byUsername } from "../../src/domain/users/users.ts";
import { importFollows } from "../../src/import/load-follows.ts";
import { StagedFollows } from "../../src/import/staged-follows.ts";
import { UserImport } from "../../src/import/users/load-users.ts";
import type { BulkLoader } from "../../src/storage/bulk.ts";
import { databases } from "../support/engine.ts";
import { eventually } from "../support/eventually.ts";
import { onDatabase } from "./opened.ts";

const newDatabase = databases();
const { node, byHand } = onDatabase();
const USERS = 100;
const LOCK = 77;
const IDS = "pg_get_serial_sequence('users', 'id')";

/** Users each of whom follows the next. */
function circle(): StagedFollows {
  const staged = new StagedFollows();
  for (let number = 0; number < USERS; number += 1) {
    const name = Buffer.from(`user-${number}`);
    staged.value(name, 0, name.length, number + 1);
    staged.add(number, (number + 1) % USERS);
  }
  return staged;
}

async function importProfiles(store: Store): Promise<void> {
  const reject = (line: number, problem: string) => {
    throw new Error(`${line}: ${problem}`);
  };
  const users = await UserImport.open(store, { reject });
  try {
    for (let line = 1; line <= USERS; line += 1) {
      const username = `user-${line}`;
      await users.take(line, { username, name: "Ann", email: `${username}@example.test` });
    }
    await users.finish();
  } finally {
    await users.close();
  }
}

it.each([
  ["follows", (store: Store) => importFollows(store, circle(), { createUsers: "{id}" })],
  ["users", importProfiles],
])("an import of %s leaves nothing for searches to read beside their indexes", async (_, load) => {
  const url = await newDatabase();
  await load(await node(url));
  const hand = await byHand(url);
  const pages = `select gin_clean_pending_list('users_search') as names,
    gin_clean_pending_list('emails_search') as addresses, (select count(*) from users) as users`;
  expect(await hand.rows(pages)).toEqual([{ names: 0, addresses: 0, users: USERS }]);
});

it("an import that makes users leaves others the ids that they take meanwhile", async () => {
  const url = await newDatabase();
  const hand = await byHand(url);
  // An id is taken, and the statement that took it waits for the lock before it takes another.
  await hand.run(
    `create function public.nextval(regclass) returns bigint language plpgsql as $$
      declare taken bigint := pg_catalog.nextval($1);
      begin perform pg_advisory_xact_lock_shared(${LOCK}); return taken; end $$`,
    `do $$ begin execute format('alter database %I set search_path = public, pg_catalog',
      current_database()); end $$`,
    `select pg_advisory_lock(${LOCK})`,
  );
  const store = await node(url);
  const imported = importFollows(store, circle(), { createUsers: "{id}" });
  await eventually(async () => {
    const [found] = await hand.rows<{ count: number }>(
      `select count(*) as count from pg_locks where locktype = 'advisory' and objid = ${LOCK}
        and not granted`,
    );
    return found?.count === 1;
  });
  const [taken] = await hand.rows<{ id: number }>(`select pg_catalog.nextval(${IDS}) as id`);
  await hand.run(`select pg_advisory_unlock(${LOCK})`);
  await imported;
  expect(await hand.rows("select id from users where id = $1", taken?.id)).toEqual([]);
  expect(await hand.rows("select count(*) as count from users")).toEqual([{ count: USERS }]);
});

it.each<[string, (bulk: BulkLoader) => Promise<unknown>]>([
  ["follows", (bulk) => bulk.usersNamed(["user-0"])],
  [
    "users",
    (bulk) => bulk.writeUsers({ count: 1, onlyAdds: false }, (writer) => writer.find("user-0")),
  ],
])("an import of %s keeps whom it has found from being deleted until it ends", async (_, find) => {
  const url = await newDatabase();
  const hand = await byHand(url);
  const store = await node(url);
  await importFollows(store, circle(), { createUsers: "{id}" });
  const { id } = await byUsername(store, "user-0");
  await hand.run("set lock_timeout = '50ms'");
  await store.engine.bulk(async (bulk) => {
    expect(JSON.stringify(await find(bulk))).toContain(String(id));
    await expect(hand.rows("delete from users where id = $1", id)).rejects.toThrow("lock timeout");
  });
  expect(await hand.rows("delete from users where id = $1 returning id", id)).toEqual([{ id }]);
});
