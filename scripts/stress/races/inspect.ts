import { join } from "node:path";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import type { Deed, Kind } from "./model.ts";
import type { Racer, Stadium } from "./setup.ts";

type Note = (kind: Kind, by: Racer, other: Racer, deed: Omit<Deed, "kind" | "by">) => void;

/** Questions to the file whose every row is something wrong. */
const FAULTS: readonly [what: string, sql: string][] = [
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
    "a follow crosses a block",
    `select blocker_id, blocked_id from blocks join follows on
       (follower_id = blocker_id and followed_id = blocked_id) or
       (follower_id = blocked_id and followed_id = blocker_id)`,
  ],
  [
    "a place in the sequence was given twice",
    "select seq from follows group by seq having count(*) > 1",
  ],
  [
    "the sequence is behind",
    "select value from follow_sequence where value < (select max(seq) from follows)",
  ],
  ["a user follows themself", "select follower_id from follows where follower_id = followed_id"],
  ["a row refers to no user", "pragma foreign_key_check"],
  ["the file is broken", "select * from pragma_integrity_check where integrity_check <> 'ok'"],
];

/** What is wrong in the file; writes the last state of every pair into its history, too. */
export async function inspect({ folder, racers }: Stadium, note: Note): Promise<string[]> {
  const engine = openSqlite({ file: join(folder, "followd.db") });
  try {
    return engine.raw((rows) => {
      const at = performance.now();
      const find = rows.prepare(
        `select exists (select 1 from follows where follower_id = ? and followed_id = ?)
             + 2 * exists (select 1 from blocks where blocker_id = ? and blocked_id = ?) as found`,
      );
      for (const by of racers) {
        for (const other of racers) {
          if (by === other) continue;
          const { found } = find.get(by.id, other.id, by.id, other.id) as { found: number };
          note("read", by, other, { from: at, to: at, answer: found });
        }
      }
      return FAULTS.flatMap(([what, sql]) =>
        [...rows.prepare(sql).iterate()].map((row) => `${what}: ${JSON.stringify(row)}`),
      );
    });
  } finally {
    await engine.close();
  }
}
