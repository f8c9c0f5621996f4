import { createSecretKey } from "node:crypto";
import { mkdirSync } from "node:fs";
import { defaultConfig } from "../../../src/config/config.ts";
import { issue } from "../../../src/domain/credentials/tokens.ts";
import { follow, unfollow } from "../../../src/domain/follows/follows.ts";
import { openStore } from "../../../src/domain/open-store.ts";
import { byUsername } from "../../../src/domain/users/users.ts";
import { importFollows } from "../../../src/import/load-follows.ts";
import { openData } from "../../../src/server/data-directory.ts";
import type { StatementConfig } from "../../../src/storage/postgres/lanes.ts";
import { openPostgres } from "../../../src/storage/postgres/open.ts";
import { makeKey } from "../../postgres/key.ts";
import { drawGraph } from "../graph/graph.ts";

export interface Filled {
  readonly folder: string;
  /** Absent for SQLite. */
  readonly database?: string | undefined;
  /** Of dev-2, dev-3 and so on. */
  readonly tokens: readonly string[];
  readonly followersOfFirst: number;
  readonly importSeconds: number;
}

/** Imports a graph into an empty database, and makes tokens. */
export async function fill(
  folder: string,
  size: { users: number; follows: number },
  callers: number,
  database?: string,
): Promise<Filled> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  makeKey(folder);
  const config = { ...defaultConfig, data: folder, database };
  const { store } = await openData(config, { mayCreate: true });
  try {
    const staged = drawGraph({ ...size, seed: 1 }, () => undefined);
    const begun = performance.now();
    await importFollows(store, staged, { createUsers: "dev-{id}" });
    const importSeconds = (performance.now() - begun) / 1000;
    console.error(`${size.follows} follows imported in ${importSeconds.toFixed(1)} s`);
    const tokens: string[] = [];
    for (let caller = 0; caller < callers; caller += 1) {
      const { id: userId } = await byUsername(store, `dev-${caller + 2}`);
      const scopes = ["user", "read_api"];
      tokens.push((await issue(store, { userId, name: "rows", scopes }))[0]);
    }
    const { followers } = await byUsername(store, "dev-1");
    return { folder, database, tokens, followersOfFirst: followers, importSeconds };
  } finally {
    await store.engine.close();
  }
}

export interface SentStatement {
  readonly text: string;
  readonly name: string;
  /** Its values for an edge between two ids. */
  readonly bind: (follower: number, followed: number) => number[];
}

const [FOLLOWER, FOLLOWED] = [-1, -2];

/** The very statements of a follow and of its end, as the program sends them. */
export async function followStatements(url: string): Promise<SentStatement[]> {
  const engine = await openPostgres({ url });
  const sent: SentStatement[] = [];
  const { writing } = engine.lanes;
  const use = writing.use.bind(writing);
  writing.use = (work) =>
    use((send) =>
      work((config, values = []) => {
        sent.push(statementOf(config, values as number[]));
        return send(config, values);
      }),
    );
  try {
    const store = openStore(engine, createSecretKey(Buffer.alloc(32)));
    await follow(store, FOLLOWER, FOLLOWED);
    await unfollow(store, FOLLOWER, FOLLOWED);
    return sent;
  } finally {
    await engine.close();
  }
}

const statementOf = (
  { text, name = "" }: StatementConfig,
  values: readonly number[],
): SentStatement => ({
  ...{ text, name },
  bind: (follower, followed) =>
    values.map((value) => (value === FOLLOWER ? follower : value === FOLLOWED ? followed : value)),
});
