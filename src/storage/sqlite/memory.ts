import { openSqlite, type SqliteEngine } from "./open.ts";

/** A database in memory that can be put back as a whole to what it was. */
export interface MemoryEngine extends SqliteEngine {
  /** Takes the state of an image; sequences go back, too. The caller forgets what it remembers. */
  restore(image: Buffer): void;
}

const file = ":memory:";

/** Opens a database in memory: an empty one, or one as the image has it. */
export function openMemory(image?: Buffer): MemoryEngine {
  let now = openSqlite({ file, image });
  // A request in progress may still hold a statement of the one before.
  let before: SqliteEngine | undefined;
  const own = {
    changes: { committedElsewhere: () => false },
    restore(state: Buffer) {
      const next = openSqlite({ file, image: state });
      // Closing writes nothing here and waits for nothing.
      void before?.close();
      before = now;
      now = next;
    },
    async close() {
      await before?.close();
      await now.close();
    },
  };
  return new Proxy(own, {
    get: (_, name) => Reflect.get(name in own ? own : now, name) as unknown,
  }) as MemoryEngine;
}
