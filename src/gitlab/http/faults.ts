import type { ErrorOverride, Exchange, Fault } from "../../http/dialect.ts";
import { STATUS_CODES } from "../../http/status-codes.ts";
import { fixedError, type Refusal, tooMany } from "./api-error.ts";
import type { Context } from "./context.ts";
import { throttled } from "./throttle.ts";

/**
 * Requests in an hour that GitLab lets through where an administrator has switched the throttles on
 * and changed nothing (docs.gitlab.com/administration/settings/user_and_ip_rate_limits).
 */
const THROTTLES = {
  authenticated: 7200,
  anonymous: 3600,
};

const early = (status: number, message: string): Fault<Context> => ({
  early: true,
  error: () => fixedError(status, message),
});

/** What GitLab answers when it can't, or will not any more. */
export const faults: Readonly<Record<string, Fault<Context>>> = {
  "server-error": early(500, "500 Internal Server Error"),
  "bad-gateway": early(502, "502 Bad Gateway"),
  unavailable: early(503, "503 Service Unavailable"),
  "gateway-timeout": early(504, "504 Gateway Timeout"),
  status: { error: (_, seconds, override) => errorOf(seconds, override) },
  throttled: { early: true, error: throttle },
  "too-many-requests": { error: (_, seconds) => tooMany(seconds) },
};

/** Where GitLab's words are not those of HTTP. */
const MESSAGES: Readonly<Record<number, string>> = { 400: "Bad request", 404: "Not found" };

function errorOf(seconds: number, { status = 500, message }: ErrorOverride): Refusal {
  if (status === 429 && message === undefined) return tooMany(seconds);
  return fixedError(status, message ?? `${status} ${MESSAGES[status] ?? STATUS_CODES[status]}`);
}

const CREDENTIALS = ["private-token", "authorization", "job-token"];

/** The throttle in front of everything, whose answer no endpoint has made. */
function throttle({ req, context }: Exchange<Context>, seconds: number): Refusal {
  const isAnonymous = !CREDENTIALS.some((name) => name in req.headers);
  const limit = THROTTLES[isAnonymous ? "anonymous" : "authenticated"];
  const hour = { limit, periodSeconds: 3600, observed: limit + 1, wait: seconds };
  return throttled(context, isAnonymous, hour);
}
