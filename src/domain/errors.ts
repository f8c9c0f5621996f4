export type Kind =
  | "not-found"
  | "unauthenticated"
  | "forbidden"
  | "invalid"
  | "conflict"
  | "unavailable";

/** The kinds of errors, without HTTP; each dialect renders them in its own way. */
export class DomainError extends Error {
  override name = "DomainError";
  readonly kind: Kind;
  /** The field at fault, named as in the tables. */
  readonly field: string | undefined;

  constructor(kind: Kind, message: string = kind, field?: string) {
    super(message);
    this.kind = kind;
    this.field = field;
  }
}

export const notFound = (what: string) => new DomainError("not-found", what);

export const isNotFound = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.kind === "not-found";

/** What is looked up; undefined where it is not there. */
export async function undefinedIfMissing<T>(lookup: Promise<T>): Promise<T | undefined> {
  try {
    return await lookup;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
