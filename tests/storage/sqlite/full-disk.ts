// Run by sqlite.test.ts where no file may grow beyond a limit: fills a database until a commit
// fails, and prints what then is in it.
import { sql } from "drizzle-orm";
import { UnavailableError } from "../../../src/storage/errors.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";

const [, , file = ""] = process.argv;
const engine = openSqlite({ file });
const insert = (username: string) =>
  engine.query
    .insert(engine.tables.users)
    .values({ username, bio: "x".repeat(3000), createdAt: 1, updatedAt: 1 });
const count = async (): Promise<number> => engine.query.$count(engine.tables.users);

let acknowledged = 0;
let errors: unknown[] = [];
for (let group = 0; errors.length === 0 && group < 1000; group += 1) {
  const writes = [0, 1, 2].map((place) => engine.transaction(insert(`user-${group}-${place}`)));
  const results = await Promise.allSettled(writes);
  errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  acknowledged += results.length - errors.length;
}
const afterFailure = await count();

// Room again, as when an operator deletes something: the log goes back to its beginning.
await engine.query.run(sql`pragma wal_checkpoint(truncate)`);
await engine.transaction(insert("at last"));
const afterRecovery = await count();
const [row] = (await engine.query.all(sql`pragma integrity_check`)) as {
  integrity_check: string;
}[];
await engine.close();

process.stdout.write(
  JSON.stringify({
    acknowledged,
    refused: errors.length,
    unavailable: errors.every((error) => error instanceof UnavailableError),
    afterFailure,
    afterRecovery,
    integrity: row?.integrity_check,
  }),
);
