import { type KeyObject, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Config } from "../config/config.ts";
import { signingKey } from "../domain/credentials/token-signing.ts";

const KEY_BYTES = 32;
const OTHERS = 0o077;

/** The key that signs tokens; made where none was chosen and there is nothing yet to lose. */
export function openKey(config: Config, databaseExists: boolean): KeyObject {
  const file = keyFileOf(config);
  if (config.keyFile === undefined && !databaseExists && read(file) === undefined) make(file);
  return loadKey(config, databaseExists);
}

/** Where the key is, or belongs. */
export const keyFileOf = ({ data, keyFile }: Pick<Config, "data" | "keyFile">): string =>
  keyFile ?? join(data, "followd.key");

/** The key that is there. Throws when there is none, or when it is not safe. */
export function loadKey(config: Config, databaseExists: boolean): KeyObject {
  const file = keyFileOf(config);
  const secret = read(file);
  if (secret === undefined) throw new CommandError(missing(file, databaseExists));
  refuseOpenToOthers(file, "600");
  if (secret.length >= KEY_BYTES) return signingKey(secret);
  throw new CommandError(`${file} has ${secret.length} bytes; a key needs ${KEY_BYTES} or more.`);
}

const missing = (file: string, databaseExists: boolean) =>
  `${file} is missing. ` +
  (databaseExists
    ? "Without it no token works; restore it from a backup, or make a new one"
    : "Make one") +
  ` with: (umask 077; head -c 32 /dev/urandom > ${file})`;

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT") return undefined;
    if (code !== "EACCES") throw error;
    throw new CommandError(`${file} can't be read; check its owner and mode. (${code})`);
  }
}

/** A whole key appears under the name or none does, also when several processes make one at once. */
function make(file: string): void {
  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, "wx", 0o600);
  try {
    writeSync(descriptor, randomBytes(KEY_BYTES));
    fsyncSync(descriptor);
    linkSync(draft, file);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  } finally {
    closeSync(descriptor);
    rmSync(draft);
  }
}

/** Throws when a file or directory of secrets can be read by other users of the machine. */
export function refuseOpenToOthers(path: string, mode: "600" | "700"): void {
  if (process.platform === "win32" || (statSync(path).mode & OTHERS) === 0) return;
  throw new CommandError(
    `${path} is open to other users of this machine; run: chmod ${mode} ${path}`,
  );
}
