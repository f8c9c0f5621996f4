import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { makeKey } from "../../scripts/postgres/key.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { migrations } from "../../src/generated/postgres-migrations.ts";
import { openData } from "../../src/server/data-directory.ts";
import { SchemaError } from "../../src/storage/errors.ts";
import { migrate } from "../../src/storage/postgres/migrate.ts";
import { openPostgres, type PostgresEngine } from "../../src/storage/postgres/open.ts";
import { folders } from "../cli/program.ts";
import { databases } from "../support/engine.ts";
import { client, type World, world } from "../support/server.ts";
import { type ByHand, onDatabase } from "./opened.ts";

const newDatabase = databases();
const { byHand, closing } = onDatabase();
const folder = folders();

/** A database of which this program has made nothing yet. */
async function emptyDatabase(): Promise<string> {
  const url = await newDatabase();
  const hand = await byHand(url);
  await hand.run("drop schema public cascade", "create schema public");
  return url;
}

describe("nodes that start at the same time on an empty database", () => {
  it("make one schema, one key and one root", async () => {
    const url = await emptyDatabase();
    const opened = await Promise.all(
      Array.from({ length: 6 }, () => {
        const data = folder();
        mkdirSync(data, { mode: 0o700 });
        const keyFile = makeKey(data);
        const config = { ...defaultConfig, data, keyFile, database: url, databaseConnections: 5 };
        return openData(config, { mayCreate: true });
      }),
    );
    for (const { store } of opened) closing(store.engine);
    const hand = await byHand(url);
    const applied = await hand.rows<{ name: string }>("select name from migrations order by place");
    expect(applied.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
    expect(await hand.rows("select username from users")).toEqual([{ username: "root" }]);
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await hand.rows("select count(*) as count from instance_facts")).toEqual([{ count: 1 }]);
  });
});

/**
 * What a version after this one may bring. It waits in the middle until it is let go on, before it
 * takes locks that others wait for.
 */
const GATE = 9;
const next = (...statements: string[]) => [
  ...migrations,
  { name: "9999_next", sql: statements.join("--> statement-breakpoint") },
];
const WIDER = next(
  "create table next_things (id bigint primary key)",
  `select pg_advisory_xact_lock(${GATE})`,
  "alter table users add column next_column text default 'next' not null",
  "alter table follows add column next_column bigint",
  "create index users_next on users (next_column)",
);

describe("a node of the version before", () => {
  let here: World;
  let url: string;
  beforeAll(async () => {
    here = await world({ config: { lookupLimit: 0 } });
    url = (here.store.engine as PostgresEngine).connection.connectionString ?? "";
  });
  afterAll(() => here.close());

  /** Reads and writes of every kind, as people whom the turn names. */
  async function answers(turn: string): Promise<void> {
    const admin = await here.user(`root-${turn}`, { admin: true });
    const token = await here.token(admin, "site_admin", "user", "api");
    const root = client(here, token);
    const login = `ada-${turn}`;
    const body = { login, email: `${login}@example.test` };
    await root.post("/api/v3/admin/users").send(body).expect(201);
    await root.put(`/api/v3/user/following/${login}`).expect(204);
    await root.patch("/api/v3/user").send({ name: turn }).expect(200);
    const list = await root.get(`/api/v3/users/${login}/followers`).expect(200);
    expect(list.body).toMatchObject([{ login: admin.username }]);
    const found = await root.get(`/api/v3/search/users?q=${login}`).expect(200);
    expect(found.body).toMatchObject({ total_count: 1 });
    const gitlab = client(here).get(`/api/v4/users/${admin.id}/following`);
    await gitlab.set("PRIVATE-TOKEN", token).expect(200);
    await root.put(`/api/v3/users/${login}/suspended`).expect(204);
    await root.delete(`/api/v3/admin/users/${login}`).expect(204);
  }

  /** The next version's node, of which no more is needed than that it migrates. */
  async function migrating(list: typeof migrations): Promise<void> {
    const engine = await openPostgres({ url, connections: 5 });
    try {
      await migrate(engine.lanes.slow, list);
    } finally {
      await engine.close();
    }
  }

  it("starts as before after a migration that failed, of which nothing is left", async () => {
    const broken = next("create table next_things (id bigint)", "select * from no_such_table");
    await expect(migrating(broken)).rejects.toThrow(/no_such_table/);
    closing(await openPostgres({ url, connections: 5 }));
    const hand = await byHand(url);
    expect(await hand.rows("select to_regclass('next_things') as it")).toEqual([{ it: null }]);
  });

  it("goes on while the next one migrates and afterwards, and is not started again", async () => {
    const hand: ByHand = await byHand(url);
    await answers("before");
    await hand.run(`select pg_advisory_lock(${GATE})`);
    const migrated = migrating(WIDER);
    expect(await hand.untilWaiting(migrated)).toBe("waits");
    await answers("meanwhile");
    await hand.run(`select pg_advisory_unlock(${GATE})`);
    await migrated;
    await answers("after");
    const again = openPostgres({ url, connections: 5 });
    await expect(again).rejects.toThrow(SchemaError);
    await expect(again).rejects.toThrow(/9999_next.*newer version/);
  });

  it("leaves another program's database alone", async () => {
    const other = await emptyDatabase();
    const hand = await byHand(other);
    await hand.run("create table users (id int)");
    await expect(openPostgres({ url: other })).rejects.toThrow(/another program's/);
    expect(await hand.rows("select to_regclass('migrations') as it")).toEqual([{ it: null }]);
  });
});
