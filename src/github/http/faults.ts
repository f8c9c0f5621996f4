import type { Fault } from "../../http/dialect.ts";
import { ApiError } from "./api-error.ts";
import { rateLimitExceeded, secondaryRateLimitExceeded } from "./authenticate.ts";
import type { Context } from "./context.ts";

/** What github.com gives who has a token, and who has none. */
const USUAL = { authenticated: 5000, anonymous: 60 };

const early = (status: number, message: string): Fault<Context> => ({
  early: true,
  error: () => new ApiError(status, message, { documentation: "root" }),
});

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
      return rateLimitExceeded(context, req.ip ?? "");
    },
  },
  "secondary-limit": { error: (_, seconds) => secondaryRateLimitExceeded(seconds) },
};
