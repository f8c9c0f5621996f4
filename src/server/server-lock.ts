import { join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Config } from "../config/config.ts";
import { acquireLock, type LockHolder, type ServerLock } from "../storage/sqlite/instance-lock.ts";
import { explainError } from "./explain-error.ts";
import { networkFileSystem } from "./file-system.ts";

/** The file whose lock a server holds; it has nothing in it. */
export const lockOf = ({ data }: Pick<Config, "data">): string => join(data, "followd.lock");

/**
 * Has the data directory, which exists, to itself until the end: no other server, no restore. A
 * verb that opens the database only for a while needs no such thing.
 */
export function lockData(config: Pick<Config, "data">, verb: string): ServerLock {
  const kind = networkFileSystem(config.data);
  if (kind !== undefined) throw new CommandError(describeNetworkFileSystem(config.data, kind));
  const file = lockOf(config);
  let lock: ReturnType<typeof acquireLock>;
  try {
    lock = acquireLock(file, verb);
  } catch (error) {
    throw explainError(error, file);
  }
  if ("release" in lock) return lock;
  throw new CommandError(
    `${config.data} is in use by ${describeHolder(lock.heldBy)}; end that one first.`,
  );
}

/** Who holds a data directory, in words. */
export const describeHolder = (holder: LockHolder | undefined): string =>
  holder === undefined
    ? "another followd"
    : `another followd (${holder.verb}, process ${holder.pid}, since ${holder.since})`;

export const describeNetworkFileSystem = (data: string, kind: string): string =>
  `${data} is on a network filesystem (${kind}), where SQLite's locks and log can't be relied ` +
  "on; choose a --data on a disk of this machine.";
