import type { FollowLoad } from "../bulk.ts";
import { creationRanks, type Edges, onlyNew, sortedOrder } from "../sort-edges.ts";
import { copyRow, type OwnConnection } from "./connection.ts";

/** Indexes are built anew for a load that is at least this part of the table that it makes. */
const LARGE_PART = 0.2;
/** Follows that are looked up by one page of a cursor. */
const FOLLOWS_PER_PAGE = 50_000;

/**
 * Writes edges that are between different users; those that exist stay as they are. Says how many
 * are new, and whether they are a large part of all. Other follows wait meanwhile; reading goes on,
 * but not beside a large load, which drops keys and indexes: reads wait for it, or end in a 503.
 */
export async function loadFollows(
  own: OwnConnection,
  load: FollowLoad,
): Promise<{ added: number; isLarge: boolean }> {
  const { edges, onProgress } = load;
  onProgress("Sorting", 0, 1);
  await own.send({ text: "lock table follows in share row exclusive mode" });
  const existing = await existingAmong(own, edges);
  const order = onlyNew(edges, sortedOrder(edges), (id) => existing.get(id) ?? NONE);
  if (order.length === 0) return { added: 0, isLarge: false };
  const { rows } = await own.send<{ count: number }>({
    text: "select count(*) as count from follows",
  });
  const count = rows[0]?.count ?? 0;
  const first = await placesFor(own, order.length);
  const isLarge = order.length >= LARGE_PART * (count + order.length);
  const indexes = isLarge ? await dropIndexes(own) : [];
  await own.send({ text: "alter table follows disable trigger user" });
  await own.copy(
    "follows (follower_id, followed_id, seq, created_at, hidden)",
    rowsOf(load, order, first),
  );
  for (const [place, text] of indexes.entries()) {
    onProgress("Indexing", place, indexes.length);
    await own.send({ text });
  }
  onProgress("Counting", 0, 1);
  await addCounts(own, load, order);
  await own.send({ text: "alter table follows enable trigger user" });
  await own.send({ text: "analyze follows" });
  await own.send({ text: "analyze follow_counts" });
  return { added: order.length, isLarge };
}

const NONE: ReadonlySet<number> = new Set();

/** Whom the followers of a file follow already. */
async function existingAmong(
  own: OwnConnection,
  { ids, followers, count }: Edges,
): Promise<Map<number, Set<number>>> {
  const existing = new Map<number, Set<number>>();
  const { rows } = await own.send({ text: "select 1 from follows limit 1" });
  if (rows.length === 0) return existing;
  const followerIds = new Set<number>();
  for (let edge = 0; edge < count; edge += 1) followerIds.add(ids[followers[edge] ?? 0] ?? 0);
  await own.send({
    text: "create temp table loaded_followers (id bigint primary key) on commit drop",
  });
  await own.copy(
    "loaded_followers",
    Array.from(followerIds, (id) => `${id}\n`),
  );
  await own.send({ text: "analyze loaded_followers" });
  const query = `select follower_id as a, followed_id as b from follows
    where follower_id in (select id from loaded_followers)`;
  for await (const page of own.pages<{ a: number; b: number }>(query, FOLLOWS_PER_PAGE)) {
    for (const { a, b } of page) {
      const set = existing.get(a);
      if (set === undefined) existing.set(a, new Set([b]));
      else set.add(b);
    }
  }
  return existing;
}

/** Takes so many places of the order at once, and returns the first. */
async function placesFor(own: OwnConnection, count: number): Promise<number> {
  const { rows } = await own.send<{ last: number }>(
    { text: "select setval('follow_places', nextval('follow_places') + $1::bigint - 1) as last" },
    [count],
  );
  return (rows[0]?.last ?? count) - count + 1;
}

function* rowsOf(
  {
    edges: { ids, followers, followed, times, count },
    unlisted,
    createdAt,
    onProgress,
  }: FollowLoad,
  order: Uint32Array,
  first: number,
): Generator<string> {
  const places = creationRanks(order, count);
  for (let place = 0; place < order.length; place += 1) {
    const edge = order[place] ?? 0;
    const [a, b] = [followers[edge] ?? 0, followed[edge] ?? 0];
    const hidden = (unlisted[a] ?? 0) + 2 * (unlisted[b] ?? 0);
    const seq = first + (places[edge] ?? 0) - 1;
    const time = times?.[edge] || Math.floor(createdAt);
    yield `${ids[a]}\t${ids[b]}\t${seq}\t${time}\t${hidden}\n`;
    if (place % 100_000 === 0) onProgress("Writing", place, order.length);
  }
}

interface Definition {
  readonly name: string;
  readonly definition: string;
}

/** Takes indexes and keys off the table, and returns what puts them back. */
export async function dropIndexes(own: OwnConnection): Promise<string[]> {
  const { rows: keys } = await own.send<Definition>({
    text: `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
      where conrelid = 'follows'::regclass and contype in ('p', 'f') order by contype desc`,
  });
  const { rows: indexes } = await own.send<Definition>({
    text: `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
      from pg_index where indrelid = 'follows'::regclass and not indisprimary`,
  });
  await own.send({ text: "set local maintenance_work_mem = '256MB'" });
  for (const { name } of keys) {
    await own.send({ text: `alter table follows drop constraint "${name}"` });
  }
  for (const { name } of indexes) await own.send({ text: `drop index ${name}` });
  return [
    ...keys.map(
      ({ name, definition }) => `alter table follows add constraint "${name}" ${definition}`,
    ),
    ...indexes.map(({ definition }) => definition),
  ];
}

/** What the triggers would have done, for the edges that were written. */
async function addCounts(own: OwnConnection, load: FollowLoad, order: Uint32Array): Promise<void> {
  await own.send({
    text: `create temp table added_counts (who bigint, more bigint, less bigint, moves bigint)
      on commit drop`,
  });
  await own.copy("added_counts", countsOf(load, order));
  await own.send({ text: "analyze added_counts" });
  await own.send({
    text: `insert into follow_counts as mine (user_id, shard, followers, following, changes, counted_at)
      select who, 0, more, less, moves, extract(epoch from clock_timestamp())::bigint
        from added_counts order by who
      on conflict (user_id, shard) do update set followers = mine.followers + excluded.followers,
        following = mine.following + excluded.following, changes = mine.changes + excluded.changes,
        counted_at = excluded.counted_at`,
  });
}

/** By how much each user's counters move; ends out of sight count for nothing. */
function* countsOf({ edges, unlisted }: FollowLoad, order: Uint32Array): Generator<string> {
  const { ids } = edges;
  const [more, less, moves] = [ids, ids, ids].map(({ length }) => new Uint32Array(length)) as [
    ...[Uint32Array, Uint32Array, Uint32Array],
  ];
  const add = (to: Uint32Array, user: number, by: number) => {
    to[user] = (to[user] ?? 0) + by;
  };
  for (let place = 0; place < order.length; place += 1) {
    const edge = order[place] ?? 0;
    const [a, b] = [edges.followers[edge] ?? 0, edges.followed[edge] ?? 0];
    add(more, b, unlisted[a] === 1 ? 0 : 1);
    add(less, a, unlisted[b] === 1 ? 0 : 1);
    add(moves, a, 1);
    add(moves, b, 1);
  }
  for (let user = 0; user < ids.length; user += 1) {
    if (moves[user] === 0) continue;
    yield copyRow(ids[user] ?? 0, more[user] ?? 0, less[user] ?? 0, moves[user] ?? 0);
  }
}
