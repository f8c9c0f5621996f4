import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Command } from "commander";
import { CommandError } from "../../command-error.ts";
import type { Config } from "../../config/config.ts";
import { giveFilesToOwner } from "../../server/data-directory.ts";
import { recordBackupTime } from "../../server/data-figures.ts";
import { explainError } from "../../server/explain-error.ts";
import { requireDatabaseFile } from "../../server/open-engine.ts";
import { keyFileOf } from "../../server/signing-key-file.ts";
import {
  CorruptBackupError,
  copyDatabase,
  digestOf,
  fsyncDirectory,
  fsyncFile,
} from "../../storage/sqlite/backup.ts";
import { configOf, print, printInfo, verb } from "../command.ts";
import { count } from "../count.ts";

interface Options {
  json?: boolean;
  withKey?: boolean;
}

const HELP = `
A server may run meanwhile and is not slowed down. FILE is checked and appears whole or not at all,
readable by its owner only; FILE.sha256 serves \`sha256sum -c\` and followd restore. Without FILE the
backup goes to backups/ in the data directory, named after the time.

The signing key is not in the backup: both together sign in as any user. Keep a copy of followd.key
in another place, once, as it never changes; or use --with-key for a FILE.key beside the backup.`;

export function command(): Command {
  return verb("backup", "Copies the database to one file, also while a server runs.")
    .argument("[file]")
    .option("--with-key", "also copy the key that signs tokens, to FILE.key")
    .addHelpText("after", HELP)
    .action(backUp);
}

async function backUp(requested: string | undefined, options: Options): Promise<void> {
  const config = configOf(options);
  requireDatabaseFile(config, "use pg_basebackup, a WAL archive, or pg_dump from a standby.");
  const database = join(config.data, "followd.db");
  if (!existsSync(database))
    throw new CommandError(`${database} is not there: nothing to back up.`);
  process.umask(0o077);
  const file = requested ?? defaultIn(config);
  const draft = `${file}.${process.pid}.part`;
  reserve(file, draft);
  try {
    const { users, follows } = copyDatabase(database, draft);
    fsyncFile(draft);
    const sha256 = await digestOf(draft);
    if (options.withKey === true) copyKey(config, `${file}.key`);
    renameSync(draft, file);
    // Where others may write to the folder, a link of that name would lead elsewhere.
    writeFileSync(`${file}.sha256`, `${sha256}  ${basename(file)}\n`, { mode: 0o600, flag: "wx" });
    fsyncDirectory(file);
    recordBackupTime(config.data);
    const bytes = statSync(file).size;
    print(options.json, { file, bytes, sha256, users, follows }, `${sha256}  ${file}`);
    if (options.json !== true) printResult(bytes, users, follows, options.withKey === true);
  } catch (error) {
    if (error instanceof CorruptBackupError)
      throw new CommandError(`${error.message} Nothing was kept of it.`);
    throw explainError(error, draft);
  } finally {
    rmSync(draft, { force: true });
    rmSync(`${draft}-journal`, { force: true });
    giveFilesToOwner(config);
  }
}

function printResult(bytes: number, users: number, follows: number, withKey: boolean): void {
  printInfo(
    `${count(bytes, "byte")}, checked: ${count(users, "user")}, ${count(follows, "follow")}. ` +
      (withKey ? "The key is in the file beside it." : "The key is not in it; keep that apart."),
  );
}

function defaultIn({ data }: Config): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const folder = join(data, "backups");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `followd-${now}Z.db`);
}

/** Also for a link that leads nowhere. */
const isThere = (name: string): boolean => lstatSync(name, { throwIfNoEntry: false }) !== undefined;

/** Creates the draft, empty and readable by its owner only from the first moment. */
function reserve(file: string, draft: string): void {
  for (const name of [file, `${file}.sha256`]) {
    if (isThere(name)) throw new CommandError(`${name} is there already; choose another name.`);
  }
  try {
    closeSync(openSync(draft, "wx", 0o600));
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw explainError(error, file);
    throw new CommandError(`${dirname(file)} is not there; make it first.`);
  }
}

function copyKey(config: Config, to: string): void {
  const from = keyFileOf(config);
  if (!existsSync(from)) throw new CommandError(`${from} is missing, so it can't be copied.`);
  copyFileSync(from, to, constants.COPYFILE_EXCL);
  fsyncFile(to);
}
