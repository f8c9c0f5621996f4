import type { Server } from "node:http";
import type { Config } from "../config/config.ts";
import type { Seed, SeedToken, SeedUser } from "../dev/seed-types.ts";
import type { Backend } from "./backend.ts";

export type { Seed, SeedToken, SeedUser };

type Drain = typeof import("../server/http-server.ts").drain;

/** Any setting of the command line, by the name that it has in code: `{ privateMode: true }`. */
export type Settings = Partial<Omit<Config, "data" | "keyFile">>;

export interface StartOptions {
  /** Who is there to begin with; octocat, defunkt, john_smith and others where nothing is said. */
  seed?: Seed;
  settings?: Settings;
  /** Milliseconds since 1970; without it, the machine's own. */
  clock?: () => number;
  /** What tokens and ids of requests are drawn from: the same word gives the same ones. */
  randomSeed?: string;
  /**
   * A folder for the database, which is made and seeded if it is not there; without it everything
   * is in memory and gone with `stop`.
   */
  data?: string;
}

export interface Followd {
  /** Without a slash at its end. GitHub's dialect is below `/api/v3`, GitLab's below `/api/v4`. */
  readonly url: string;
  /**
   * A token of a user, who is made if missing; without scopes or permissions it opens all that its
   * holder may do. Both outlive `reset`. Rejects for what a token can't have or a name that no user
   * can have.
   */
  tokenFor(
    username: string,
    scopes?: readonly string[] | Omit<SeedToken, "username">,
  ): Promise<string>;
  /**
   * Puts everything back to how it was after the start: rows, numbers, clock, limits, faults. Users
   * and tokens of `tokenFor` are there again. Rejects for a server on a folder, whose data is kept.
   */
  reset(): Promise<void>;
  /** Takes no more requests, answers those that have come, and forgets everything in memory. */
  stop(): Promise<void>;
}

const DRAINED_WITHIN = 5000;

/**
 * Starts a server on a free port of 127.0.0.1. Rejects with SeedError for a seed that can't be. As
 * many as are wanted may run in one process.
 */
export async function start(options: StartOptions = {}): Promise<Followd> {
  const [{ drain, listen, openServer }, { pino }, { defaultConfig }] = await Promise.all([
    import("../server/http-server.ts"),
    import("pino"),
    import("../config/config.ts"),
  ]);
  const { data, settings, ...more } = options;
  const quiet = { logLevel: "silent", accessLog: false, port: 0 } as const;
  const config: Config = { ...defaultConfig, ...quiet, ...settings };
  const wanted = { ...more, config, log: pino({ level: config.logLevel, base: null }) };
  const behind =
    data === undefined
      ? await (await import("./memory-backend.ts")).inMemory(wanted)
      : await (await import("./file-backend.ts")).onFolder({
          ...wanted,
          config: { ...config, data },
        });
  const server = openServer(behind.handler);
  try {
    return serverOf(behind, server, drain, await listen(server, config.host, config.port));
  } catch (error) {
    await behind.close();
    throw error;
  }
}

function serverOf(behind: Backend, server: Server, drain: Drain, url: string): Followd {
  let stopped: Promise<void> | undefined;
  return {
    url,
    tokenFor: (username, wanted) => behind.tokenFor(username, wanted),
    reset: () => behind.reset(),
    stop() {
      stopped ??= drain(server, DRAINED_WITHIN).then(() => behind.close());
      return stopped;
    },
  };
}
