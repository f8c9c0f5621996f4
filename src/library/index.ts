/// <reference lib="esnext.disposable" preserve="true" />
import type { Server } from "node:http";
import type { Config } from "../config/config.ts";
import type { Seed, SeedToken, SeedUser } from "../dev/seed-types.ts";
import type { Backend } from "./backend.ts";
import type { Controls, Fault, LoggedRequest, RequestFilter, Snapshot } from "./controls.ts";
import type { StartOptions } from "./options.ts";

export type { Settings, StartOptions } from "./options.ts";
export type { Fault, LoggedRequest, RequestFilter, Seed, SeedToken, SeedUser, Snapshot };

type Drain = typeof import("../server/http-server.ts").drain;

/** A running server. The controls of `Controls` reject for a server on a folder. */
export interface Followd extends Controls, AsyncDisposable {
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

const MAX_DRAIN_MS = 5000;

/**
 * Starts a server on a free port of 127.0.0.1. Rejects with SeedError for a seed that can't be. As
 * many as are wanted may run in one process.
 */
export async function start(options: StartOptions = {}): Promise<Followd> {
  requireNode();
  const { checkOptions } = await import("./check-options.ts");
  const { data, settings, ...more } = checkOptions(options);
  const [{ drain, listen, openServer }, { pino }, { defaultConfig }] = await Promise.all([
    import("../server/http-server.ts"),
    import("pino"),
    import("../config/config.ts"),
  ]);
  const quiet = { logLevel: "silent", accessLog: false, port: 0 } as const;
  const config: Config = { ...defaultConfig, ...quiet, ...settings };
  const backendOptions = { ...more, config, log: pino({ level: config.logLevel, base: null }) };
  const behind =
    data === undefined
      ? await (await import("./memory-backend.ts")).inMemory(backendOptions)
      : await (await import("./file-backend.ts")).openFileBackend({
          ...backendOptions,
          config: { ...config, data },
        });
  const server = openServer(behind.handler);
  try {
    const url = await listen(server, config.host, config.port);
    const { controlsAt } = await import("./controls.ts");
    return serverOf(behind, server, drain, url, controlsAt(url, config.controlToken));
  } catch (error) {
    await behind.close();
    throw error;
  }
}

/** The oldest node that runs it: the first one with argon2 of its own. */
const OLDEST_NODE = [24, 7] as const;

function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldest, least] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= least)) return;
  throw new Error(
    `followd needs Node ${oldest}.${least} or newer; this is ${process.versions.node}. ` +
      "`npm install --save-dev node@24` brings one for npm scripts.",
  );
}

function serverOf(
  behind: Backend,
  server: Server,
  drain: Drain,
  url: string,
  controls: Controls,
): Followd {
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= drain(server, MAX_DRAIN_MS).then(() => behind.close());
    return stopped;
  };
  return {
    ...controls,
    url,
    async tokenFor(username, request) {
      const { checkTokenArguments } = await import("./check-options.ts");
      checkTokenArguments(username, request);
      return behind.tokenFor(username, request);
    },
    reset: () => behind.reset(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
