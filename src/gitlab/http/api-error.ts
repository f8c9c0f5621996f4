/**
 * An answer that GitLab gives in place of the one asked for. GitLab has five families of error
 * bodies and never mixes them; each has a function here that makes it.
 */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: number;
  readonly body: unknown;
  /** A flat list of names and values. */
  readonly headers: readonly string[];

  constructor(status: number, body: unknown, headers: readonly string[] = []) {
    super(`GitLab answers ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Parameters, routes, verbs, bodies, pagination. */
export const badRequest = (error: string, status = 400): Refusal => new Refusal(status, { error });

/** What an endpoint decides. */
export const fixedError = (status: number, message: string): Refusal =>
  new Refusal(status, { message });

export const forbidden = (reason?: string): Refusal =>
  fixedError(403, reason === undefined ? "403 Forbidden" : `403 Forbidden - ${reason}`);

export const notFoundError = (thing: string): Refusal => fixedError(404, `404 ${thing} Not Found`);

/** Where the vendor looks a record up by its number and names no thing: with a small f. */
export const noRecord = (): Refusal => fixedError(404, "404 Not found");

export type FieldMessages = Record<string, readonly string[]>;

/** What a model finds wrong with its fields. */
export const invalid = (fields: FieldMessages): Refusal => new Refusal(400, { message: fields });

/** What is wrong with a token (RFC 6750, section 3). */
export function tokenError(status: number, error: string, description: string, scope?: string) {
  const body = { error, error_description: description, ...(scope === undefined ? {} : { scope }) };
  const challenge = `Bearer realm="Protected by OAuth 2.0", error="${error}", error_description="${description}"`;
  return new Refusal(status, body, status === 401 ? ["WWW-Authenticate", challenge] : []);
}

export const insufficientScope = (scopes: readonly string[]): Refusal =>
  tokenError(
    403,
    "insufficient_scope",
    "The request requires higher privileges than provided by the access token.",
    scopes.join(" "),
  );

/** Asked too often. */
export const tooMany = (retryAfter: number): Refusal =>
  new Refusal(
    429,
    { message: { error: "This endpoint has been requested too many times. Try again later." } },
    ["Retry-After", String(retryAfter)],
  );
