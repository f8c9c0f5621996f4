import { describe, expect, it } from "@jest/globals";
import { is, SQL } from "drizzle-orm";
import {
  getTableConfig,
  type SQLiteColumn,
  SQLiteSyncDialect,
  type SQLiteTable,
} from "drizzle-orm/sqlite-core";
import type { Engine } from "../../src/storage/engine.ts";
import * as declared from "../../src/storage/sqlite/schema.ts";
import { opener, rows } from "./opened.ts";

const open = opener();
const tables: [string, SQLiteTable][] = Object.values(declared).map((table) => [
  getTableConfig(table).name,
  table,
]);

// What Drizzle can't say, and migrations therefore have by hand.

/** Rows of these have no number of their own. */
const WITHOUT_ROWID = [
  "blocks",
  "custom_attributes",
  "follows",
  "identities",
  "memberships",
  "recovery_codes",
  "sources",
];
const VIRTUAL = ["emails_search", "users_search"];
const TRIGGERS = [
  "emails_search_deleted",
  "emails_search_inserted",
  "emails_search_updated",
  "follows_deleted",
  "follows_hidden",
  "follows_inserted",
  "users_listed",
  "users_search_deleted",
  "users_search_inserted",
  "users_search_updated",
  "users_unlisted",
];

const dialect = new SQLiteSyncDialect();

/** An expression as a migration has it: names bare, quotes of one kind. */
const textOf = (expression: SQL): string =>
  dialect.sqlToQuery(expression.inlineParams()).sql.replace(/"\w+"\.(?=")/g, "");

function defaultOf({ default: value }: SQLiteColumn): string | null {
  if (value === undefined) return null;
  return typeof value === "string" ? `'${value}'` : String(value as number | boolean);
}

function columnsDeclared(table: SQLiteTable) {
  const { columns, primaryKeys } = getTableConfig(table);
  const keys = primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
  return columns.map((column) => ({
    name: column.name,
    type: column.getSQLType().toUpperCase(),
    notnull: column.notNull ? 1 : 0,
    dflt_value: defaultOf(column),
    pk: column.primary ? 1 : keys.indexOf(column.name) + 1,
  }));
}

interface Index {
  name: string;
  unique: number;
  columns: (string | null)[];
  sql: string;
}

function indexesDeclared(table: SQLiteTable): Index[] {
  const { name: on, indexes } = getTableConfig(table);
  return indexes.map(({ config: { name, unique, columns, where } }) => {
    const parts = columns.map((part) =>
      is(part, SQL) ? textOf(part) : `"${(part as SQLiteColumn).name}"`,
    );
    const condition = where === undefined ? "" : ` where ${textOf(where)}`;
    return {
      name,
      unique: unique ? 1 : 0,
      columns: columns.map((part) => (is(part, SQL) ? null : (part as SQLiteColumn).name)),
      sql: `create ${unique ? "unique " : ""}index "${name}" on "${on}" (${parts.join()})${condition}`,
    };
  });
}

const plain = (sql: string) => sql.toLowerCase().replaceAll("`", '"').replaceAll(", ", ",");

describe("the migrated schema", () => {
  const migrated = () => open.database({ file: ":memory:" });
  const listed = (engine: Engine, where: string) =>
    rows<string>(
      engine,
      `select name from pragma_table_list
        where schema = 'main' and name not like 'sqlite_%' and ${where} order by name`,
    );

  it("has the tables that the program knows, and no others", () => {
    const engine = migrated();
    const known = tables.map(([name]) => name);
    expect(listed(engine, "type = 'table'")).toEqual([...known, "migrations"].sort());
    expect(listed(engine, "type = 'virtual'")).toEqual(VIRTUAL);
  });

  it("holds every value to its column's type", () => {
    expect(listed(migrated(), "type = 'table' and strict = 0")).toEqual([]);
  });

  it("keeps pairs in the order of their keys alone", () => {
    expect(listed(migrated(), "type = 'table' and wr = 1")).toEqual(WITHOUT_ROWID);
  });

  it("has the triggers that count, which a rebuilt table would lose", () => {
    const found = rows(
      migrated(),
      "select name from sqlite_master where type = 'trigger' order by name",
    );
    expect(found).toEqual(TRIGGERS);
  });

  it.each(tables)("has the columns of %s as they are declared", (name, table) => {
    const found = rows(
      migrated(),
      `select name, type, "notnull", dflt_value, pk from pragma_table_xinfo(?) order by cid`,
      name,
    );
    const sorted = (columns: { name: string }[]) =>
      [...columns].sort((a, b) => a.name.localeCompare(b.name));
    expect(sorted(found as { name: string }[])).toEqual(sorted(columnsDeclared(table)));
  });

  it.each(tables)("has the indexes of %s as they are declared", (name, table) => {
    const engine = migrated();
    const found = rows<{ name: string; unique: number }>(
      engine,
      `select name, "unique" from pragma_index_list(?) where origin = 'c' order by name`,
      name,
    ).map((index) => ({
      ...index,
      columns: rows<string | null>(
        engine,
        "select name from pragma_index_info(?) order by seqno",
        index.name,
      ),
      sql: plain(
        rows<string>(engine, "select sql from sqlite_master where name = ?", index.name)[0] ?? "",
      ),
    }));
    const expected = indexesDeclared(table).sort((a, b) => a.name.localeCompare(b.name));
    expect(found).toEqual(expected.map((index) => ({ ...index, sql: plain(index.sql) })));
  });

  it.each(tables)("has the references of %s as they are declared", (name, table) => {
    const found = rows(
      migrated(),
      `select "from", "table", "to", on_delete from pragma_foreign_key_list(?) order by "from"`,
      name,
    );
    const expected = getTableConfig(table).foreignKeys.map((key) => {
      const { columns, foreignColumns, foreignTable } = key.reference();
      return {
        from: columns[0]?.name,
        table: getTableConfig(foreignTable).name,
        to: foreignColumns[0]?.name,
        on_delete: key.onDelete?.toUpperCase(),
      };
    });
    expect(found).toEqual(expected.sort((a, b) => String(a.from).localeCompare(String(b.from))));
  });

  it("keeps the ids of those who are gone", () => {
    const counted = rows(
      migrated(),
      "select name from sqlite_master where sql like '%autoincrement%' order by name",
    );
    const declared = tables.filter(([, table]) =>
      getTableConfig(table).columns.some(
        (column) => "autoIncrement" in column && column.autoIncrement,
      ),
    );
    expect(counted).toEqual(declared.map(([name]) => name).sort());
    expect(counted).toEqual(expect.arrayContaining(["emails", "ssh_keys", "tokens", "users"]));
  });
});
