import type { Store } from "../../domain/store.ts";
import { memoizeWeak } from "../../http/memoize-weak.ts";
import { counterOptions, Limiter } from "../../http/rate-limiter.ts";
import { tooMany } from "./api-error.ts";
import { type Context, type GitLabSettings, viewerOf } from "./context.ts";

/** The window in which looks at single users are counted. */
const LOOKUP_WINDOW_MS = 10 * 60 * 1000;

/** One for each store: versions of the API count together, so that none is the other's side door. */
const limiterOf = memoizeWeak(
  (store: Store, limit: number) =>
    new Limiter<number>(limit, LOOKUP_WINDOW_MS, counterOptions(store, "lookups")),
);

/** Counts looks at single users; undefined where there is no limit. */
export function lookupsFor(
  store: Store,
  { lookupLimit }: GitLabSettings,
): Limiter<number> | undefined {
  return lookupLimit === 0 ? undefined : limiterOf(store, lookupLimit);
}

/**
 * Refuses who has looked at too many single users; administrators may. What is not there counts as
 * well, so that trying every number has an end.
 */
export async function requireLookup(context: Context): Promise<void> {
  const viewer = viewerOf(context);
  const wait = viewer.admin ? 0 : ((await context.lookups?.consume(viewer.id)) ?? 0);
  if (wait > 0) throw tooMany(wait);
}
