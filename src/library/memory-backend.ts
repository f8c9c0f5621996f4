import { isLoopback } from "../dev/http/loopback.ts";
import { openOrigin } from "../dev/world-template.ts";
import { DEFAULT_WORLD, Worlds } from "../dev/worlds.ts";
import type { Backend, BackendOptions } from "./backend.ts";

/** A server in memory, with the controls of `followd dev`. */
export async function inMemory(wanted: BackendOptions): Promise<Backend> {
  const { host, controlToken } = wanted.config;
  if (!isLoopback(host) && controlToken === undefined) {
    throw new Error(
      `Other machines reach ${host}, so the controls need a secret: set controlToken, too.`,
    );
  }
  const worlds = new Worlds(await openOrigin(wanted));
  // Made now, and again if a test ends it.
  const world = () => worlds.get(DEFAULT_WORLD);
  await world();
  return {
    handler: worlds.handler,
    tokenFor: async (username, wanted) => (await (await world()).tokenFor(username, wanted)).token,
    reset: async () => (await world()).reset(),
    close: () => worlds.close(),
  };
}
