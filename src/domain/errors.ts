export type Kind =
  | "not-found"
  | "unauthenticated"
  | "forbidden"
  | "invalid"
  | "conflict"
  | "unavailable";

/** The kinds of errors, without HTTP; each dialect renders them in its own manner. */
export class DomainError extends Error {
  override name = "PeopleError";
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
