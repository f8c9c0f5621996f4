import type { FollowLoad } from "../bulk.ts";
import { creationRanks, onlyNew, sortedOrder } from "../sort-edges.ts";
import type { RawConnection } from "./raw-connection.ts";

/** So many rows of one statement are written fastest. */
const ROWS_PER_INSERT = 100;
/** Indexes are built anew for a load that is at least this part of the table that it makes. */
const MIN_REBUILD_SHARE = 0.2;
/** SQLite sorts for an index in pieces of this size; those that fit a processor's cache are best. */
const SORT_KIB = 8192;

/**
 * Writes edges that are between different users; those that exist stay as they are. Says how many
 * are new. Counters, marks and the sequence are then as if each had been made alone.
 */
export function loadFollows(connection: RawConnection, load: FollowLoad): number {
  const { edges, onProgress } = load;
  onProgress("Sorting", 0, 1);
  const order = onlyNew(edges, sortedOrder(edges), existing(connection));
  if (order.length === 0) return 0;
  if (isLarge(connection, order.length)) loadBare(connection, load, order);
  else insert(connection, load, order);
  return order.length;
}

function existing(connection: RawConnection): (followerId: number) => ReadonlySet<number> {
  const none = new Set<number>();
  if (connection.prepare("select 1 from follows limit 1").get() === undefined) return () => none;
  const find = connection.prepare("select followed_id as id from follows where follower_id = ?");
  return (followerId) => {
    const found = new Set<number>();
    for (const row of find.iterate(followerId)) found.add((row as { id: number }).id);
    return found;
  };
}

function isLarge(connection: RawConnection, count: number): boolean {
  const rows = connection.prepare("select 1 from follows limit 1 offset ?");
  return rows.get(Math.ceil(count / MIN_REBUILD_SHARE - count)) === undefined;
}

/** With nothing on the table but its rows; all else is made once, at the end, from what it was. */
function loadBare(connection: RawConnection, load: FollowLoad, order: Uint32Array): void {
  const parts = connection
    .prepare("select type, name, sql from sqlite_master where tbl_name = 'follows' and sql <> ''")
    .iterate();
  const all = [...(parts as Iterable<{ type: string; name: string; sql: string }>)];
  const of = (type: string) => all.filter((part) => part.type === type);
  for (const { name } of of("trigger")) connection.exec(`drop trigger "${name}"`);
  for (const { name } of of("index")) connection.exec(`drop index "${name}"`);
  insert(connection, load, order);
  const { cache_size: usual } = connection.prepare("pragma cache_size").get() as {
    cache_size: number;
  };
  connection.exec(`pragma cache_size = -${SORT_KIB}`);
  for (const [place, { sql }] of of("index").entries()) {
    load.onProgress("Indexing", place, of("index").length);
    connection.exec(sql);
  }
  connection.exec(`pragma cache_size = ${usual}`);
  load.onProgress("Counting", 0, 1);
  recount(connection, load.createdAt, order.length);
  for (const { sql } of of("trigger")) connection.exec(sql);
  connection.exec("pragma analysis_limit = 1000; analyze");
}

function insert(connection: RawConnection, load: FollowLoad, order: Uint32Array): void {
  const { edges, unlisted, createdAt, onProgress } = load;
  const { ids, followers, followed, times, count } = edges;
  const places = creationRanks(order, count);
  const { value: base } = connection.prepare("select value from follow_sequence").get() as {
    value: number;
  };
  const now = Math.floor(createdAt);
  // A time that all share stands in the statement: a value less to bind a row.
  const usual = times === undefined ? String(now) : "?";
  const cells = times === undefined ? 4 : 5;
  const whole = insertion(connection, usual, ROWS_PER_INSERT);
  let values: number[] = [];
  for (let place = 0; place < order.length; place += 1) {
    const edge = order[place] ?? 0;
    const [a, b] = [followers[edge] ?? 0, followed[edge] ?? 0];
    const hidden = (unlisted[a] ?? 0) + 2 * (unlisted[b] ?? 0);
    values.push(ids[a] ?? 0, ids[b] ?? 0, base + (places[edge] ?? 0));
    if (times !== undefined) values.push(times[edge] || now);
    values.push(hidden);
    if (values.length < cells * ROWS_PER_INSERT) continue;
    whole.run(...values);
    values = [];
    if (place % 100_000 < ROWS_PER_INSERT) onProgress("Writing", place, order.length);
  }
  if (values.length > 0) insertion(connection, usual, values.length / cells).run(...values);
}

function insertion(connection: RawConnection, createdAt: string, rows: number) {
  const row = `(?, ?, ?, ${createdAt}, ?)`;
  return connection.prepare(
    "insert into follows (follower_id, followed_id, seq, created_at, hidden) values " +
      Array(rows).fill(row).join(", "),
  );
}

/** What the triggers would have done. */
function recount(connection: RawConnection, now: number, added: number): void {
  const counters = [
    ["followers", "followed_id", 1],
    ["following", "follower_id", 2],
  ];
  for (const [counter, end, mark] of counters) {
    connection
      .prepare(
        `update users set ${counter} = found.number, counted_at = ? from
          (select ${end} as id, count(*) as number from follows where hidden & ${mark} = 0
            group by ${end}) as found
          where users.id = found.id and users.${counter} <> found.number`,
      )
      .run(now);
  }
  connection.prepare("update follow_sequence set value = value + ?").run(added);
}
