import { join } from "node:path";
import { ownConnection } from "../../../src/storage/postgres/connection.ts";
import { openForInspection } from "../../../src/storage/sqlite/integrity.ts";
import { wrongsIn } from "../../postgres/wrongs.ts";
import type { Kind, TimedOperation } from "./model.ts";
import type { Account, Fixture } from "./setup.ts";

type Note = (
  kind: Kind,
  by: Account,
  other: Account,
  operation: Omit<TimedOperation, "kind" | "by">,
) => void;
type Ask = <Row>(sql: string) => Promise<Row[]>;

/** Questions whose every row is something wrong, with either engine. */
const FAULTS: readonly [what: string, sql: string][] = [
  [
    "a follow crosses a block",
    `select blocker_id, blocked_id from blocks join follows on
       (follower_id = blocker_id and followed_id = blocked_id) or
       (follower_id = blocked_id and followed_id = blocker_id)`,
  ],
  [
    "a place in the sequence was given twice",
    "select seq from follows group by seq having count(*) > 1",
  ],
  ["a user follows themself", "select follower_id from follows where follower_id = followed_id"],
];
const SQLITE_FAULTS: typeof FAULTS = [
  [
    "a counter of followers is off",
    `select id, followers, (select count(*) from follows where followed_id = users.id
       and hidden & 1 = 0) as due from users where followers <> due`,
  ],
  [
    "a counter of following is off",
    `select id, following, (select count(*) from follows where follower_id = users.id
       and hidden & 2 = 0) as due from users where following <> due`,
  ],
  [
    "the sequence is behind",
    "select value from follow_sequence where value < (select max(seq) from follows)",
  ],
  ["a row refers to no user", "pragma foreign_key_check"],
  ["the file is broken", "select * from pragma_integrity_check where integrity_check <> 'ok'"],
];

/** Opens the data for questions, also beside servers that are at work. */
async function asking<T>({ folder, database }: Fixture, work: (ask: Ask) => Promise<T>) {
  if (database !== undefined) {
    const own = await ownConnection({ connectionString: database });
    const ask: Ask = async <Row>(text: string) => (await own.send<Row>({ text })).rows;
    try {
      return await work(ask);
    } finally {
      await own.close();
    }
  }
  const connection = openForInspection(join(folder, "followd.db"));
  const ask: Ask = async <Row>(sql: string) => [...connection.prepare(sql).iterate()] as Row[];
  return work(ask).finally(() => connection.close());
}

/** What is wrong in the data after any changes. */
export function faultsIn(fixture: Fixture): Promise<string[]> {
  return asking(fixture, async (ask) => {
    const { database } = fixture;
    const found = database === undefined ? [] : await wrongsIn(database);
    for (const [what, sql] of [...FAULTS, ...(database === undefined ? SQLITE_FAULTS : [])]) {
      for (const row of await ask(sql)) found.push(`${what}: ${JSON.stringify(row)}`);
    }
    return found;
  });
}

/** Writes the last state of every pair into its history. */
export function readInto(fixture: Fixture, note: Note): Promise<void> {
  return asking(fixture, async (ask) => {
    const pairsOf = async (sql: string) =>
      new Set((await ask<{ a: number; b: number }>(sql)).map(({ a, b }) => `${a} ${b}`));
    const follows = await pairsOf("select follower_id as a, followed_id as b from follows");
    const blocks = await pairsOf("select blocker_id as a, blocked_id as b from blocks");
    const at = performance.now();
    for (const by of fixture.accounts) {
      for (const other of fixture.accounts) {
        if (by === other) continue;
        const pair = `${by.id} ${other.id}`;
        const answer = (follows.has(pair) ? 1 : 0) + (blocks.has(pair) ? 2 : 0);
        note("read", by, other, { from: at, to: at, answer });
      }
    }
  });
}
