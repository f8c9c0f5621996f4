import type { Config } from "../config/config.ts";
import type { Seed } from "../dev/seed-types.ts";

/** Any setting of the command line, by the name that it has in code: `{ privateMode: true }`. */
export type Settings = Partial<Omit<Config, "data" | "keyFile">>;

export interface StartOptions {
  /**
   * Users, follows and tokens to begin with: a seed, or the path of a file with one. Without it
   * octocat, defunkt, john_smith and the others of the vendors' examples.
   */
  seed?: Seed | string;
  settings?: Settings;
  /** Milliseconds since 1970 at each call, or a time at which the clock stands. */
  clock?: (() => number) | Date | number;
  /** What tokens and ids of requests are drawn from: the same word gives the same ones. */
  randomSeed?: string;
  /**
   * A folder for the database, which is made and seeded if it is not there; without it everything
   * is in memory and gone with `stop`.
   */
  data?: string;
}
