import { DuplicateKeyError, MissingReferenceError, UnavailableError } from "../errors.ts";

const UNAVAILABLE =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|PERM|AUTH|PROTOCOL|NOMEM)/;
const DUPLICATE = /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/;

/** SQLite's own code of an error, or of what caused it; empty where there is none. */
export function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return cause === undefined ? "" : codeOf(cause);
}

/** The error as the rules know it, with SQLite's as its cause; any other error as it is. */
export function translateError(error: unknown): unknown {
  const code = codeOf(error);
  const { message } = (error ?? {}) as { message?: string };
  if (DUPLICATE.test(code)) return new DuplicateKeyError(message, { cause: error });
  if (code === "SQLITE_CONSTRAINT_FOREIGNKEY") {
    return new MissingReferenceError(message, { cause: error });
  }
  return UNAVAILABLE.test(code) ? new UnavailableError(message, { cause: error }) : error;
}
