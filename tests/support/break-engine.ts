import type { Engine } from "../../src/storage/engine.ts";

/**
 * Gives an engine other members on purpose while some work is done, and its own back afterwards. What
 * goes wrong in a database can't be had from a sound one. Only the node whose engine it is breaks, so
 * a suite that says this has nothing to show over several nodes (FOLLOWD_TEST_NODES).
 */
export async function withBrokenEngine<T>(
  engine: Engine,
  broken: Partial<Engine>,
  work: () => PromiseLike<T>,
): Promise<T> {
  const sound = { ...engine };
  Object.assign(engine, broken);
  try {
    return await work();
  } finally {
    Object.assign(engine, sound);
  }
}
