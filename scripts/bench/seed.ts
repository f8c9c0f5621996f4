import { execFile } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { MAIN } from "./start-server.ts";

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

export interface SeedOptions {
  /** The folder of data to make. */
  data: string;
  users: number;
  follows: number;
  writers?: number;
  /** The program that makes the data, which may be one of another age. */
  main?: string | undefined;
}

const run = promisify(execFile);

/**
 * Makes a power-law graph through the program's own command line, the same one for the same sizes.
 * No code of a program is imported, so that one of another age makes its data itself.
 */
export async function seed(wanted: SeedOptions): Promise<Seeded> {
  const { data, users, follows, writers = WRITERS, main = MAIN } = wanted;
  const edges = `${data}.csv`;
  await writeEdges(edges, { users, follows, writers });
  const followd = async (...words: string[]) =>
    (await run(process.execPath, [main, ...words, "--data", data])).stdout.trim();
  await followd("import", "follows", edges, "--create-users", "dev-{id}");
  const tokenOf = (username: string) => followd("token", "create", username, "--scope", "user,api");
  const secret = readFileSync(join(data, "followd.key"), "hex");
  const file = join(data, "followd.db");
  const token = await tokenOf(FAN);
  const tokens: string[] = [];
  for (let writer = 1; writer <= writers; writer += 1) {
    tokens.push(await tokenOf(`dev-${users + writer}`));
  }
  return { file, secret, token, writers: tokens, ...found(file) };
}

/** What the program has made of the graph, read without its code. */
function found(file: string) {
  const database = new Database(file, { readonly: true });
  const byUsername = database.prepare("select id, followers from users where username = ?");
  const row = (username: string) => byUsername.get(username) as { id: number; followers: number };
  try {
    const names = Array.from({ length: READERS }, (_, place) => readerAt(place));
    const readers = names.map((username) => ({ username, id: row(username).id }));
    const { id: celebrity, followers: celebrityFollowers } = row(CELEBRITY);
    return { fan: row(FAN).id, readers, celebrity, celebrityFollowers };
  } finally {
    database.close();
  }
}

const idOfReader = (place: number) => 2 + place * 3;
const readerAt = (place: number) => `dev-${idOfReader(place)}`;

interface Graph {
  users: number;
  follows: number;
  writers: number;
}

/**
 * Everybody follows the celebrity; the rest of the edges are drawn by rank, low ranks often. Writers
 * come after all others, and follow the first of the readers.
 */
async function writeEdges(file: string, { users, follows, writers }: Graph): Promise<void> {
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
  for (let writer = 1; writer <= writers; writer += 1) {
    for (let place = 0; place < FOLLOWED; place += 1) {
      write(`${users + writer},${idOfReader(place)}`);
    }
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
