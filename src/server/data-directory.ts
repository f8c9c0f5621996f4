import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
} from "node:fs";
import { userInfo } from "node:os";
import { basename, dirname, join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Config } from "../config/config.ts";
import { actingStore } from "../domain/activity/audit-log.ts";
import { hashLegacyTokens } from "../domain/credentials/legacy-tokens.ts";
import { DomainError } from "../domain/errors.ts";
import { openStore } from "../domain/open-store.ts";
import type { Store } from "../domain/store.ts";
import * as accounts from "../domain/users/accounts.ts";
import { idsAfter } from "../domain/users/users.ts";
import { version } from "../version.ts";
import { explainError } from "./explain-error.ts";
import { databaseFileOf, databaseNameOf, openEngine } from "./open-engine.ts";
import { openKey, refuseOpenToOthers } from "./signing-key-file.ts";

const MEGABYTE = 2 ** 20;

export interface OpenData {
  store: Store;
  /** The database file, where the engine is SQLite. */
  file: string;
  /** This call made the database's first user, the administrator root. */
  isNew: boolean;
}

interface OpenDataOptions {
  /** Makes the directory, the key, the database and root where they are missing. */
  mayCreate?: boolean;
}

/**
 * Opens the data directory. Two processes may do so at once. Throws where there is no database,
 * unless it may be made: a mistyped `--data` would else be an empty one.
 */
export async function openData(
  config: Config,
  { mayCreate = false }: OpenDataOptions = {},
): Promise<OpenData> {
  const { database } = config;
  const file = databaseFileOf(config);
  if (database === undefined && !mayCreate && !existsSync(file)) {
    throw new CommandError(
      `There is no database in ${config.data}; \`followd serve\` or \`followd user create\` makes one.`,
    );
  }
  openDirectory(config);
  try {
    // Servers that share a database share a key, which none of them can make for the others.
    const key = openKey(config, database !== undefined || existsSync(file));
    const { pageCacheMb, fragmentCacheMb } = config;
    const cacheBytes = { pages: pageCacheMb * MEGABYTE, fragments: fragmentCacheMb * MEGABYTE };
    const store = openStore(await openEngine(config, key), key, {
      cacheBytes,
      release: version,
    });
    await hashLegacyTokens(store);
    return { store, file, isNew: await makeRoot(store) };
  } catch (error) {
    throw explainError(error, databaseNameOf(config));
  } finally {
    giveFilesToOwner(config);
  }
}

/** Opens the data directory for one piece of work, and closes it. */
export async function withData<T>(
  config: Config,
  work: (store: Store) => T | Promise<T>,
  options: OpenDataOptions = {},
): Promise<T> {
  const { store } = await openData(config, options);
  try {
    return await work(actingStore(store, { via: "command line", username: systemUser() }));
  } catch (error) {
    throw explainError(error, databaseNameOf(config));
  } finally {
    await store.engine.close();
  }
}

/** Who runs the command, as the system calls them; containers may have no name for it. */
function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

/** Makes the data directory where it is missing. Throws when others may look into it. */
export function openDirectory({ data }: Pick<Config, "data">): void {
  try {
    // What SQLite makes beside the database must be as private as the database.
    process.umask(0o077);
    makePrivate(data);
  } catch (error) {
    throw explainError(error, data);
  }
}

/**
 * Gives what root made in another user's data directory to that user, so that the service can open
 * it: a restore, a backup or a first token is often root's doing.
 */
export function giveFilesToOwner({ data }: Pick<Config, "data">): void {
  if (process.getuid?.() !== 0 || !existsSync(data)) return;
  const { uid, gid } = statSync(data);
  if (uid === 0) return;
  for (const path of listProgramFiles(data)) {
    const found = lstatSync(path);
    // A name more may stand elsewhere, where the file is nothing of ours.
    const isOurs = found.isDirectory() || (found.isFile() && found.nlink === 1);
    if (isOurs && found.uid === 0) lchownSync(path, uid, gid);
  }
}

const OWN_FILE = /^(?:followd[.-].*|backups|mail-queue|tls|\d[\da-f-]*\.json|.+\.pem)$/;

/** Everything that the program itself makes in a data directory. */
export function listProgramFiles(data: string): string[] {
  const below = ["backups", "mail-queue", "tls"].map((name) => join(data, name)).filter(existsSync);
  const inside = [data, ...below].flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name)),
  );
  return inside.filter((path) => OWN_FILE.test(basename(path)));
}

function makePrivate(directory: string): void {
  makeDirectory(directory);
  // An empty directory was made for this, with the usual mode.
  const mayChange = [0, statSync(directory).uid].includes(process.getuid?.() ?? -1);
  if (readdirSync(directory).length === 0 && mayChange) {
    chmodSync(directory, 0o700);
  }
  refuseOpenToOthers(directory, "700");
}

/** Not `recursive` at once: below /proc node would look for a parent for ever. */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(directory).isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(directory))) throw error;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }
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
