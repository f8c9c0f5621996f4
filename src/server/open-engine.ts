import { createHash, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Config } from "../config/config.ts";
import type { Engine } from "../storage/engine.ts";
import { openSqlite } from "../storage/sqlite/open.ts";

type Settings = Pick<Config, "data" | "database" | "databaseConnections" | "databaseWait">;

/** The file of a server that keeps its data in SQLite. */
export const databaseFileOf = ({ data }: Pick<Config, "data">): string => join(data, "followd.db");

/** What messages call the database: its file, or its address without a password. */
export function databaseNameOf(config: Pick<Config, "data" | "database">): string {
  if (config.database === undefined) return databaseFileOf(config);
  const url = new URL(config.database);
  url.password = "";
  return url.href;
}

/** Opens the database that the settings name, and brings its schema up to date. */
export async function openEngine(config: Settings, key: KeyObject): Promise<Engine> {
  if (config.database === undefined) return openSqlite({ file: databaseFileOf(config) });
  // Loaded only here: most servers have no other database than their file.
  const { openPostgres } = await import("../storage/postgres/open.ts");
  const engine = await openPostgres({
    url: config.database,
    connections: config.databaseConnections,
    wait: config.databaseWait,
  });
  try {
    await engine.holdFact("key", fingerprintOf(key), () => {
      throw new CommandError(
        `${databaseNameOf(config)} is used with another key: with this one every second request ` +
          "would be refused. Give all nodes the same --key-file.",
      );
    });
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

const fingerprintOf = (key: KeyObject): string =>
  createHash("sha256").update("followd key ").update(key.export()).digest("hex");

/** Refuses a command that reads or writes SQLite's file, and says what does the same elsewhere. */
export function requireDatabaseFile({ database }: Pick<Config, "database">, instead: string): void {
  if (database === undefined) return;
  throw new CommandError(`This command is for SQLite; with --database, ${instead}`);
}
