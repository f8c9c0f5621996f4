import { DomainError } from "../../domain/errors.ts";
import { UnreadableType } from "../../http/body-parsing.ts";
import { type Exchange, type Operation, RouteNotFoundError } from "../../http/dialect.ts";
import * as verdicts from "../../http/openapi/validation-errors.ts";
import { RequestBoundError } from "../../http/request-bounds.ts";
import { writeResponse } from "../../http/write-response.ts";
import { UnavailableError } from "../../storage/errors.ts";
import {
  badRequest,
  fixedError,
  forbidden,
  insufficientScope,
  notFoundError,
  Refusal,
} from "./api-error.ts";
import { conditionalProblems, groupRuleMessages } from "./authenticate.ts";
import type { Context } from "./context.ts";
import { declarationOf } from "./declared-parameters.ts";
import { grapeMessagesFor, type Problem } from "./grape-messages.ts";
import { headersOf } from "./response-headers.ts";
import { JSON_TYPE, serializeAsRails } from "./send-response.ts";

const NO_ROUTE = badRequest("404 Not Found", 404);
const MALFORMED =
  "\nProblem:\n  message body does not match declared format\nResolution:\n  when specifying " +
  "application/json as content-type, you must pass valid application/json in the request's " +
  "'body' ";

/** What things are called in `404 … Not Found`. */
const THINGS: Readonly<Record<string, string>> = {
  user: "User",
  email: "Email",
  key: "Key",
  "gpg-key": "GPG Key",
  identity: "Identity",
  token: "Token",
  "impersonation-token": "Impersonation Token",
  "custom-attribute": "Custom attribute",
};

/** How a version of the API complains of what the validator finds wrong with parameters. */
export type Complain = (
  context: Context,
  operation: Operation,
  problems: readonly Problem[],
) => Refusal;

/** Any error as GitLab would put it. */
function refusalOf(error: unknown, exchange: Exchange<Context>, complain: Complain): Refusal {
  const { context, match } = exchange;
  if (error instanceof Refusal) return error;
  if (error instanceof RouteNotFoundError) return noRoute(error, exchange);
  if (error instanceof DomainError) return ofKind(error);
  if (error instanceof verdicts.Unauthorized && match) return unauthorized(context, match.target);
  if (error instanceof verdicts.BadRequest && match) {
    return complain(context, match.target, error.errors);
  }
  if (error instanceof UnreadableType) {
    return badRequest(`The provided content-type '${error.message}' is not supported.`, 415);
  }
  if (error instanceof RequestBoundError) return badRequest(error.message);
  const { type, name, code } = (error ?? {}) as Record<"type" | "name" | "code", unknown>;
  if (type === "entity.parse.failed") return badRequest(MALFORMED);
  if (type === "entity.too.large" || code === "LIMIT_FILE_SIZE") {
    return fixedError(413, "413 Request Entity Too Large");
  }
  if (type === "parameters.too.many")
    return badRequest(new RequestBoundError("parameters").message);
  if (type === "querystring.parse.rangeError") {
    return badRequest(new RequestBoundError("depth").message);
  }
  if (typeof type === "string" || name === "MulterError") return badRequest("400 Bad request");
  if (error instanceof UnavailableError) return fixedError(503, "503 Service Unavailable");
  return fixedError(500, "500 Internal Server Error");
}

function noRoute({ allowed }: RouteNotFoundError, { req }: Exchange<Context>): Refusal {
  if (allowed.length === 0) return NO_ROUTE;
  const methods = ["OPTIONS", ...allowed, ...(allowed.includes("GET") ? ["HEAD"] : [])];
  const headers = ["Allow", methods.join(", ")];
  if (req.method === "OPTIONS") return new Refusal(204, undefined, headers);
  return new Refusal(405, { error: "405 Not Allowed" }, headers);
}

function ofKind({ kind, message }: DomainError): Refusal {
  switch (kind) {
    case "not-found":
      return notFoundError(THINGS[message] ?? "");
    case "unauthenticated":
      return fixedError(401, "401 Unauthorized");
    case "forbidden":
      return forbidden();
    case "invalid":
      return fixedError(400, "400 Bad request");
    case "conflict":
      return fixedError(409, "409 Conflict");
    case "unavailable":
      return fixedError(503, "503 Service Unavailable");
  }
}

/** An anonymous caller, or a token without the scope; under sudo no scope is asked for. */
function unauthorized({ caller }: Context, { schema }: Operation): Refusal {
  if (caller === undefined) return fixedError(401, "401 Unauthorized");
  return insufficientScope([...new Set(schema.security.flatMap(({ token = [] }) => token))]);
}

/** Everything that is wrong with the parameters, in the order in which they are declared. */
export const complaints = (
  context: Context,
  operation: Operation,
  problems: readonly Problem[],
): Refusal => badRequest(wrongs(context, operation, problems));

function wrongs(context: Context, operation: Operation, problems: readonly Problem[]): string {
  const { all } = declarationOf(operation);
  const more = conditionalProblems(context, operation);
  return grapeMessagesFor(all, [...problems, ...more], groupRuleMessages(context, operation));
}

/** Refuses what breaks the rules that a document can't say. */
export function checkGroups({ context }: Exchange<Context>, operation: Operation): void {
  if (!declarationOf(operation).hasRules) return;
  const wrong = wrongs(context, operation, []);
  if (wrong !== "") throw badRequest(wrong);
}

/** Answers a request that went wrong; what is not the caller's fault is logged. */
export function renderError(
  exchange: Exchange<Context>,
  error: unknown,
  complain: Complain = complaints,
): void {
  const { context } = exchange;
  const refusal = refusalOf(error, exchange, complain);
  if (refusal.status >= 500) context.settings.log.error({ err: error, id: context.requestId });
  const headers = [...headersOf(context), "Cache-Control", "no-cache", ...refusal.headers];
  if (refusal.body === undefined) {
    writeResponse(exchange, refusal.status, headers);
    return;
  }
  const { text, type = JSON_TYPE } = serializeAsRails(refusal.body);
  writeResponse(exchange, refusal.status, headers, { text, type });
}
