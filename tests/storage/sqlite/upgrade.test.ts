import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { hashLegacyTokens } from "../../../src/domain/credentials/legacy-tokens.ts";
import { page } from "../../../src/domain/credentials/token-queries.ts";
import { signingKey } from "../../../src/domain/credentials/token-signing.ts";
import { listFollowIds } from "../../../src/domain/follows/follow-lists.ts";
import * as follows from "../../../src/domain/follows/follows.ts";
import { openStore } from "../../../src/domain/open-store.ts";
import { byUsername, getListOwner, idOf } from "../../../src/domain/users/users.ts";
import { migrations } from "../../../src/generated/migrations.ts";
import { type Migration, migrate } from "../../../src/storage/sqlite/migrate.ts";
import { files, opener, rows } from "../opened.ts";

const root = join(import.meta.dirname, "../../..");
const folder = join(root, "tests/fixtures");
const fixtures = readdirSync(folder).filter((name) => /^schema-\d+\.sql$/.test(name));

const file = files();
const open = opener();

/** The database as that release left it. */
function restored(fixture: string) {
  const name = file(`${fixture}.db`);
  const connection = open.connection(name);
  connection.exec(readFileSync(join(folder, fixture), "utf8"));
  const count = connection.pragma("user_version", { simple: true }) as number;
  const tables = connection
    .prepare("select name from pragma_table_list where type = 'table' and schema = 'main'")
    .pluck()
    .all() as string[];
  const content = tables
    .filter((table) => table !== "migrations" && !table.startsWith("sqlite_schema"))
    .map((table) => [table, connection.prepare(`select * from ${table}`).all()] as const);
  return { name, connection, released: migrations.slice(0, count), content };
}

function schemaOf(list: readonly Migration[]): unknown[] {
  const connection = open.connection(":memory:");
  migrate(connection, ":memory:", list);
  return connection.prepare(SCHEMA).all();
}
const SCHEMA = "select type, name, sql from sqlite_master order by type, name";

it("the first release has its fixture", () => {
  expect(fixtures).toContain("schema-0001.sql");
});

it("the journal of the migrations is in order and complete", () => {
  const journal = JSON.parse(readFileSync(join(root, "db/sqlite/meta/_journal.json"), "utf8"));
  const entries = journal.entries as { idx: number; when: number; tag: string }[];
  expect(entries.map(({ tag }) => tag)).toEqual(migrations.map(({ name }) => name));
  expect(entries.map(({ idx }) => idx)).toEqual(migrations.map((_, place) => place));
  const times = entries.map(({ when }) => when);
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
});

describe.each(fixtures)("the database of %s", (fixture) => {
  it("has the schema that its migrations still make: none was edited since", () => {
    const { connection, released } = restored(fixture);
    expect(connection.prepare(SCHEMA).all()).toEqual(schemaOf(released));
  });

  it("keeps every row, and every value of it, when it is opened today", () => {
    const { name, connection, content } = restored(fixture);
    open.database({ file: name });
    for (const [table, before] of content) {
      const after = connection.prepare(`select * from ${table}`).all();
      expect(after).toHaveLength(before.length);
      expect(after).toMatchObject(before);
    }
    expect(connection.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(connection.pragma("foreign_key_check")).toEqual([]);
  });

  it("has the schema of a new database when it is opened today", () => {
    const { name, connection } = restored(fixture);
    open.database({ file: name });
    expect(connection.prepare(SCHEMA).all()).toEqual(schemaOf(migrations));
  });

  it("shows the people, lists, counters and tokens that it was left with", async () => {
    const { name } = restored(fixture);
    const key = signingKey(Buffer.alloc(32, "followd"));
    const store = openStore(open.database({ file: name }), key);
    const mona = await byUsername(store, "MONA");
    expect(mona).toMatchObject({
      bio: "Zażółć 🐙\nline 2",
      hireable: true,
      followers: 3,
      following: 3,
    });
    const all = { offset: 0, limit: 100 };
    const owner = await getListOwner(store, mona.id);
    const idsOf = (...names: string[]) => Promise.all(names.map((each) => idOf(store, each)));
    expect(await listFollowIds(store, "followers-by-time", owner, all)).toEqual(
      await idsOf("octocat", "defunkt", "hubot"),
    );
    expect(await listFollowIds(store, "following", owner, all)).toEqual(
      await idsOf("root", "hubot", "octocat"),
    );
    // The last seq was 9, and the highest id 7.
    await follows.follow(store, mona.id, await idOf(store, "defunkt"));
    expect(rows(store.engine, "select max(seq) from follows")).toEqual([10]);
    const [hidden] = await idsOf("quiet");
    expect(await follows.isFollowing(store, hidden as number, mona.id)).toBe(false);

    const text = readFileSync(join(folder, fixture), "utf8");
    const signed = [...text.matchAll(/^-- token (\d+): (\w+)$/gm)].map(([, id, sum]) => [
      Number(id),
      sum,
    ]);
    const kept = await page(store, { revoked: false }, { offset: 0, limit: 100 });
    expect(kept.rows.every(({ tokenHash }) => tokenHash === null)).toBe(true);
    await hashLegacyTokens(store);
    const filled = await page(store, { revoked: false }, { offset: 0, limit: 100 });
    const today = filled.rows.map(({ id, tokenHash }) => [id, tokenHash]);
    expect(today).toEqual(signed);
  });
});
