import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { CommandError } from "../command-error.ts";
import { SchemaError } from "../storage/errors.ts";

/** What the codes of SQLite and of the system mean for an operator. */
const MEANINGS: readonly [RegExp, string][] = [
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, "is locked by another program; end that one and try again."],
  [/^SQLITE_(CORRUPT|NOTADB)/, "is damaged, or not a database; restore it from a backup."],
  [/^SQLITE_FULL|^ENOSPC/, "can't grow, as the disk is full; make room and try again."],
  [/^SQLITE_(READONLY|PERM|AUTH)|^E(ACCES|PERM|ROFS)/, "can't be written; check owner and mode."],
  [/^SQLITE_CANTOPEN/, "can't be opened; check that the file and its directory are yours."],
  [/^SQLITE_IOERR|^EIO/, "can't be read or written; check the disk."],
  [/^ENOENT/, "can't be made; check the directory above it."],
  [/^E(EXIST|NOTDIR)/, "can't be made, as something else has its name, or that of a parent."],
];

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return cause === undefined ? "" : codeOf(cause);
}

/** The error as a line that names the file and says what to do, where that is known. */
export function explainError(error: unknown, file: string): unknown {
  if (error instanceof CommandError) return error;
  if (error instanceof SchemaError) return new CommandError(error.message);
  const code = codeOf(error);
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code))?.[1];
  if (meaning === undefined) return error;
  const named = (error as { path?: string }).path ?? (isAccess(code) ? closed(file) : file);
  return new CommandError(`${named} ${meaning} (${code})`);
}

const isAccess = (code: string): boolean => /^SQLITE_(READONLY|PERM|CANTOPEN)/.test(code);

/** Of a database, its log, their index and its directory, what this process may not change. */
function closed(file: string): string {
  const all = [file, `${file}-wal`, `${file}-shm`, dirname(file)];
  return all.find((path) => existsSync(path) && !mayChange(path)) ?? file;
}

function mayChange(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
