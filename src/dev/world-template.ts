import { hash, type KeyObject } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import { signingKey } from "../domain/credentials/token-signing.ts";
import { openStore } from "../domain/open-store.ts";
import { openMemory } from "../storage/sqlite/memory.ts";
import { applySeed } from "./apply-seed.ts";
import { DEFAULT_SEED } from "./default-seed.ts";
import type { CreatedToken } from "./seed-tokens.ts";
import type { Seed } from "./seed-types.ts";
import { SeededRandom } from "./seeded-random.ts";

/** When those of the seed were made, so that their tokens are the same at every start. */
const SEEDED_AT = Date.UTC(2024, 0, 1);

interface OriginOptions {
  config: Config;
  log: Logger;
  seed?: Seed | undefined;
  /** What all that looks random is made from: keys, tokens, request ids. */
  randomSeed?: string | undefined;
  /** Milliseconds since 1970. */
  clock?: (() => number) | undefined;
  /** Where the clock stands still to begin with; without it, it runs. */
  startAt?: number | undefined;
}

/** What all worlds of a server begin with. */
export interface Origin extends OriginOptions {
  readonly randomSeed: string;
  readonly key: KeyObject;
  /** The database with the seed in it. */
  readonly image: Buffer;
  readonly tokens: readonly CreatedToken[];
}

interface Planted {
  image: Buffer;
  tokens: readonly CreatedToken[];
}

/** The usual seed is planted once for all servers of a process that draw from the same word. */
const usual = new Map<string, Promise<Planted>>();

/** Makes what worlds begin with. Throws SeedError. */
export async function openOrigin(options: OriginOptions): Promise<Origin> {
  const { seed, randomSeed = "followd" } = options;
  const key = signingKey(hash("sha256", `key ${randomSeed}`, "buffer"));
  const known = seed === undefined ? usual.get(randomSeed) : undefined;
  const planting = known ?? planted(seed ?? DEFAULT_SEED, randomSeed, key);
  if (seed === undefined) usual.set(randomSeed, planting);
  return { ...options, randomSeed, key, ...(await planting) };
}

async function planted(seed: Seed, randomSeed: string, key: KeyObject): Promise<Planted> {
  const engine = openMemory();
  try {
    const random = new SeededRandom(`seed ${randomSeed}`);
    const store = openStore(engine, key, { clock: () => SEEDED_AT, random });
    const tokens = await applySeed(store, seed);
    return { image: engine.image(), tokens };
  } finally {
    await engine.close();
  }
}
