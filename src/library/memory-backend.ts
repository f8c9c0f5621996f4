import { isLoopback } from "../dev/http/loopback.ts";
import { openOrigin } from "../dev/world-template.ts";
import { DEFAULT_WORLD, Worlds } from "../dev/worlds.ts";
import type { Backend, BackendOptions } from "./backend.ts";

/** A server in memory, with the controls of `followd dev`. */
export async function inMemory(options: BackendOptions): Promise<Backend> {
  const { host, controlToken } = options.config;
  if (!isLoopback(host) && controlToken === undefined) {
    throw new Error(
      `Other machines reach ${host}, so the controls need a secret: set controlToken, too.`,
    );
  }
  const worlds = new Worlds(await openOrigin(options));
  // Made now, and again if a test ends it.
  const world = () => worlds.get(DEFAULT_WORLD);
  await world();
  return {
    handler: worlds.handler,
    tokenFor: async (username, request) =>
      (await (await world()).tokenFor(username, request)).token,
    reset: async () => (await world()).reset(),
    close: () => worlds.close(),
  };
}
