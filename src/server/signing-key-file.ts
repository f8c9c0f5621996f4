import { type KeyObject, randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Config } from "../config/config.ts";
import { signingKey } from "../domain/credentials/token-signing.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

const KEY_BYTES = 32;
const OTHERS = 0o077;

/** The key that signs tokens; made where none was chosen and there is nothing yet to lose. */
export function openKey(config: Config, databaseExists: boolean): KeyObject {
  const file = keyFileOf(config);
  if (config.keyFile === undefined && !databaseExists && read(file) === undefined) {
    // Of several processes that make one at once, the first one's is the one of all.
    writeFileAtomically(file, randomBytes(KEY_BYTES), { keepExisting: true });
  }
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

/** Throws when a file or directory of secrets can be read by other users of the machine. */
export function refuseOpenToOthers(path: string, mode: "600" | "700"): void {
  if (process.platform === "win32" || (statSync(path).mode & OTHERS) === 0) return;
  throw new CommandError(
    `${path} is open to other users of this machine; run: chmod ${mode} ${path}`,
  );
}
