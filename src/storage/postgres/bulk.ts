import type Pg from "pg";
import type { BulkLoader, FoundUser } from "../bulk.ts";
import { lowerAscii } from "../lower-ascii.ts";
import { loadFollows } from "./bulk-follows.ts";
import { PostgresUserWriter } from "./bulk-write-users.ts";
import { copyRow, type OwnConnection, ownConnection } from "./connection.ts";
import type { Send } from "./lanes.ts";

/** Names that are looked up by one statement. */
const NAMES_PER_STATEMENT = 10_000;

const SEARCH_INDEXES = ["users_search", "emails_search"];
const cleaned = (index: string): string => `gin_clean_pending_list('${index}')`;

/** Runs an import in one transaction of a connection of its own. */
export async function loadInBulk<T>(
  connection: Pg.ClientConfig,
  work: (bulk: BulkLoader) => Promise<T>,
): Promise<T> {
  const own = await ownConnection(connection);
  const load: { isLarge: boolean } = { isLarge: false };
  try {
    await own.send({ text: "begin" });
    const result = await work(loader(own, load));
    // New rows wait in front of these indexes, and every search reads all that wait.
    await own.send({ text: `select ${SEARCH_INDEXES.map(cleaned).join()}` });
    await own.send({ text: "commit" });
    // Until a vacuum has seen them, each row that a page skips is looked up in the table as well.
    if (load.isLarge) await own.send({ text: "vacuum follows" });
    return result;
  } finally {
    // What was not committed goes with the connection.
    await own.close();
  }
}

const loader = (own: OwnConnection, large: { isLarge: boolean }): BulkLoader => ({
  // Until the end of the import they can't be deleted: follows are about to name them.
  usersNamed: (usernames) => usersNamed(own.send, usernames, "for key share"),
  addUsers: (usernames, now) => addUsers(own, usernames, now),
  async blockedPairs() {
    const { rows } = await own.send<{ blocker: number; blocked: number }>({
      text: "select blocker_id as blocker, blocked_id as blocked from blocks",
    });
    return rows.map(({ blocker, blocked }) => [blocker, blocked]);
  },
  async loadFollows(load) {
    const { added, isLarge } = await loadFollows(own, load);
    large.isLarge ||= isLarge;
    return added;
  },
  async writeUsers(_load, work) {
    const writer = new PostgresUserWriter(own.send);
    const written = await work(writer);
    await writer.skipGivenIds();
    return written;
  },
});

/** Users by name in any case, in the order of the names. */
export async function usersNamed(
  send: Send,
  usernames: readonly string[],
  lock: "for key share" | "" = "",
): Promise<(FoundUser | undefined)[]> {
  const keys = usernames.map(lowerAscii);
  const found = new Map<string, FoundUser>();
  // A text with a NUL can't even be asked for, and so names no user.
  const asked = [...new Set(keys)].filter((key) => !key.includes("\0"));
  for (let from = 0; from < asked.length; from += NAMES_PER_STATEMENT) {
    const text = `select id, state, type, lower(username) as key from users
      where lower(username) = any($1::text[]) ${lock}`;
    const { rows } = await send<FoundUser & { key: string }>({ text }, [
      asked.slice(from, from + NAMES_PER_STATEMENT),
    ]);
    for (const row of rows) found.set(row.key, row);
  }
  return keys.map((key) => found.get(key));
}

export async function usersById(
  send: Send,
  ids: readonly number[],
): Promise<(FoundUser | undefined)[]> {
  const text = "select id, state, type from users where id = any($1::bigint[])";
  const { rows } = await send<FoundUser>({ text }, [`{${ids.join()}}`]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}

async function addUsers(
  own: OwnConnection,
  usernames: readonly string[],
  now: number,
): Promise<Float64Array> {
  const ids = await takeIds(own, usernames.length);
  if (ids.length === 0) return ids;
  await own.copy(
    "users (id, username, confirmed_at, created_at, updated_at)",
    usernames.map((name, place) => copyRow(ids[place] ?? 0, name, now, now, now)),
  );
  // What looking names and follows up goes by; all other columns are for autovacuum.
  await own.send({ text: "analyze users (id, username)" });
  return ids;
}

/**
 * So many ids of users, in rising order. Others may take some meanwhile, as a sequence is no part of
 * a transaction: so each is taken by itself, and they come back as runs without a gap.
 */
async function takeIds(own: OwnConnection, count: number): Promise<Float64Array> {
  const { rows: runs } = await own.send<{ first: number; length: number }>(
    {
      text: `select min(id) as first, count(*) as length
        from (select id, id - row_number() over (order by id) as run
          from (select nextval(sequence) as id
            from (select pg_get_serial_sequence('users', 'id')::regclass as sequence) as named,
              generate_series(1, $1::bigint)) as taken) as numbered
        group by run order by first`,
    },
    [count],
  );
  const ids = runs.flatMap(({ first, length }) => Array.from({ length }, (_, at) => first + at));
  return Float64Array.from(ids);
}
