import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import * as postgres from "../../../src/storage/postgres/schema.ts";
import { sqliteKit } from "../../../src/storage/sqlite/kit.ts";
import * as sqlite from "../../../src/storage/sqlite/schema.ts";
import { declareTables } from "../../../src/storage/tables/index.ts";

/** What an engine has for itself. */
const OWN = {
  sqlite: ["followSequence"],
  postgres: ["followCounts", "instanceFacts", "rateLimits", "versions"],
};
/** Counters of follows are columns in SQLite and rows in PostgreSQL. */
const COUNTERS = ["followers", "following", "counted_at"];

type Shape = Record<string, string[]>;

const shared = (all: object, own: readonly string[]) =>
  Object.entries(all).filter(([name]) => !own.includes(name));

const sqliteShape: Shape = Object.fromEntries(
  shared(sqlite, OWN.sqlite).map(([, table]) => {
    const { name, columns } = sqliteConfig(table as typeof sqlite.users);
    const own = name === "users" ? COUNTERS : [];
    return [name, columns.map((column) => column.name).filter((column) => !own.includes(column))];
  }),
);
const postgresShape: Shape = Object.fromEntries(
  shared(postgres, OWN.postgres).map(([, table]) => {
    const { name, columns } = postgresConfig(table as never);
    return [name, columns.map((column) => column.name)];
  }),
);

/** The tables as the last migration of an engine leaves them, as drizzle-kit notes it. */
function migrated(engine: string): Shape {
  const folder = join(import.meta.dirname, "../../../db", engine, "meta");
  const last = readdirSync(folder)
    .filter((name) => name.endsWith("_snapshot.json"))
    .sort()
    .at(-1);
  const { tables } = JSON.parse(readFileSync(join(folder, last ?? ""), "utf8")) as {
    tables: Record<string, { name: string; columns: Record<string, unknown> }>;
  };
  return Object.fromEntries(
    Object.values(tables).map(({ name, columns }) => [name, Object.keys(columns)]),
  );
}

describe("the schemas of the two engines", () => {
  it("have every table that the rules know", () => {
    const known = Object.keys(declareTables(sqliteKit)).sort();
    const of = (all: object, own: readonly string[]) =>
      shared(all, own)
        .map(([name]) => name)
        .sort();
    expect(of(sqlite, OWN.sqlite)).toEqual(known);
    expect(of(postgres, OWN.postgres)).toEqual(known);
  });

  it("have the same tables with the same columns", () => {
    expect(postgresShape).toEqual(sqliteShape);
  });

  it.each(["sqlite", "postgres"])("are what the migrations of db/%s make", (engine) => {
    const found = migrated(engine);
    for (const [table, columns] of Object.entries(
      engine === "sqlite" ? sqliteShape : postgresShape,
    )) {
      expect([table, found[table]]).toEqual([table, expect.arrayContaining(columns)]);
    }
  });
});
