import SqliteConnection from "better-sqlite3";
import { openSqlite } from "./open.ts";

type Cells = readonly (string | number | Buffer | null)[];

interface Shape {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** What sequences gave out last. */
interface SequenceValues {
  readonly lastPlace: number;
  readonly lastNumbers: ReadonlyMap<string, number>;
}

/** Rows that are read or written at once. */
const PAGE_ROWS = 10_000;
/** These keep what searches go by, which no other engine has; all others would count once more. */
const SEARCH_TRIGGER = /_search_/;

/** A file's rows as another engine takes them. Close it afterwards. */
export function openFileSnapshot(file: string) {
  const connection = new SqliteConnection(file, { readonly: true, fileMustExist: true });
  async function* read(sql: string): AsyncGenerator<Cells[]> {
    let page: Cells[] = [];
    for (const row of connection.prepare(sql).raw().iterate()) {
      page.push(row as Cells);
      if (page.length < PAGE_ROWS) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }
  return {
    rows: ({ name, columns, key }: Shape) =>
      read(`select ${columns.join()} from ${name} order by ${key.join()}`),
    counters: () => read("select id, followers, following, counted_at from users order by id"),
    async sequences(): Promise<SequenceValues> {
      const lastPlace = connection.prepare("select value from follow_sequence").pluck().get();
      const numbers = connection.prepare("select name, seq from sqlite_sequence").raw().all();
      return {
        lastPlace: lastPlace as number,
        lastNumbers: new Map(numbers as [string, number][]),
      };
    },
    close: () => void connection.close(),
  };
}

type Source = Omit<ReturnType<typeof openFileSnapshot>, "close" | "rows"> & {
  rows(shape: Shape): AsyncIterable<readonly Cells[]>;
};

/**
 * Writes everything of another engine into a new file, with what searches go by. The file is to be
 * thrown away when it rejects.
 */
export async function writeFileFrom(
  file: string,
  shapes: readonly Shape[],
  source: Pick<Source, "rows" | "sequences"> & { counters(): AsyncIterable<readonly Cells[]> },
  onProgress: (table: string, rows: number) => void,
): Promise<void> {
  await openSqlite({ file }).close();
  const connection = new SqliteConnection(file);
  try {
    connection.pragma("foreign_keys = OFF");
    connection.pragma("synchronous = OFF");
    const triggers = connection
      .prepare("select name, sql from sqlite_master where type = 'trigger'")
      .all() as { name: string; sql: string }[];
    const counting = triggers.filter(({ name }) => !SEARCH_TRIGGER.test(name));
    connection.exec("begin");
    for (const { name } of counting) connection.exec(`drop trigger ${name}`);
    for (const shape of shapes) await fill(connection, shape, source.rows(shape), onProgress);
    const count = connection.prepare(
      "update users set followers = ?, following = ?, counted_at = ? where id = ?",
    );
    for await (const page of source.counters()) {
      for (const [id, ...counters] of page) count.run(...counters, id);
    }
    setSequences(connection, await source.sequences());
    for (const { sql } of counting) connection.exec(sql);
    connection.exec("commit");
    connection.exec("analyze");
    connection.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    connection.close();
  }
}

async function fill(
  connection: SqliteConnection.Database,
  { name, columns }: Shape,
  pages: AsyncIterable<readonly Cells[]>,
  onProgress: (table: string, rows: number) => void,
): Promise<void> {
  const marks = columns.map(() => "?").join();
  const insertion = connection.prepare(`insert into ${name} (${columns.join()}) values (${marks})`);
  let rows = 0;
  for await (const page of pages) {
    for (const cells of page) insertion.run(...cells);
    rows += page.length;
    onProgress(name, rows);
  }
}

function setSequences(
  connection: SqliteConnection.Database,
  { lastPlace, lastNumbers }: SequenceValues,
): void {
  connection.prepare("update follow_sequence set value = ?").run(lastPlace);
  const clear = connection.prepare("delete from sqlite_sequence where name = ?");
  const set = connection.prepare("insert into sqlite_sequence (name, seq) values (?, ?)");
  for (const [name, last] of lastNumbers) {
    clear.run(name);
    set.run(name, last);
  }
}
