import { LRUCache } from "lru-cache";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { CounterOptions } from "./rate-limiter.ts";
import { SharedCounter, SharedWindow } from "./shared-counter.ts";

const HOUR = 3600;
const MINUTE = 60;
const MAX_CALLERS = 100_000;
const CALLER_BYTES = 100;

/** What is counted by itself, whichever dialect is spoken. */
export type Resource = "core" | "graphql" | "search";

/** Searches a minute, with a token and without (docs: rate limit of the search endpoints). */
const SEARCHES = { authenticated: 30, anonymous: 10 };

/** A caller's window, as the five X-RateLimit headers tell it. */
export interface RateLimitState {
  limit: number;
  used: number;
  remaining: number;
  /** Seconds since 1970. */
  reset: number;
  /** What was counted, if not `core`. */
  resource?: Resource;
  exceeded: boolean;
  /** Requests in the window, refused ones too. */
  observed?: number;
}

interface LimitSettings {
  /** Requests an hour with a token. */
  authenticated: number;
  /** Requests an hour without one, by address. */
  anonymous: number;
  /** Writes a minute, above which GitHub speaks of a secondary limit; 0 for none. */
  writesPerMinute: number;
}

/** What counts for one limit, in this process or with others. */
type Counter = Pick<
  RateLimiterMemory,
  "points" | "msDuration" | "consume" | "reward" | "get" | "delete"
>;

/** Counts requests in windows that open with a caller's first request. */
export class Limits {
  readonly settings: LimitSettings;
  readonly #clock: () => number;
  readonly #authenticated: Counter;
  readonly #anonymous: Counter;
  readonly #authenticatedSearches: Counter;
  readonly #anonymousSearches: Counter;
  readonly #writes: Counter;
  /** End of each caller's window. Kept, because recomputing it from the remaining time drifts. */
  readonly #ends: LRUCache<string, number>;

  /** Of `most` callers at a time; the one not seen for longest then begins anew. */
  constructor(settings: LimitSettings, { clock, shared }: CounterOptions, most = MAX_CALLERS) {
    this.settings = settings;
    this.#clock = clock;
    const counter = (name: string, points: number, duration: number): Counter => {
      if (shared === undefined) return new RateLimiterMemory({ points, duration });
      const { windows } = shared;
      return new SharedCounter({ points, duration }, { windows, clock, name });
    };
    this.#authenticated = counter("requests", settings.authenticated, HOUR);
    this.#anonymous = counter("requests from", settings.anonymous, HOUR);
    this.#authenticatedSearches = counter("searches", SEARCHES.authenticated, MINUTE);
    this.#anonymousSearches = counter("searches from", SEARCHES.anonymous, MINUTE);
    // Bounded by size: by `max` it would take its whole memory at once.
    this.#ends = new LRUCache({
      maxSize: most * CALLER_BYTES,
      // A proxy may pass on any text as an address.
      sizeCalculation: (_, key) => Math.max(CALLER_BYTES, 2 * key.length),
      dispose: (_, key, reason) => reason === "evict" && this.#forget(key),
    });
    this.#writes = counter("writes", settings.writesPerMinute || Number.MAX_SAFE_INTEGER, MINUTE);
  }

  #of(user: number | undefined, address: string, resource: Resource = "core"): [Counter, string] {
    const isSearch = resource === "search";
    const [limiter, who] =
      user === undefined
        ? [isSearch ? this.#anonymousSearches : this.#anonymous, address]
        : [isSearch ? this.#authenticatedSearches : this.#authenticated, String(user)];
    return [limiter, resource === "core" ? who : `${resource} ${who}`];
  }

  /** Counts one request, or what costs as much as several. */
  async count(
    user: number | undefined,
    address: string,
    resource: Resource = "core",
    points = 1,
  ): Promise<RateLimitState> {
    const [limiter, key] = this.#of(user, address, resource);
    try {
      return this.#spent(limiter, key, await limiter.consume(key, points), false);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return this.#spent(limiter, key, refused, true);
      throw refused;
    }
  }

  /**
   * Counts a request that shows a credential and is answered before it is known whose it is. These
   * are counted beside those of anonymous callers, who may share the address, and as narrowly.
   */
  countRefused(address: string): Promise<RateLimitState> {
    return this.count(undefined, `refused ${address}`);
  }

  /** Takes back one request that does not count: an unchanged answer to a token. */
  async giveBack(
    user: number | undefined,
    address: string,
    resource: Resource = "core",
  ): Promise<RateLimitState> {
    const [limiter, key] = this.#of(user, address, resource);
    return this.#spent(limiter, key, await limiter.reward(key), false);
  }

  /** Looks without counting. */
  async look(
    user: number | undefined,
    address: string,
    resource: Resource = "core",
  ): Promise<RateLimitState> {
    const [limiter, key] = this.#of(user, address, resource);
    const window = await limiter.get(key);
    const fresh = new RateLimiterRes(limiter.points, limiter.msDuration, 0, true);
    return this.#spent(limiter, key, window ?? fresh, false);
  }

  /** Seconds to wait when a caller writes too fast, else 0. */
  async waitToWrite(user: number | undefined, address: string, writes = 1): Promise<number> {
    try {
      await this.#writes.consume(user === undefined ? address : String(user), writes);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes)
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  }

  #spent(
    { points }: Counter,
    key: string,
    window: RateLimiterRes,
    exceeded: boolean,
  ): RateLimitState {
    const used = Math.min(points, Math.max(0, window.consumedPoints));
    const reset = Math.ceil(this.#endOf(key, window) / 1000);
    const [, word = "core"] = /^(graphql|search) /.exec(key) ?? [];
    const resource = word as Resource;
    const observed = window.consumedPoints;
    return { limit: points, used, remaining: points - used, reset, resource, exceeded, observed };
  }

  /** An address is cheap where whole networks are given out, and an hour is long. */
  #forget(key: string): void {
    for (const limiter of [
      ...[this.#authenticated, this.#anonymous, this.#writes],
      ...[this.#authenticatedSearches, this.#anonymousSearches],
    ]) {
      void limiter.delete(key);
    }
  }

  #endOf(key: string, window: RateLimiterRes): number {
    if (window instanceof SharedWindow) return window.end;
    const { msBeforeNext } = window;
    const end = this.#clock() + msBeforeNext;
    const known = this.#ends.get(key);
    if (known !== undefined && Math.abs(known - end) < 1000) return known;
    this.#ends.set(key, end);
    return end;
  }
}
