/** A refusal, with the one line that its answer says. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  /** A flat list of names and values. */
  readonly headers: readonly string[];

  constructor(status: number, message: string, headers: readonly string[] = []) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
