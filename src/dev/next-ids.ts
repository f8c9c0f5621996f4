import type { SqliteEngine } from "../storage/sqlite/open.ts";

/** What is numbered, and the table with the numbers. */
const TABLES = {
  users: "users",
  tokens: "tokens",
  emails: "emails",
  keys: "ssh_keys",
  gpg_keys: "gpg_keys",
  events: "events",
  runners: "runners",
} as const;

type Numbered = keyof typeof TABLES;
type Ids = Record<Numbered, number>;

/** The number that the next one of each kind will get. */
export function nextIds(engine: SqliteEngine): Ids {
  const all = engine.raw((connection) => [
    ...connection.prepare("select name, seq from sqlite_sequence").iterate(),
  ]) as { name: string; seq: number }[];
  const next = Object.entries(TABLES).map(([kind, table]) => [
    kind,
    (all.find(({ name }) => name === table)?.seq ?? 0) + 1,
  ]);
  return Object.fromEntries(next) as Ids;
}

/** Says which number the next one gets. Numbers only grow: returns the first that does not. */
export function setNextIds(engine: SqliteEngine, ids: Partial<Ids>): Numbered | undefined {
  const now = nextIds(engine);
  const kinds = Object.keys(ids) as Numbered[];
  const back = kinds.find((kind) => (ids[kind] ?? 0) < now[kind]);
  if (back !== undefined) return back;
  engine.raw((connection) => {
    for (const kind of kinds) {
      const [table, seq] = [TABLES[kind], (ids[kind] ?? 1) - 1];
      const { changes } = connection
        .prepare("update sqlite_sequence set seq = ? where name = ?")
        .run(seq, table);
      if (changes > 0) continue;
      connection.prepare("insert into sqlite_sequence (name, seq) values (?, ?)").run(table, seq);
    }
  });
  return undefined;
}
