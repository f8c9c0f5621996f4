import { invalidate } from "../../src/domain/invalidation.ts";
import type { Store } from "../../src/domain/store.ts";
import { ownConnection } from "../../src/storage/postgres/connection.ts";
import type { PostgresEngine } from "../../src/storage/postgres/open.ts";
import type { Kept, Row, Rows } from "./rows.ts";

/** What is not of users: how far nodes have to forget, counts of limits, and what a start writes. */
const LEFT = ["migrations", "versions", "rate_limits", "instance_facts"];

/** Copies of the tables beside them, and the names of those that changed since. */
const SETUP = [
  "create schema kept",
  "create table kept.changed_tables (name text primary key)",
  `create function kept.note_change() returns trigger language plpgsql as $$
    begin
      insert into kept.changed_tables values (tg_table_name) on conflict do nothing;
      return null;
    end $$`,
];

/** What `keep` promises, by a connection of its own beside the nodes. */
export async function keepInPostgres(store: Store): Promise<Kept> {
  const own = await ownConnection((store.engine as PostgresEngine).connection);
  const ask = async <T>(text: string) => (await own.send({ text })).rows as T[];
  const names = (
    await ask<{ name: string }>(
      `select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    )
  ).flatMap(({ name }) => (LEFT.includes(name) ? [] : [name]));
  const read = async (): Promise<Rows> => {
    const all = new Map<string, Row[]>();
    for (const name of names) {
      // Pictures, which no user has, are left out as on SQLite; what counts follows is spread by chance.
      if (name === "avatars" || name === "follow_counts") continue;
      const rows = await ask<{ row: Row }>(
        `select to_jsonb(it) as row from public.${name} as it order by 1`,
      );
      all.set(
        name,
        rows.map(({ row }) => row),
      );
    }
    return all;
  };
  for (const text of SETUP) await ask(text);
  for (const name of names) {
    await ask(`create table kept.${name} as table public.${name}`);
    await ask(`create trigger note_change after insert or update or delete on public.${name}
      for each statement execute function kept.note_change()`);
  }
  const sequences = await ask<{ name: string; sequence: string }>(
    `select table_name as name, pg_get_serial_sequence(table_name, 'id') as sequence
      from information_schema.columns where table_schema = 'public' and is_identity = 'YES'`,
  );
  const restore = async (): Promise<void> => {
    const changed = await ask<{ name: string }>("select name from kept.changed_tables");
    if (changed.length === 0) return;
    const rewound = [...sequences, { name: "follows", sequence: "follow_places" }].filter((each) =>
      changed.some(({ name }) => name === each.name),
    );
    const statements = [
      "begin",
      // No trigger of the schema counts, refuses or cascades: the tables come back as they were.
      "set local session_replication_role = replica",
      ...changed.map(({ name }) => `delete from public.${name}`),
      ...changed.map(({ name }) => `insert into public.${name} select * from kept.${name}`),
      ...rewound.map(({ name, sequence }) => {
        const column = name === "follows" ? "seq" : "id";
        return `select setval('${sequence}', coalesce(max(${column}), 0) + 1, false) from ${name}`;
      }),
      "update versions set value = value + 1",
      "delete from kept.changed_tables",
      "commit",
    ];
    await ask(statements.join(";"));
    invalidate.everything(store);
  };
  return { saved: await read(), rows: read, restore, close: () => own.close() };
}
