// What an engine's errors mean to the rules. Each engine translates its own, once, as they leave it.

/** A unique value is already taken. */
export class DuplicateKeyError extends Error {
  override name = "DuplicateKeyError";
}

/** A row refers to another one that is not there. */
export class MissingReferenceError extends Error {
  override name = "MissingReferenceError";
}

/** The database can't be used now: locked, full, corrupt, unwritable, out of reach. */
export class UnavailableError extends Error {
  override name = "UnavailableError";
}

/** The database was made by a newer followd, or is another program's; nothing was changed. */
export class SchemaError extends Error {
  override name = "SchemaError";
}

/**
 * A text has a NUL. PostgreSQL holds no such text, so no engine takes one, in no statement: a value
 * that one of them refuses and another stores would be lost when the data move.
 */
export class MalformedTextError extends Error {
  override name = "MalformedTextError";
  /** As the parsers of bodies name what they refuse. */
  readonly type = "text.malformed";

  constructor() {
    super("A text has a NUL in it.");
  }
}

/** Throws MalformedTextError when one of the values that are to be bound is a text with a NUL. */
export function requireStorableTexts(values: readonly unknown[]): void {
  for (const value of values) {
    if (typeof value === "string" && value.includes("\0")) throw new MalformedTextError();
  }
}
