import type { Database } from "./database.ts";
import { openSqlite } from "./sqlite.ts";

/** A database in memory that can be put back as a whole to what it was. */
export interface MemoryDatabase extends Database {
  /** Takes the state of an image; sequences go back, too. The caller forgets what it remembers. */
  restore(image: Buffer): void;
}

/** Opens a database in memory: an empty one, or one as the image has it. */
export function openMemory(image?: Buffer): MemoryDatabase {
  const file = ":memory:";
  let now = openSqlite({ file, image });
  // Whoever is in the middle of something may still hold a statement of the one before.
  let before: Database | undefined;
  return {
    get query() {
      return now.query;
    },
    tables: now.tables,
    prepared: (name, build) => now.prepared(name, build),
    write: (...statements) => now.write(...statements),
    changedElsewhere: () => false,
    bulk: (work) => now.bulk(work),
    isDuplicate: (error) => now.isDuplicate(error),
    isUnavailable: (error) => now.isUnavailable(error),
    probe: () => now.probe(),
    image: () => now.image(),
    restore(image) {
      const next = openSqlite({ file, image });
      before?.close();
      before = now;
      now = next;
    },
    close() {
      before?.close();
      now.close();
    },
  };
}
