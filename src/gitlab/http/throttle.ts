import { SerializedBody } from "../../http/handler.ts";
import { Refusal } from "./api-error.ts";
import type { Context } from "./context.ts";
import { tokenOf } from "./credentials.ts";

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

/** A throttle of Rack::Attack that has had enough. */
interface Throttle {
  /** Requests that it lets through in its period. */
  readonly limit: number;
  readonly periodSeconds: number;
  readonly observed: number;
  /** Seconds after which to come again. */
  readonly wait: number;
}

/**
 * What GitLab answers in front of everything, in plain text and with the headers of its throttles
 * (docs.gitlab.com/administration/settings/user_and_ip_rate_limits).
 */
export function throttled(
  { store }: Context,
  isAnonymous: boolean,
  { limit, periodSeconds, observed, wait }: Throttle,
): Refusal {
  const reset = Math.ceil(store.clock() / 1000) + wait;
  const name = isAnonymous ? "throttle_unauthenticated_api" : "throttle_authenticated_api";
  return new Refusal(
    429,
    new SerializedBody<string>(Buffer.from("Retry later\n"), [], "text/plain"),
    [
      ...["RateLimit-Name", name],
      // Given by the minute, for any period.
      ...["RateLimit-Limit", String(Math.ceil((limit * MINUTE_SECONDS) / periodSeconds))],
      ...["RateLimit-Observed", String(observed)],
      ...["RateLimit-Remaining", "0"],
      ...["RateLimit-Reset", String(reset)],
      ...["RateLimit-ResetTime", new Date(reset * 1000).toUTCString()],
      ...["Retry-After", String(wait)],
    ],
  );
}

/** Counts a request against its caller's limits, and refuses it above them. */
export async function countRequest(context: Context): Promise<void> {
  const { settings, caller, exchange, store } = context;
  const { limits } = settings;
  if (limits === undefined) return;
  const { method, ip: address = "" } = exchange.req;
  const isAnonymous = caller === undefined;
  const isRefused = isAnonymous && tokenOf(context) !== undefined;
  const state = isRefused
    ? await limits.countRefused(address)
    : await limits.count(caller?.user.id, address);
  if (state.exceeded) {
    const { limit, observed = limit + 1, reset } = state;
    const wait = Math.max(1, reset - Math.ceil(store.clock() / 1000));
    throw throttled(context, isAnonymous, { limit, periodSeconds: HOUR_SECONDS, observed, wait });
  }
  if (method === "GET" || method === "HEAD") return;
  const wait = await limits.waitToWrite(caller?.user.id, address);
  if (wait === 0) return;
  const limit = limits.settings.writesPerMinute;
  const throttle = { limit, periodSeconds: MINUTE_SECONDS, observed: limit + 1, wait };
  throw throttled(context, isAnonymous, throttle);
}

/**
 * Finds the caller by `identify`, and counts the request. Bad credentials are counted as well: above
 * their limit no token from that address is looked at.
 */
export async function identifyWithinLimits(
  context: Context,
  identify: (context: Context) => Promise<void>,
): Promise<void> {
  const { limits, badCredentials } = context.settings;
  if (limits === undefined && badCredentials === undefined) return identify(context);
  const { ip: address = "" } = context.exchange.req;
  const hasToken = tokenOf(context) !== undefined;
  if (hasToken && badCredentials !== undefined && (await badCredentials.isSpent(address))) {
    const { limit } = badCredentials;
    const [periodSeconds, wait] = [MINUTE_SECONDS, MINUTE_SECONDS];
    throw throttled(context, true, { limit, periodSeconds, observed: limit + 1, wait });
  }
  try {
    await identify(context);
  } catch (error) {
    const isBad = hasToken && context.caller === undefined && error instanceof Refusal;
    if (isBad && error.status === 401) await badCredentials?.consume(address);
    await countRequest(context);
    throw error;
  }
  await countRequest(context);
}
