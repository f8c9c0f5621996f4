import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import * as accounts from "../people/accounts.ts";
import { PeopleError } from "../people/errors.ts";
import { openPeople, type People } from "../people/people.ts";
import { idsAfter } from "../people/users.ts";
import { openSqlite } from "../storage/sqlite.ts";
import { explained } from "./explain.ts";
import { openKey, refuseOpenToOthers } from "./key-file.ts";

const MEGABYTE = 2 ** 20;

export interface Opened {
  people: People;
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
    const people = openPeople(openSqlite({ file }), key, { cacheBytes });
    return { people, file, isNew: await makeRoot(people) };
  } catch (error) {
    throw explained(error, file);
  }
}

/** Opens the data directory for one piece of work, and closes it. */
export async function withData<T>(
  config: Config,
  work: (people: People) => T | Promise<T>,
): Promise<T> {
  const { people, file } = await openData(config);
  try {
    return await work(people);
  } catch (error) {
    throw explained(error, file);
  } finally {
    people.db.close();
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

async function makeRoot(people: People): Promise<boolean> {
  if ((await idsAfter(people, 0, 1)).length > 0) return false;
  try {
    await accounts.create(people, { username: "root", email: "root@localhost", admin: true });
    return true;
  } catch (error) {
    // Another process was quicker.
    if (error instanceof PeopleError && error.kind === "conflict") return false;
    throw error;
  }
}
