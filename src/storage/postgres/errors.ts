import { DrizzleQueryError } from "../drizzle.ts";
import { DuplicateKeyError, MissingReferenceError, UnavailableError } from "../errors.ts";

/** Classes and codes of https://www.postgresql.org/docs/15/errcodes-appendix.html. */
const UNAVAILABLE = /^(08|53|57P|58|XX)|^(25006|57014|55P03|40001|40P01)$/;
const SYSTEM = /^(E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_)|ENOENT|ENOTFOUND)/;
const RETRIED = /^(40001|40P01)$/;

/** PostgreSQL's or the system's own code of an error, or of what caused it. */
export function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return cause === undefined ? "" : codeOf(cause);
}

/** Whether the same transaction may well succeed when it is sent once more. */
export const isRetriable = (error: unknown): boolean => RETRIED.test(codeOf(error));

/** A statement that ran out of time, for itself or for a lock: sent again it would take as long. */
export const isTimeout = (error: unknown): boolean => /^(57014|55P03)$/.test(codeOf(error));

const isLost = (message: string): boolean =>
  /terminated|not queryable|Connection ended|timeout expired/i.test(message);

/** The error as the rules know it, with PostgreSQL's as its cause; any other error as it is. */
export function translateError(error: unknown): unknown {
  const own = error instanceof DrizzleQueryError ? error.cause : error;
  if (own instanceof UnavailableError) return own;
  const code = codeOf(own);
  const { message = "" } = (own ?? {}) as { message?: string };
  if (code === "23505") return new DuplicateKeyError(message, { cause: own });
  if (code === "23503") return new MissingReferenceError(message, { cause: own });
  if (UNAVAILABLE.test(code) || SYSTEM.test(code) || isLost(message)) {
    return new UnavailableError(message, { cause: own });
  }
  return own;
}
