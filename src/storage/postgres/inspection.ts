import { migrations } from "../../generated/postgres-migrations.ts";
import type { OwnConnection } from "./connection.ts";
import { shapes } from "./shapes.ts";

/** One thing to look at in a database; `find` says what is wrong, undefined when nothing is. */
interface Inspection {
  readonly name: string;
  readonly find: () => Promise<string | undefined>;
  /** Sets right what was found. */
  readonly fix?: () => Promise<void>;
  /** What to tell when all is well. */
  readonly tell?: () => Promise<string>;
}

const OLDEST_VERSION = 150_000;
const MAX_TRANSACTION_AGE = "5 minutes";
const MAX_CLOCK_OFFSET_MS = 1000;

/** Everything there is to look at, in the order in which the next trusts the last. */
export function inspections(own: OwnConnection, connections: number): Inspection[] {
  const one = async <Row>(text: string): Promise<Row> => {
    const { rows } = await own.send<Row>({ text });
    return rows[0] as Row;
  };
  const setting = async (name: string): Promise<string> =>
    (await one<{ it: string }>(`select current_setting('${name}') as it`)).it;
  return [
    {
      name: "server",
      async find() {
        if (Number(await setting("server_version_num")) < OLDEST_VERSION) {
          return `it is PostgreSQL ${await setting("server_version")}; 15 or newer is needed`;
        }
        const encoding = await setting("server_encoding");
        return encoding === "UTF8" ? undefined : `the database's encoding is ${encoding}, not UTF8`;
      },
      tell: async () => `PostgreSQL ${await setting("server_version")}`,
    },
    { name: "schema", find: () => schema(one) },
    {
      name: "durability",
      async find() {
        const off = [];
        for (const name of ["fsync", "full_page_writes", "synchronous_commit"]) {
          if ((await setting(name)) === "off") off.push(name);
        }
        if (off.length === 0) return undefined;
        return `${off.join(", ")} off: a crash loses writes that were acknowledged`;
      },
      tell: async () =>
        (await setting("synchronous_standby_names")) === ""
          ? "without a synchronous standby, a primary that is lost takes its last commits with it"
          : "with a synchronous standby",
    },
    {
      name: "old transactions",
      async find() {
        const { count } = await one<{ count: number }>(`select count(*) as count
          from pg_stat_activity where datname = current_database()
          and xact_start < now() - interval '${MAX_TRANSACTION_AGE}'`);
        if (count === 0) return undefined;
        return `${count} older than ${MAX_TRANSACTION_AGE}; they keep dead rows that every request reads`;
      },
    },
    {
      name: "clock",
      async find() {
        const before = Date.now();
        const { at } = await one<{ at: number }>(
          "select (extract(epoch from clock_timestamp()) * 1000)::bigint as at",
        );
        const off = Math.abs(at - (before + Date.now()) / 2);
        if (off <= MAX_CLOCK_OFFSET_MS) return undefined;
        return `this machine's is ${Math.round(off)} ms off the database's; times come from nodes`;
      },
    },
    {
      name: "connections",
      async find() {
        const most = Number(await setting("max_connections"));
        if (connections < most) return undefined;
        return `one node takes ${connections}, and the server has ${most}`;
      },
      tell: async () => `${connections} for each node, of ${await setting("max_connections")}`,
    },
    { name: "collation", find: () => collation(one) },
    { name: "triggers and keys", find: () => rulesOf(one) },
    {
      name: "counters",
      find: () => counters(one),
      fix: () => recount(own),
    },
    {
      name: "numbers",
      find: () => numbers(one),
      fix: () => renumber(own),
    },
  ];
}

type One = <Row>(text: string) => Promise<Row>;

async function schema(one: One): Promise<string | undefined> {
  const { it } = await one<{ it: string | null }>("select to_regclass('migrations')::text as it");
  if (it === null) return "there is none; the first start of a server makes it";
  const { count } = await one<{ count: number }>("select count(*) as count from migrations");
  if (count === migrations.length) return undefined;
  return count > migrations.length
    ? "it was made by a newer version of followd; use that one"
    : `${migrations.length - count} migrations behind; the next start brings it up to date`;
}

/** Indexes of searches are in the order of an ICU, which a new system may have another one of. */
async function collation(one: One): Promise<string | undefined> {
  const { was, is } = await one<{ was: string | null; is: string | null }>(`select
    collversion as was, pg_collation_actual_version(oid) as is
    from pg_collation where collname = 'und-x-icu' limit 1`);
  if (was === is) return undefined;
  return `ICU went from ${was} to ${is}; run: reindex index users_search; reindex index emails_search; alter collation "und-x-icu" refresh version`;
}

/** What a load leaves when it is cut off is undone by PostgreSQL; only hands leave these. */
async function rulesOf(one: One): Promise<string | undefined> {
  const { names } = await one<{
    names: string | null;
  }>(`select string_agg(name, ', ') as names from (
    select tgname as name from pg_trigger join pg_class on pg_class.oid = tgrelid
      where tgenabled = 'D' and relnamespace = 'public'::regnamespace
    union all select conname from pg_constraint
      where not convalidated and connamespace = 'public'::regnamespace) as broken`);
  return names === null ? undefined : `switched off or not checked: ${names}`;
}

const COUNTED = `select who, sum(more) as more, sum(less) as less from (
    select followed_id as who, (hidden & 1 = 0)::int as more, 0 as less from follows
    union all select follower_id, 0, (hidden & 2 = 0)::int from follows) as ends group by who`;
const STORED = `select user_id as who, sum(followers) as more, sum(following) as less
    from follow_counts group by user_id`;
const WRONG_MARKS = `from follows join users as a on a.id = follower_id
    join users as b on b.id = followed_id
    where hidden <> follow_mark(a.state, a.type, b.state, b.type)`;

async function counters(one: One): Promise<string | undefined> {
  const marks = await one<{ count: number }>(`select count(*) as count ${WRONG_MARKS}`);
  const counts = await one<{ count: number }>(`select count(*) as count
    from (${COUNTED}) as due full join (${STORED}) as stored using (who)
    where coalesce(due.more, 0) <> coalesce(stored.more, 0)
      or coalesce(due.less, 0) <> coalesce(stored.less, 0)`);
  const found = [
    ...(counts.count === 0 ? [] : [`counters of users: ${counts.count} wrong`]),
    ...(marks.count === 0 ? [] : [`marks of hidden follows: ${marks.count} wrong`]),
  ];
  return found.length === 0 ? undefined : found.join("; ");
}

/** Counts anew while follows wait; reading goes on. */
async function recount(own: OwnConnection): Promise<void> {
  const steps = [
    "lock table follows, follow_counts in share row exclusive mode",
    "alter table follows disable trigger user",
    `update follows set hidden = due.mark from (select follower_id as a1, followed_id as b1,
      follow_mark(a.state, a.type, b.state, b.type) as mark ${WRONG_MARKS}) as due
      where follower_id = a1 and followed_id = b1`,
    "alter table follows enable trigger user",
    "delete from follow_counts where shard <> 0",
    `insert into follow_counts as mine (user_id, shard, followers, following, changes, counted_at)
      select users.id, 0, coalesce(more, 0), coalesce(less, 0), 1, extract(epoch from now())::bigint
      from users left join (${COUNTED}) as due on who = users.id
      on conflict (user_id, shard) do update set followers = excluded.followers,
        following = excluded.following, changes = mine.changes + 1000000,
        counted_at = excluded.counted_at`,
    "update versions set value = value + 1",
  ];
  await own.send({ text: "begin" });
  let end = "rollback";
  try {
    for (const text of steps) await own.send({ text });
    end = "commit";
  } finally {
    await own.send({ text: end });
  }
}

const numbered = () => shapes().filter(({ isNumbered }) => isNumbered);
const sequenceOf = (name: string) => `pg_get_serial_sequence('${name}', 'id')`;

/** Sequences that are behind what was given out, as after rows that were copied in by hand. */
async function numbers(one: One): Promise<string | undefined> {
  const behind: string[] = [];
  const isBehind = async (sequence: string, highest: string) => {
    const { last } = await one<{ last: number | null }>(
      `select pg_sequence_last_value(${sequence}::regclass) as last`,
    );
    const { most } = await one<{ most: number | null }>(highest);
    return (most ?? 0) > (last ?? 0);
  };
  for (const { name } of numbered()) {
    if (await isBehind(sequenceOf(name), `select max(id) as most from ${name}`)) behind.push(name);
  }
  if (await isBehind("'follow_places'", "select max(seq) as most from follows")) {
    behind.push("follows");
  }
  return behind.length === 0 ? undefined : `behind what was given out in ${behind.join(", ")}`;
}

async function renumber(own: OwnConnection): Promise<void> {
  for (const { name } of numbered()) {
    await own.send({
      text: `select setval(${sequenceOf(name)}, most) from (select max(id) as most from ${name}) as it
        where most > coalesce(pg_sequence_last_value(${sequenceOf(name)}::regclass), 0)`,
    });
  }
  await own.send({
    text: `select setval('follow_places', most) from (select max(seq) as most from follows) as it
      where most > coalesce(pg_sequence_last_value('follow_places'::regclass), 0)`,
  });
}
