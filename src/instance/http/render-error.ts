import { isNotFound } from "../../domain/errors.ts";
import type { components } from "../../generated/instance-types.ts";
import { type Exchange, RouteNotFoundError } from "../../http/dialect.ts";
import * as verdicts from "../../http/openapi/validation-errors.ts";
import { UnavailableError } from "../../storage/errors.ts";
import type { Context } from "./context.ts";
import { sendResponse } from "./send-response.ts";

type Checks = Omit<components["schemas"]["readiness"], "status">;

/** Requests should go elsewhere for now; the cause is for the log alone. */
export class NotReady extends Error {
  override name = "NotReady";
  readonly checks: Checks;

  constructor(checks: Checks, cause?: unknown) {
    super("not ready", { cause });
    this.checks = checks;
  }
}

const REASONS = {
  400: "Bad Request",
  404: "Not Found",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

type Status = keyof typeof REASONS;

function statusOf(error: unknown): Status {
  if (error instanceof NotReady) return 503;
  if (error instanceof RouteNotFoundError) return 404;
  if (isNotFound(error)) return 404;
  if (error instanceof verdicts.BadRequest) return statusOfBadRequest(error);
  if (isUnreadable(error)) return 400;
  return error instanceof UnavailableError ? 503 : 500;
}

/** A form that is too long, broken, or of another kind. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof verdicts.UnsupportedMediaType ||
  typeof (error as { type?: unknown } | undefined)?.type === "string";

/** An impossible number in the path is a resource that is not there. */
const statusOfBadRequest = ({ errors }: { errors: readonly { path: string }[] }): Status =>
  errors.some(({ path }) => path.startsWith("/params")) ? 404 : 400;

/** Answers a failed request; faults that are not the caller's are logged and not shown. */
export async function renderError(exchange: Exchange<Context>, error: unknown): Promise<void> {
  const { context } = exchange;
  const status = statusOf(error);
  const cause = error instanceof NotReady ? error.cause : error;
  if (status >= 500 && cause !== undefined)
    context.log.error({ err: cause, id: context.requestId });
  const body =
    error instanceof NotReady
      ? { status: "failed", ...error.checks }
      : { error: `${status} ${REASONS[status]}` };
  await sendResponse(exchange, { status, body });
}
