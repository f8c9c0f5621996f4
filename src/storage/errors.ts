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
