import type { Engine } from "../../src/storage/engine.ts";
import type { SqliteEngine } from "../../src/storage/sqlite/open.ts";
import type { RawConnection } from "../../src/storage/sqlite/raw-connection.ts";

/** Synchronous work on SQLite's own connection, for what no rule does. */
export const raw = <T>(engine: Engine, work: (connection: RawConnection) => T): T =>
  (engine as SqliteEngine).raw(work);
