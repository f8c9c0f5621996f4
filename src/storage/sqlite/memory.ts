import type { Engine } from "../engine.ts";
import { openSqlite } from "./open.ts";

/** A database in memory that can be put back as a whole to what it was. */
export interface MemoryEngine extends Engine {
  /** Takes the state of an image; sequences go back, too. The caller forgets what it remembers. */
  restore(image: Buffer): void;
}

const file = ":memory:";

/** Opens a database in memory: an empty one, or one as the image has it. */
export function openMemory(image?: Buffer): MemoryEngine {
  let now = openSqlite({ file, image });
  // Whoever is in the middle of something may still hold a statement of the one before.
  let before: Engine | undefined;
  const own = {
    changedByOtherProcess: () => false,
    restore(state: Buffer) {
      const next = openSqlite({ file, image: state });
      before?.close();
      before = now;
      now = next;
    },
    close() {
      before?.close();
      now.close();
    },
  };
  return new Proxy(own, {
    get: (_, name) => Reflect.get(name in own ? own : now, name) as unknown,
  }) as MemoryEngine;
}
