import { LRUCache } from "lru-cache";

const MAX_BYTES = 8 * 2 ** 20;
/** Rough bytes of a caller besides its name. */
const CALLER_BYTES = 100;

interface Window {
  used: number;
  end: number;
}

/** Counts that several servers share; the storage engine has them where there may be several. */
export interface CounterWindows {
  add(key: string, points: number, length: number, now: number): Promise<Window>;
  look(key: string, now: number): Promise<Window | undefined>;
}

/** Where a limiter counts: in this process, or with other servers under a name of its own. */
export interface CounterOptions {
  readonly clock: () => number;
  readonly shared?: { readonly windows: CounterWindows; readonly name: string } | undefined;
}

/** Where the limiters of a store count. `name` tells limiters apart that share a database. */
export const counterOptions = (
  { clock, engine }: { clock: () => number; engine: { windows?: CounterWindows | undefined } },
  name: string,
): CounterOptions => ({
  clock,
  shared: engine.windows === undefined ? undefined : { windows: engine.windows, name },
});

/**
 * Lets each caller do something so often in a window that opens with the first time. Answers at once
 * where it counts in this process, else with a promise, which rejects when the database does.
 */
export class Limiter<Caller extends number | string> {
  readonly limit: number;
  readonly #length: number;
  readonly #counting: CounterOptions;
  // Callers choose what they are known by, so the bound is one of bytes.
  readonly #windows = new LRUCache<Caller, Window>({
    maxSize: MAX_BYTES,
    sizeCalculation: (_, caller) =>
      CALLER_BYTES + (typeof caller === "string" ? 2 * caller.length : 0),
  });

  /** `length` is in milliseconds. */
  constructor(limit: number, length: number, counting: CounterOptions) {
    this.limit = limit;
    this.#length = length;
    this.#counting = counting;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#windows.calculatedSize;
  }

  /** Whether a caller has had all that there is, without counting. */
  isSpent(caller: Caller): boolean | Promise<boolean> {
    const { clock, shared } = this.#counting;
    const now = clock();
    if (shared !== undefined) {
      const looked = shared.windows.look(`${shared.name} ${caller}`, now);
      return looked.then((window) => window !== undefined && window.used >= this.limit);
    }
    const window = this.#windows.get(caller);
    return window !== undefined && window.end > now && window.used >= this.limit;
  }

  /** Counts once more; says how many seconds a caller has to wait who has had enough, else 0. */
  consume(caller: Caller): number | Promise<number> {
    const { clock, shared } = this.#counting;
    const now = clock();
    if (shared !== undefined) {
      const counted = shared.windows.add(`${shared.name} ${caller}`, 1, this.#length, now);
      return counted.then((window) => this.#wait(window, now));
    }
    let window = this.#windows.get(caller);
    if (window === undefined || window.end <= now) {
      window = { used: 0, end: now + this.#length };
      this.#windows.set(caller, window);
    }
    window.used += 1;
    return this.#wait(window, now);
  }

  #wait({ used, end }: Window, now: number): number {
    return used > this.limit ? Math.ceil((end - now) / 1000) : 0;
  }
}
