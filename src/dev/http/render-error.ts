import { DomainError } from "../../domain/errors.ts";
import { type Exchange, RouteNotFoundError } from "../../http/dialect.ts";
import * as verdicts from "../../http/openapi/validation-errors.ts";
import { SeedError } from "../seed-error.ts";
import type { Context } from "./context.ts";
import { NotAuthorized, NotLocal } from "./loopback.ts";
import { sendResponse } from "./send-response.ts";

/** What was asked can't be done; the message says why. */
export class DevApiError extends Error {
  override name = "DevApiError";
  readonly status: number;

  constructor(status: 404 | 409 | 422, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers what went wrong, as one line. */
export async function renderError(exchange: Exchange<Context>, error: unknown): Promise<void> {
  const [status, message] = errorParts(error, exchange);
  if (status >= 500) exchange.context.world.origin.log.error({ err: error });
  await sendResponse(exchange, { status, body: { error: message } });
}

const TOKEN_NEEDED =
  "The controls want their token: Authorization: Bearer, with the value of FOLLOWD_CONTROL_TOKEN.";

interface Problem {
  path: string;
  message: string;
  errorCode?: string | undefined;
}

function errorParts(
  error: unknown,
  { req, prefix, path }: Exchange,
): [status: number, message: string] {
  if (error instanceof DevApiError) return [error.status, error.message];
  if (error instanceof NotLocal) return [403, "The controls are for programs on this machine."];
  if (error instanceof NotAuthorized) return [401, TOKEN_NEEDED];
  if (error instanceof RouteNotFoundError) {
    return [404, `There is no control ${req.method} ${prefix}${path}; see docs/dev.md.`];
  }
  if (error instanceof SeedError || error instanceof DomainError) return [422, error.message];
  if (error instanceof verdicts.BadRequest) return [400, error.errors.map(sentence).join("; ")];
  const { type } = (error ?? {}) as { type?: unknown };
  if (type === "entity.too.large") return [413, "The body is too long."];
  if (typeof type === "string") return [400, "The body is no JSON."];
  return [500, "Something unforeseen has happened; the log tells."];
}

function sentence({ path, message, errorCode = "" }: Problem): string {
  const name = path.split("/").slice(2).join(".") || "the body";
  if (errorCode.startsWith("additionalProperties.")) return `there is no “${name}” here`;
  if (errorCode.startsWith("required.")) return `${name} is missing`;
  return `${name} ${message}`;
}
