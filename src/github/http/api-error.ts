/** One line of a 422's `errors`. */
export interface FieldError {
  resource: string;
  field: string;
  code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  message?: string;
}

interface RefusalDetails {
  /** `errors`, which is a text for a version that is not served. */
  errors?: readonly FieldError[] | readonly string[] | string;
  /** Where the reader is sent: the page of the operation, of the whole REST API, or of GraphQL. */
  documentation?: "operation" | "root" | "graphql" | { url: string };
  headers?: readonly string[];
  /** Anonymous callers over their rate limit get no `status` member. */
  withStatus?: boolean;
  /** The message is all of the body, as plain text. */
  plain?: boolean;
}

/** An answer that GitHub gives in place of the one asked for. */
export class ApiError extends Error {
  override name = "Refusal";
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(status: number, message: string, details: RefusalDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

export const validationFailed = (...errors: FieldError[]) =>
  new ApiError(422, "Validation Failed", { errors });
