import { isNotFound } from "../../domain/errors.ts";
import { type Exchange, RouteNotFoundError } from "../../http/dialect.ts";
import * as verdicts from "../../http/openapi/validation-errors.ts";
import { UnavailableError } from "../../storage/errors.ts";
import { ApiError } from "./api-error.ts";
import type { Context } from "./context.ts";
import { sendResponse } from "./send-response.ts";

type ErrorParts = readonly [status: number, message: string, headers?: readonly string[]];

const NO_USER: ErrorParts = [404, "There is no such user."];

/** Answers a request that went wrong with one line; what is not the caller's fault is logged. */
export async function renderError(exchange: Exchange<Context>, error: unknown): Promise<void> {
  const { settings, requestId } = exchange.context;
  const [status, message, headers = []] = errorParts(error);
  if (status >= 500) settings.log.error({ err: error, id: requestId });
  await sendResponse(exchange, { status, body: { error: message }, headers });
}

function errorParts(error: unknown): ErrorParts {
  if (error instanceof ApiError) return [error.status, error.message, error.headers];
  if (error instanceof RouteNotFoundError) return [404, "There is no such operation."];
  if (isNotFound(error)) return NO_USER;
  if (error instanceof verdicts.BadRequest) return partsOfBadRequest(error);
  if (isUnreadable(error)) return [400, "This query can't be read."];
  if (error instanceof UnavailableError) return [503, "The server can't reach its database now."];
  return [500, "Something went wrong. It is in the server's log."];
}

/** A text in the path that can be no username is a user that is not there. */
function partsOfBadRequest({ errors }: verdicts.BadRequest): ErrorParts {
  if (errors.some(({ path }) => path.startsWith("/params"))) return NO_USER;
  return [400, errors.map(sentence).join("; ")];
}

const sentence = ({ path, message }: { path: string; message: string }): string =>
  `${path.split("/").slice(2).join(".")} ${message}`;

/** Too many parameters, too long a name, or no UTF-8. */
const isUnreadable = (error: unknown): boolean =>
  typeof (error as { type?: unknown } | undefined)?.type === "string";
