import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { hashLegacyTokens } from "../domain/credentials/legacy-tokens.ts";
import { DomainError } from "../domain/errors.ts";
import { openStore } from "../domain/open-store.ts";
import type { Store } from "../domain/store.ts";
import * as accounts from "../domain/users/accounts.ts";
import { idsAfter } from "../domain/users/users.ts";
import { openSqlite } from "../storage/sqlite/open.ts";
import { explained } from "./explain-error.ts";
import { openKey, refuseOpenToOthers } from "./signing-key-file.ts";

const MEGABYTE = 2 ** 20;

export interface Opened {
  store: Store;
  /** The database file. */
  file: string;
  /** This call made the database's first user, the administrator root. */
  isNew: boolean;
}

/**
 * Opens the data directory; makes it, the key, the database and root where they are missing. Two
 * processes may do so at once.
 */
export async function openData(config: Config): Promise<Opened> {
  const file = join(config.data, "followd.db");
  openDirectory(config);
  try {
    const key = openKey(config, existsSync(file));
    const { pageCacheMb, fragmentCacheMb } = config;
    const cacheBytes = { pages: pageCacheMb * MEGABYTE, fragments: fragmentCacheMb * MEGABYTE };
    const store = openStore(openSqlite({ file }), key, { cacheBytes });
    await hashLegacyTokens(store);
    return { store, file, isNew: await makeRoot(store) };
  } catch (error) {
    throw explained(error, file);
  }
}

/** Opens the data directory for one piece of work, and closes it. */
export async function withData<T>(
  config: Config,
  work: (store: Store) => T | Promise<T>,
): Promise<T> {
  const { store, file } = await openData(config);
  try {
    return await work(store);
  } catch (error) {
    throw explained(error, file);
  } finally {
    await store.engine.close();
  }
}

/** Makes the data directory where it is missing. Throws when others may look into it. */
export function openDirectory({ data }: Pick<Config, "data">): void {
  try {
    // What SQLite makes beside the database must be as private as the database.
    process.umask(0o077);
    makePrivate(data);
  } catch (error) {
    throw explained(error, data);
  }
}

function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // An empty directory was made for this by somebody who did not think of its mode.
  if (readdirSync(directory).length === 0 && statSync(directory).uid === process.getuid?.()) {
    chmodSync(directory, 0o700);
  }
  refuseOpenToOthers(directory, "700");
}

async function makeRoot(store: Store): Promise<boolean> {
  if ((await idsAfter(store, 0, 1)).length > 0) return false;
  try {
    await accounts.createAccount(store, { username: "root", email: "root@localhost", admin: true });
    return true;
  } catch (error) {
    // Another process was quicker.
    if (error instanceof DomainError && error.kind === "conflict") return false;
    throw error;
  }
}
