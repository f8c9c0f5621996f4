import { createRequire } from "node:module";
import { afterAll } from "@jest/globals";
import type Pg from "pg";
import type { Engine } from "../../src/storage/engine.ts";
import { openPostgres } from "../../src/storage/postgres/open.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";

const require = createRequire(import.meta.url);

/** The address of a PostgreSQL server to test on; without it, tests run on SQLite. */
export const postgresServer = process.env.FOLLOWD_TEST_DATABASE;

/** A migrated database that others are copied from, which takes a tenth of migrating anew. */
const TEMPLATE = "followd_template";

const MEMORY = ":memory:";

let made = 0;

const urlOf = (name: string): string => {
  const url = new URL(postgresServer ?? "");
  url.pathname = `/${name}`;
  return url.href;
};

async function onServer<T>(work: (client: Pg.Client) => Promise<T>): Promise<T> {
  const { Client } = require("pg") as typeof Pg;
  const client = new Client({ connectionString: urlOf("postgres") });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the template once for all workers that test at the same time. */
async function template(client: Pg.Client): Promise<void> {
  await client.query("select pg_advisory_lock(1)");
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [TEMPLATE]);
    if (found.rows.length > 0) return;
    const draft = `${TEMPLATE}_draft`;
    await client.query(`drop database if exists ${draft}`);
    await client.query(`create database ${draft} template template0 encoding 'UTF8'`);
    await (await openPostgres({ url: urlOf(draft) })).close();
    await client.query(`alter database ${draft} rename to ${TEMPLATE}`);
  } finally {
    await client.query("select pg_advisory_unlock(1)");
  }
}

/** The address of a new, migrated database of its own. */
export async function newDatabase(): Promise<string> {
  made += 1;
  const name = `t${process.pid}_${made}_${Date.now().toString(36)}`;
  await onServer(async (client) => {
    await template(client);
    await client.query(`create database ${name} template ${TEMPLATE}`);
  });
  return urlOf(name);
}

/** Makes such databases, all removed when the tests of a file are done. */
export function databases(): () => Promise<string> {
  const created: string[] = [];
  afterAll(async () => {
    for (const url of created) await dropDatabase(url);
  });
  return async () => {
    const url = await newDatabase();
    created.push(url);
    return url;
  };
}

export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
}

/** So many servers share the database of a test, each request going to another of them. */
export const nodeCount = Number(process.env.FOLLOWD_TEST_NODES ?? 1);

let image: Buffer | undefined;

/** A migrated database in memory that others are copied from, a tenth of the work of migrating. */
export function migratedImage(): Buffer {
  if (image === undefined) {
    const engine = openSqlite({ file: MEMORY });
    image = engine.image();
    void engine.close();
  }
  return image;
}

export interface TestEngine {
  engine: Engine;
  /** Engines of further servers on the same database. */
  others: Engine[];
  close(): Promise<void>;
}

/** A database of the engine that the tests run on: empty, or on SQLite what an image has. */
export async function openTestEngine(options: {
  file?: string | undefined;
  busyTimeout?: number | undefined;
  image?: Buffer | undefined;
}): Promise<TestEngine> {
  if (postgresServer === undefined || options.file !== undefined) {
    const { file = MEMORY, busyTimeout, image: given } = options;
    const copied = file === MEMORY ? (given ?? migratedImage()) : undefined;
    const engine = openSqlite({ file, busyTimeout, image: copied });
    return { engine, others: [], close: () => engine.close() };
  }
  const url = await newDatabase();
  const all: Engine[] = [];
  while (all.length < nodeCount) all.push(await openPostgres({ url, connections: 8 }));
  const [engine, ...others] = all;
  return {
    ...{ engine: engine as Engine, others },
    async close() {
      await Promise.all(all.map((each) => each.close()));
      await dropDatabase(url);
    },
  };
}
