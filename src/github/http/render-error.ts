import { DomainError } from "../../domain/errors.ts";
import { type Exchange, RouteNotFoundError } from "../../http/dialect.ts";
import * as verdicts from "../../http/openapi/validation-errors.ts";
import { writeResponse } from "../../http/write-response.ts";
import { UnavailableError } from "../../storage/errors.ts";
import { ApiError, type FieldError, validationFailed } from "./api-error.ts";
import { isPretty } from "./content-negotiation.ts";
import type { Context } from "./context.ts";
import { callbackOf, script } from "./jsonp.ts";
import { headersOf } from "./response-headers.ts";

const root = { documentation: "root" } as const;
const NOT_FOUND = new ApiError(404, "Not Found");
const NO_ROUTE = new ApiError(404, "Not Found", root);
const NO_GRAPHQL = new ApiError(404, "Not Found", { documentation: "graphql" });

/** GraphQL's address with a slash at its end belongs to that API, though nothing answers there. */
const isBesideGraphql = ({ exchange: { path, prefix } }: Context): boolean =>
  path === "/graphql/" && (prefix === "" || prefix === "/api");

/** Which of GitHub's resources a field of ours belongs to. */
const RESOURCES: Readonly<Record<string, Pick<FieldError, "resource" | "field">>> = {
  username: { resource: "User", field: "login" },
  email: { resource: "User", field: "email" },
  key: { resource: "PublicKey", field: "key" },
  account_urls: { resource: "SocialAccount", field: "account_urls" },
};

/** Any error as GitHub would put it. */
export function refusalOf(error: unknown, context: Context): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof RouteNotFoundError) return isBesideGraphql(context) ? NO_GRAPHQL : NO_ROUTE;
  if (error instanceof DomainError) return ofKind(error);
  if (error instanceof verdicts.Unauthorized) return unauthorized(context);
  if (error instanceof verdicts.BadRequest) return badRequest(error);
  const { type } = (error ?? {}) as { type?: unknown };
  if (typeof type === "string") return unreadable(type);
  if (error instanceof UnavailableError) return ofKind(new DomainError("unavailable"));
  return new ApiError(500, "Server Error", root);
}

function ofKind(error: DomainError): ApiError {
  switch (error.kind) {
    case "not-found":
      return NOT_FOUND;
    case "unauthenticated":
      return new ApiError(401, "Requires authentication");
    case "forbidden":
      return new ApiError(403, "Forbidden");
    case "invalid":
      return validationFailed(fieldError(error, "invalid"));
    case "conflict":
      return validationFailed(fieldError(error, "already_exists"));
    case "unavailable":
      return new ApiError(503, "Service Unavailable", root);
  }
}

function fieldError({ field = "" }: DomainError, code: FieldError["code"]): FieldError {
  const named = RESOURCES[field] ?? { resource: "User", field };
  if (field !== "key") return { ...named, code };
  const message =
    code === "invalid"
      ? "key is invalid. You must supply a key in OpenSSH public key format"
      : "key is already in use";
  return { ...named, code: "custom", message };
}

/** The document refuses it: to an anonymous caller, to a token without the scope, or to a fine-grained one. */
function unauthorized({ caller }: Context): ApiError {
  if (caller === undefined) return new ApiError(401, "Requires authentication");
  // GitHub hides what a token may not see; gh reads from the scope headers what is missing.
  if (caller.permissions === null) return NOT_FOUND;
  return new ApiError(403, "Resource not accessible by personal access token");
}

/** What the validator has to say about one place in a request. */
interface Problem {
  path: string;
  message: string;
  errorCode?: string;
}

function badRequest({ errors }: { errors: readonly Problem[] }): ApiError {
  // An impossible name or number in the path is a resource that is not there.
  if (errors.some(({ path }) => path.startsWith("/params"))) return NOT_FOUND;
  const ofBody = (word: string) =>
    errors.some(({ path, errorCode }) => path === "/body" && errorCode?.startsWith(word));
  // Where there is a choice of forms, each of them says what it would rather have.
  if (ofBody("type.") && !ofBody("oneOf."))
    return new ApiError(400, "Body should be a JSON object");
  const lines = new Set(errors.map(sentence));
  return new ApiError(422, ["Invalid request.\n", ...lines].join("\n"));
}

function sentence({ path, message, errorCode = "" }: Problem): string {
  const field = path.split("/").slice(2).join(".") || "body";
  return errorCode.startsWith("required")
    ? `"${field}" wasn't supplied.`
    : `For '${field}', ${message}.`;
}

/** The body parser's own types of error. */
function unreadable(type: string): ApiError {
  switch (type) {
    case "entity.parse.failed":
      return new ApiError(400, "Problems parsing JSON");
    case "entity.too.large":
      return new ApiError(413, "Payload Too Large");
    case "encoding.unsupported":
    case "charset.unsupported":
      return new ApiError(415, "Unsupported Media Type");
    default:
      return new ApiError(400, "Bad Request");
  }
}

/** Answers a request that went wrong; what is not the caller's fault is logged. */
export function renderError(exchange: Exchange<Context>, error: unknown): void {
  const { context } = exchange;
  const refusal = refusalOf(error, context);
  if (refusal.status >= 500) context.settings.log.error({ err: error, id: context.requestId });
  const headers = [...headersOf(context, "error"), ...(refusal.details.headers ?? [])];
  const { text, type, status } = written(context, refusal, headers);
  writeResponse(exchange, status, headers, { text, type: `${type}; charset=utf-8` });
}

function written(context: Context, refusal: ApiError, headers: readonly string[]) {
  const { status, message, details } = refusal;
  if (details.plain === true) return { status, text: Buffer.from(message), type: "text/plain" };
  const { errors, withStatus = true } = details;
  const body = {
    message,
    ...(errors === undefined ? {} : { errors }),
    documentation_url: documentationOf(context, refusal),
    ...(withStatus ? { status: String(status) } : {}),
  };
  const { req } = context.exchange;
  const callback = callbackOf(req);
  if (callback !== undefined) {
    const text = script(callback, status, headers, Buffer.from(JSON.stringify(body)));
    return { status: 200, text, type: "application/javascript" };
  }
  const text = isPretty(req.headers["user-agent"])
    ? `${JSON.stringify(body, null, 2)}\n`
    : JSON.stringify(body);
  return { status, text: Buffer.from(text), type: "application/json" };
}

function documentationOf({ settings, exchange }: Context, { details }: ApiError): string {
  const { documentation = "operation" } = details;
  if (typeof documentation === "object") return documentation.url;
  const page = exchange.match?.target.schema.externalDocs?.url;
  const [major, minor] = settings.version.split(".");
  const docs = `https://docs.github.com/enterprise-server@${major}.${minor}`;
  if (documentation === "graphql") return `${docs}/graphql`;
  const root = `${docs}/rest`;
  return documentation === "operation" && page !== undefined
    ? page.replace(/^.*?\/rest(?=\/)/, root)
    : root;
}
