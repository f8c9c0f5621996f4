import type { Store } from "../../domain/store.ts";
import { addressOf } from "../../http/client-address.ts";
import { memoizeWeak } from "../../http/memoize-weak.ts";
import { counterOptions, Limiter } from "../../http/rate-limiter.ts";
import type { GitLabRelease } from "../versions.ts";
import { tooMany } from "./api-error.ts";
import type { Context } from "./context.ts";

const MINUTE_MS = 60_000;
/** GitLab asks these two for a caller before it counts, and exempts administrators from the count. */
const FOLLOW_LISTS: ReadonlySet<string> = new Set(["listFollowers", "listFollowing"]);

/** One for each operation of a store. */
const limitersOf = memoizeWeak((_store: Store) => new Map<string, Limiter<string>>());

function limiterOf({ store }: Context, operation: string, limit: number): Limiter<string> {
  const known = limitersOf(store);
  const limiter =
    known.get(operation) ?? new Limiter<string>(limit, MINUTE_MS, counterOptions(store, operation));
  known.set(operation, limiter);
  return limiter;
}

/** Counts a request for its caller, or for its address; throws 429 beyond the limit. */
async function consumeUserLimit(context: Context, operation: string, limit: number): Promise<void> {
  const { viewer, settings, exchange } = context;
  if (!settings.userLimits) return;
  if (FOLLOW_LISTS.has(operation) && (viewer === undefined || viewer.admin)) return;
  const caller = viewer === undefined ? `address ${addressOf(exchange.req)}` : `user ${viewer.id}`;
  const wait = await limiterOf(context, operation, limit).consume(caller);
  if (wait > 0) throw tooMany(wait);
}

/** Handlers that count their requests first, where a release limits them. */
export function limitedHandlers(
  handlers: Readonly<Record<string, unknown>>,
  { limits }: GitLabRelease,
): Readonly<Record<string, unknown>> {
  const limited = Object.entries(limits).map(([id, limit]) => {
    const handle = handlers[id] as (input: unknown, context: Context) => unknown;
    const counted = async (input: unknown, context: Context) => {
      await consumeUserLimit(context, id, limit);
      return handle(input, context);
    };
    return [id, counted];
  });
  return { ...handlers, ...Object.fromEntries(limited) };
}
