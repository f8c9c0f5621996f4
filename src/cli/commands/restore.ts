import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { CommandError } from "../../command-error.ts";
import type { Config } from "../../config/config.ts";
import { giveFilesToOwner, openDirectory } from "../../server/data-directory.ts";
import { explainError } from "../../server/explain-error.ts";
import { requireDatabaseFile } from "../../server/open-engine.ts";
import { lockData } from "../../server/server-lock.ts";
import { keyFileOf } from "../../server/signing-key-file.ts";
import { writeFileAtomically } from "../../server/write-file-atomically.ts";
import {
  type Contents,
  CorruptBackupError,
  contents,
  digestOf,
  fsyncFile,
} from "../../storage/sqlite/backup.ts";
import { DatabaseInUseError, replaceDatabase } from "../../storage/sqlite/replace-database.ts";
import { configOf, print, printInfo, verb } from "../command.ts";
import { count } from "../count.ts";

const HELP = `
Refuses while a server runs on the data directory. FILE is checked first, against FILE.sha256 where
that is there; a bad one changes nothing. The database that was there is kept beside the new one. A
FILE.key is put in place, too, where the data directory has no key.

The data are then those of the backup: a token that was revoked after it opens doors again.`;

interface Restored extends Contents {
  file: string;
  /** The database that was there before. */
  kept: string | null;
  /** Whether there was a checksum to hold the file against. */
  checksum: boolean;
}

export function command(): Command {
  return verb("restore", "Puts a backup in the place of the database.")
    .argument("<file>")
    .addHelpText("after", HELP)
    .action(restore);
}

async function restore(file: string, options: { json?: boolean }): Promise<void> {
  const config = configOf(options);
  requireDatabaseFile(config, "use pg_basebackup, a WAL archive, or pg_restore.");
  if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  openDirectory(config);
  const lock = lockData(config, "restore");
  try {
    const restored = await putBack(file, config);
    giveFilesToOwner(config);
    printResult(restored, config, options.json);
  } catch (error) {
    throw explainRefusal(error, config);
  } finally {
    lock.release();
  }
}

async function putBack(file: string, config: Config): Promise<Restored> {
  const database = join(config.data, "followd.db");
  const draft = `${database}.${process.pid}.part`;
  try {
    const checksum = await copyChecked(file, draft);
    const found = contents(draft, false, file);
    fsyncFile(draft);
    restoreKey(`${file}.key`, config);
    const stamp = new Date().toISOString().replace(/[:.]/g, "-");
    const kept = `${database}.before-restore-${stamp}`;
    const replaced = existsSync(database);
    replaceDatabase(database, draft, kept);
    return { ...found, file: database, kept: replaced ? kept : null, checksum };
  } finally {
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(draft + end, { force: true });
  }
}

/** What is checked is the copy: the file itself may be on a medium that forgets. */
async function copyChecked(file: string, draft: string): Promise<boolean> {
  copyFileSync(file, draft);
  chmodSync(draft, 0o600);
  // A database that was copied by hand may have its latest writes there.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${draft}-wal`);
  if (!existsSync(`${file}.sha256`)) return false;
  const [expected = ""] = readFileSync(`${file}.sha256`, "utf8").trim().split(/\s/);
  if ((await digestOf(draft)) === expected.toLowerCase()) return true;
  throw new CorruptBackupError(
    `${file} is not what it was: its SHA-256 is another than in ${file}.sha256.`,
  );
}

/** Never in the place of another key: tokens that live were signed with that. */
function restoreKey(from: string, config: Config): void {
  const key = keyFileOf(config);
  if (!existsSync(from) || existsSync(key)) return;
  writeFileAtomically(key, readFileSync(from));
}

function printResult(
  { file, kept, checksum, ...found }: Restored,
  config: Config,
  json?: boolean,
): void {
  const key = keyFileOf(config);
  const hasKey = existsSync(key);
  const { users, follows } = found;
  if (json === true) {
    print(true, { file, kept, checksum, users, follows, key: hasKey }, "");
    return;
  }
  printInfo(`Restored ${file}: ${count(users, "user")}, ${count(follows, "follow")}.`);
  if (!checksum) printInfo("There was no .sha256 beside it, so only its structure was checked.");
  if (kept !== null) printInfo(`What was there is kept as ${kept}`);
  if (!hasKey) printInfo(`${key} is missing: put the key back, too, or no token works.`);
}

function explainRefusal(error: unknown, { data }: Config): unknown {
  if (error instanceof CorruptBackupError)
    return new CommandError(`${error.message} Nothing was changed.`);
  if (error instanceof DatabaseInUseError) {
    return new CommandError(`${error.message} is open in another program; end that one first.`);
  }
  return explainError(error, join(data, "followd.db"));
}
