import type { OwnConnection } from "./connection.ts";
import { type Cell, type Cells, type DatabaseSnapshot, type Shape, shapes } from "./shapes.ts";

/** Rows that are fetched at once. */
const ROWS_PER_PAGE = 10_000;

const COUNTERS = ["id", "followers", "following", "counted_at"];
const COUNTERS_SQL = `select users.id, coalesce(sum(followers), 0)::bigint as followers,
    coalesce(sum(following), 0)::bigint as following,
    coalesce(max(counted_at), 0) as counted_at
  from users left join follow_counts on user_id = users.id group by users.id order by users.id`;

/** What a connection reads, which has to be in one transaction that sees one moment. */
export function snapshotFrom(own: OwnConnection): DatabaseSnapshot {
  async function* read(sql: string, columns: readonly string[]): AsyncGenerator<Cells[]> {
    for await (const page of own.pages<Record<string, Cell>>(sql, ROWS_PER_PAGE)) {
      yield page.map((row) => columns.map((column) => row[column] ?? null));
    }
  }
  return {
    rows: ({ name, columns, selected, key }) =>
      read(`select ${selected.join()} from ${name} order by ${key.join()}`, columns),
    counters: () => read(COUNTERS_SQL, COUNTERS),
    async sequences() {
      const numbered = shapes().filter(({ isNumbered }) => isNumbered);
      const lastNumbers = new Map<string, number>();
      for (const { name } of numbered) {
        lastNumbers.set(name, await lastOf(own, await sequenceOf(own, name)));
      }
      return { lastPlace: await lastOf(own, "follow_places"), lastNumbers };
    },
  };
}

async function sequenceOf(own: OwnConnection, table: string): Promise<string> {
  const { rows } = await own.send<{ name: string }>({
    text: `select pg_get_serial_sequence('${table}', 'id') as name`,
  });
  return rows[0]?.name ?? "";
}

async function lastOf(own: OwnConnection, sequence: string): Promise<number> {
  const { rows } = await own.send<{ last: number }>({
    text: `select case when is_called then last_value else 0 end as last from ${sequence}`,
  });
  return rows[0]?.last ?? 0;
}

/** The first table with a row in it; undefined where nothing was ever written. */
export async function firstUsedTable(own: OwnConnection): Promise<string | undefined> {
  for (const { name } of shapes()) {
    const { rows } = await own.send({ text: `select 1 from ${name} limit 1` });
    if (rows.length > 0) return name;
  }
  return undefined;
}

/** How many other connections of followd the database has now. */
export async function otherNodes(own: OwnConnection): Promise<number> {
  const { rows } = await own.send<{ count: number }>({
    text: `select count(*) as count from pg_stat_activity where datname = current_database()
      and application_name = 'followd' and pid <> pg_backend_pid()`,
  });
  return rows[0]?.count ?? 0;
}

/** Sets numbers and places so that none that was given out before is given out again. */
export async function setSequences(
  own: OwnConnection,
  { lastPlace, lastNumbers }: Awaited<ReturnType<DatabaseSnapshot["sequences"]>>,
): Promise<void> {
  const set = (sequence: string, last: number) =>
    last === 0 ? undefined : own.send({ text: `select setval(${sequence}, ${last})` });
  await set("'follow_places'", lastPlace);
  for (const [name, last] of lastNumbers) {
    await set(`pg_get_serial_sequence('${name}', 'id')`, last);
  }
}

export const tableOf = ({ name, columns }: Shape): string => `${name} (${columns.join()})`;
