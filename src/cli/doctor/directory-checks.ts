import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { listProgramFiles } from "../../server/data-directory.ts";
import { freeSpace, networkFileSystem } from "../../server/file-system.ts";
import { describeHolder, describeNetworkFileSystem, lockOf } from "../../server/server-lock.ts";
import { loadKey, refuseOpenToOthers } from "../../server/signing-key-file.ts";
import { findLockHolder, isLockHeld } from "../../storage/sqlite/instance-lock.ts";
import type { Check } from "./check.ts";

/** Less than this is soon gone. */
const MIN_FREE_BYTES = 100 * 2 ** 20;
const PRIVATE = /^followd\.(db|key)|\.key$/;
/** What a migration or a restore has put aside. */
const COPY = /^followd\.db\.before-/;
/** What a verb was writing when it was killed. */
const LEFTOVER = /\.\d+(\.part(-\w+)?)?$/;

/** What there is to look at in the data directory, before the database is opened. */
export function directoryChecks(config: Config): Check[] {
  const { data } = config;
  const file = join(data, "followd.db");
  const exists = existsSync(file);
  const missing: Check = {
    name: "data directory",
    find: () => (exists ? undefined : `${file} is not there; the next start makes a new one`),
    tell: () => data,
  };
  if (!exists) return [missing];
  return [
    missing,
    { name: "server", find: () => undefined, tell: () => running(config) },
    { name: "filesystem", find: () => remote(data) },
    { name: "permissions", find: () => open(data) ?? shut(file) },
    { name: "owner", find: () => othersFiles(data) },
    { name: "key", find: () => key(config) },
    {
      name: "disk space",
      find: () => room(data),
      tell: () => `${megabytes(freeSpace(data))} free`,
    },
    { name: "leftover files", find: () => leftovers(data) },
    { name: "kept copies", find: () => undefined, tell: () => copies(data) },
  ];
}

function running(config: Config): string {
  const lock = lockOf(config);
  return isLockHeld(lock) ? `in use by ${describeHolder(findLockHolder(lock))}` : "none is running";
}

function remote(data: string): string | undefined {
  const kind = networkFileSystem(data);
  return kind === undefined ? undefined : describeNetworkFileSystem(data, kind);
}

function open(data: string): string | undefined {
  return complaintOf(() => {
    refuseOpenToOthers(data, "700");
    const secret = readdirSync(data).filter((name) => PRIVATE.test(name));
    for (const name of secret) refuseOpenToOthers(join(data, name), "600");
  });
}

const READ_AND_WRITE = 0o600;

/** SQLite gives the log and its index the mode that the database had when they were made. */
function shut(file: string): string | undefined {
  const found = [file, `${file}-wal`, `${file}-shm`].filter(
    (path) => existsSync(path) && (statSync(path).mode & READ_AND_WRITE) !== READ_AND_WRITE,
  );
  if (found.length === 0) return undefined;
  return `their owner can't write them; run: chmod 600 ${found.join(" ")}`;
}

/** Files that belong to another user than their directory: the service can't open them. */
function othersFiles(data: string): string | undefined {
  const { uid } = statSync(data);
  const strange = listProgramFiles(data).filter((path) => lstatSync(path).uid !== uid);
  if (strange.length === 0) return undefined;
  return `not owned by the directory's owner; run: chown ${uid} ${strange.join(" ")}`;
}

const key = (config: Config): string | undefined => complaintOf(() => loadKey(config, true));

/** What a check of ours that throws has to say. */
function complaintOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A migration and a restore keep the old database beside the new one. */
function room(data: string): string | undefined {
  const size = statSync(join(data, "followd.db")).size;
  const free = freeSpace(data);
  if (free >= Math.max(MIN_FREE_BYTES, size)) return undefined;
  return `${megabytes(free)} free, and the database has ${megabytes(size)}; make room`;
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MB`;

/** Copies are the operator's way back, so only the operator removes them. */
function copies(data: string): string {
  const found = readdirSync(data)
    .filter((name) => COPY.test(name) && !LEFTOVER.test(name))
    .map((name) => join(data, name));
  const descriptions = found.map((copy) => `${copy} (${sizeOf(statSync(copy).size)})`);
  return found.length === 0
    ? "none"
    : `${descriptions.join(", ")}; unless needed: rm ${found.join(" ")}`;
}

const sizeOf = (bytes: number): string =>
  bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : megabytes(bytes);

function leftovers(data: string): string | undefined {
  const backups = join(data, "backups");
  const found = [data, ...(existsSync(backups) ? [backups] : [])].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => LEFTOVER.test(name) && !isAlive(name))
      .map((name) => join(folder, name)),
  );
  return found.length === 0 ? undefined : `rm ${found.join(" ")}`;
}

/** The number in such a name is the process that was writing it. */
function isAlive(name: string): boolean {
  const [, pid = "0"] = /\.(\d+)(?:\.part(?:-\w+)?)?$/.exec(name) ?? [];
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
