import { execFileSync } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import { issue } from "../../src/domain/credentials/tokens.ts";
import { follow } from "../../src/domain/follows/follows.ts";
import { openStore } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import { createAccount } from "../../src/domain/users/accounts.ts";
import { byUsername, idOf } from "../../src/domain/users/users.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";

/** Whom everybody follows. */
export const CELEBRITY = "dev-1";
const FAN = "dev-2";
const READERS = 1000;
const WRITERS = 32;
/** So many of the readers everybody who writes follows, at any time. */
export const FOLLOWED = 100;

export interface Seeded {
  file: string;
  secret: string;
  /** Of a user who follows the celebrity. */
  token: string;
  /** The same user's id. */
  fan: number;
  /** Tokens of people who follow the first of the readers. */
  writers: string[];
  /** People with some followers. */
  readers: { id: number; username: string }[];
  /** The id of whom everybody follows. */
  celebrity: number;
  celebrityFollowers: number;
}

/** Makes a power-law graph through the program's own importer, the same one for the same sizes. */
export async function seed(data: string, users: number, follows: number): Promise<Seeded> {
  const edges = `${data}.csv`;
  await writeEdges(edges, users, follows);
  const main = new URL("../../src/main.js", import.meta.url).pathname;
  const command = ["import", "follows", edges, "--create-users", "dev-{id}", "--data", data];
  execFileSync(process.execPath, [main, ...command], { stdio: ["ignore", "ignore", "inherit"] });
  const secret = readFileSync(join(data, "followd.key"));
  const file = join(data, "followd.db");
  const store = openStore(openSqlite({ file }), signingKey(secret));
  try {
    const names = Array.from({ length: READERS }, (_, place) => `dev-${2 + place * 3}`);
    const readers = await Promise.all(
      names.map(async (username) => ({ username, id: await idOf(store, username) })),
    );
    const token = await tokenOf(store, FAN);
    const fan = await idOf(store, FAN);
    const first = readers.slice(0, FOLLOWED).map(({ id }) => id);
    const writers = await Promise.all(
      Array.from({ length: WRITERS }, (_, n) => writer(store, n, first)),
    );
    const { id: celebrity, followers: celebrityFollowers } = await byUsername(store, CELEBRITY);
    const found = { token, fan, writers, readers, celebrity, celebrityFollowers };
    return { file, secret: secret.toString("hex"), ...found };
  } finally {
    await store.engine.close();
  }
}

async function tokenOf(store: Store, username: string): Promise<string> {
  const { id } = await byUsername(store, username);
  const [text] = await issue(store, { userId: id, name: "bench", scopes: ["user", "api"] });
  return text;
}

async function writer(store: Store, number: number, ids: readonly number[]): Promise<string> {
  const { id, username } = await createAccount(store, { username: `writer-${number}` });
  await Promise.all(ids.map((followed) => follow(store, id, followed)));
  return tokenOf(store, username);
}

/** Everybody follows the celebrity; the rest of the edges are drawn by rank, low ranks often. */
async function writeEdges(file: string, users: number, follows: number): Promise<void> {
  const out = createWriteStream(file);
  const random = generator(20_261_121);
  const rank = () => Math.max(1, Math.floor(users ** random()));
  let batch: string[] = [];
  const write = (line: string) => {
    batch.push(line);
    if (batch.length < 10_000) return;
    out.write(`${batch.join("\n")}\n`);
    batch = [];
  };
  for (let id = 2; id <= users; id += 1) write(`${id},1`);
  for (let edge = users; edge <= follows; edge += 1) {
    const follower = 1 + Math.floor(random() * users);
    write(`${follower},${rank()}`);
  }
  out.end(`${batch.join("\n")}\n`);
  await finished(out);
}

/** Mulberry32: the same numbers between 0 and 1 every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
