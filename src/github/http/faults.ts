import { addressOf } from "../../http/client-address.ts";
import type { ErrorOverride, Fault } from "../../http/dialect.ts";
import { STATUS_CODES } from "../../http/status-codes.ts";
import { ApiError } from "./api-error.ts";
import { rateLimitExceeded, secondaryRateLimitExceeded } from "./authenticate.ts";
import type { Context } from "./context.ts";

/** What github.com gives who has a token, and who has none. */
const USUAL = { authenticated: 5000, anonymous: 60 };

const early = (status: number, message: string): Fault<Context> => ({
  early: true,
  error: () => new ApiError(status, message, { documentation: "root" }),
});

const MESSAGES: Readonly<Record<number, string>> = {
  401: "Bad credentials",
  422: "Validation Failed",
  451: "Repository access blocked",
  500: "Server Error",
  502: "Server Error",
  504: "Server Error",
};
/** The description of GitHub's own 422 of following (docs.github.com/rest/users/followers). */
const SPAMMED = "Validation failed, or the endpoint has been spammed.";

function errorOf(
  operation: string | undefined,
  { status = 500, message }: ErrorOverride,
): ApiError {
  const text = message ?? MESSAGES[status] ?? STATUS_CODES[status] ?? "";
  if (status !== 422) return new ApiError(status, text);
  const explanation = operation === "users/follow" ? SPAMMED : text;
  const error = { resource: "User", field: "base", code: "custom", message: explanation } as const;
  return new ApiError(422, text, { errors: [error] });
}

/** What GitHub answers when it can't, or will not any more. */
export const faults: Readonly<Record<string, Fault<Context>>> = {
  "server-error": early(500, "Server Error"),
  "bad-gateway": early(502, "Server Error"),
  unavailable: early(503, "Service Unavailable"),
  "gateway-timeout": early(504, "Server Error"),
  "primary-limit": {
    error({ context, req }, seconds) {
      const { settings, caller, store } = context;
      const limits = settings.limits?.settings ?? USUAL;
      const limit = caller === undefined ? limits.anonymous : limits.authenticated;
      const reset = Math.ceil(store.clock() / 1000) + seconds;
      context.spent = { limit, used: limit, remaining: 0, reset, exceeded: true };
      return rateLimitExceeded(context, addressOf(req) ?? "");
    },
  },
  status: { error: ({ match }, _, override) => errorOf(match?.target.id, override) },
  "secondary-limit": { error: (_, seconds) => secondaryRateLimitExceeded(seconds) },
};
