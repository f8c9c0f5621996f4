import { existsSync, readdirSync } from "node:fs";
import { afterAll, beforeAll } from "@jest/globals";
import type { Config } from "../../src/config/config.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import type { Store } from "../../src/domain/store.ts";
import type { SqliteEngine } from "../../src/storage/sqlite/open.ts";
import { postgresServer } from "../support/engine.ts";
import { type World, world } from "../support/server.ts";
import { type Caller, callers } from "./callers.ts";
import { type Cast, cast, clock } from "./cast.ts";
import { type Operation, operationsOf } from "./requests.ts";
import type { Request, Table } from "./row.ts";
import { type Kept, keep } from "./rows.ts";

/** The documents that there are. */
export const described = readdirSync(new URL("../../src/generated/", import.meta.url)).flatMap(
  (name) => /^(.+)-document\.ts$/.exec(name)?.[1] ?? [],
);
/** Those whose tables stand beside this file. */
export const documents = described.filter((name) =>
  existsSync(new URL(`./${name}.ts`, import.meta.url)),
);

export interface Reviewed {
  readonly table: Table;
  readonly operations: readonly Operation[];
  /** The rows under their labels, `operation` or `operation: which target`. */
  readonly rows: readonly [label: string, row: Request][];
  readonly operationOf: (label: string) => Operation;
}

export async function reviewed(name: string): Promise<Reviewed> {
  const { table } = (await import(`./${name}.ts`)) as { table: Table };
  const operations = await operationsOf(name);
  const operationOf = (label: string) => {
    const found = operations.find(({ id }) => id === label.split(": ")[0]);
    if (found === undefined) throw new Error(`${name} has no operation ${label}.`);
    return found;
  };
  return { table, operations, rows: Object.entries(table.rows), operationOf };
}

export interface Scene {
  here: World;
  store: Cast;
  all: Caller[];
  /** How everything was before anything was asked. */
  kept: Kept;
}

/** No rate limit, and no rows that no test reads. */
const QUICK = { lookupLimit: 0, signInLimit: 0, accessLog: false };

/** Marks every token as used now, so that no request writes down that it used one. */
async function useAllTokens(store: Store): Promise<void> {
  const { query, tables } = store.engine;
  await store.engine.transaction(query.update(tables.tokens).set({ lastUsedAt: clock() }));
  invalidate.everything(store);
}

/** Fills a new world with everybody; what a test has to know of them. */
async function populate(here: World): Promise<Pick<Scene, "store" | "all">> {
  const store = await cast(here);
  const all = await callers(here, store);
  await useAllTokens(here.store);
  return { store, all };
}

type Built = Awaited<ReturnType<typeof populate>> & { readonly image: Buffer };

let built: Promise<Built> | undefined;

/** Made once in a process on SQLite: every scene begins with the same rows. */
async function build(): Promise<Built> {
  const here = await world({ clock, config: QUICK, isDescribed: false });
  const made = await populate(here);
  const image = (here.store.engine as SqliteEngine).image();
  await here.close();
  return { ...made, image };
}

async function populated(config: Partial<Config>): Promise<Omit<Scene, "kept">> {
  const options = { clock, config: { ...QUICK, ...config }, isDescribed: false };
  if (postgresServer !== undefined) {
    const here = await world(options);
    return { here, ...(await populate(here)) };
  }
  built ??= build();
  const { store, all, image } = await built;
  return { here: await world({ ...options, image }), store, all };
}

/** A world with everybody in it, for the tests of a describe block. */
export function scene(config: Partial<Config> = {}): Scene {
  const made = {} as Scene;
  beforeAll(async () => {
    Object.assign(made, await populated(config));
    made.kept = await keep(made.here.store);
  });
  afterAll(async () => {
    await made.kept.close();
    await made.here.close();
  });
  return made;
}
