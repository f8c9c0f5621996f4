import { STATUS_CODES } from "node:http";
import type { Exchange, Fault, WantedError } from "../../http/dialect.ts";
import { SerializedBody } from "../../http/handler.ts";
import { fixedError, Refusal, tooMany } from "./api-error.ts";
import type { Context } from "./context.ts";

/**
 * Requests in an hour that GitLab lets through where an administrator has switched the throttles on
 * and changed nothing (docs.gitlab.com/administration/settings/user_and_ip_rate_limits).
 */
const THROTTLES = {
  throttle_authenticated_api: 7200,
  throttle_unauthenticated_api: 3600,
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
  status: { error: (_, seconds, wanted) => errorOf(seconds, wanted) },
  throttled: { early: true, error: throttled },
  "too-many-requests": { error: (_, seconds) => tooMany(seconds) },
};

/** Where GitLab's words are not those of HTTP. */
const MESSAGES: Readonly<Record<number, string>> = { 400: "Bad request", 404: "Not found" };

function errorOf(seconds: number, { status = 500, message }: WantedError): Refusal {
  if (status === 429 && message === undefined) return tooMany(seconds);
  return fixedError(status, message ?? `${status} ${MESSAGES[status] ?? STATUS_CODES[status]}`);
}

const CREDENTIALS = ["private-token", "authorization", "job-token"];

/** The throttle in front of everything, whose answer no endpoint has made. */
function throttled({ req, context }: Exchange<Context>, seconds: number): Refusal {
  const known = CREDENTIALS.some((name) => name in req.headers);
  const name = known ? "throttle_authenticated_api" : "throttle_unauthenticated_api";
  const hourly = THROTTLES[name];
  const reset = Math.ceil(context.store.clock() / 1000) + seconds;
  return new Refusal(
    429,
    new SerializedBody<string>(Buffer.from("Retry later\n"), [], "text/plain"),
    [
      ...["RateLimit-Name", name],
      // Told by the minute, whatever the period is.
      ...["RateLimit-Limit", String(hourly / 60)],
      ...["RateLimit-Observed", String(hourly + 1)],
      ...["RateLimit-Remaining", "0"],
      ...["RateLimit-Reset", String(reset)],
      ...["RateLimit-ResetTime", new Date(reset * 1000).toUTCString()],
      ...["Retry-After", String(seconds)],
    ],
  );
}
