import type { RequestListener } from "node:http";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import type { Seed } from "../dev/seed-types.ts";
import type { TokenRequest } from "../dev/world.ts";

/** What a server of the library is made from. */
export interface BackendOptions {
  config: Config;
  log: Logger;
  seed?: Seed | undefined;
  clock?: (() => number) | undefined;
  /** Where the clock stands still to begin with. */
  startAt?: number | undefined;
  randomSeed?: string | undefined;
}

/** What answers, behind a server. */
export interface Backend {
  readonly handler: RequestListener;
  tokenFor(username: string, request?: TokenRequest): Promise<string>;
  reset(): Promise<void>;
  close(): Promise<void>;
}
