import { isLoopback } from "../dev/http/loopback.ts";
import { openOrigin } from "../dev/world-template.ts";
import { DEFAULT_WORLD, Worlds } from "../dev/worlds.ts";
import type { Backend, Wanted } from "./backend.ts";

/** A server in memory, with the controls of `followd dev`. */
export async function inMemory(wanted: Wanted): Promise<Backend> {
  if (!isLoopback(wanted.config.host)) {
    throw new Error(
      "The controls of a server in memory ask for no credential, so it listens on loopback only.",
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
