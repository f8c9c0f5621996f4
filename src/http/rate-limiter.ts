import { LRUCache } from "lru-cache";

const MAX_BYTES = 8 * 2 ** 20;
/** Rough bytes of a caller besides its name. */
const CALLER_BYTES = 100;

interface Window {
  used: number;
  end: number;
}

/** Lets each caller do something so often in a window that opens with the first time. */
export class Limiter<Caller extends number | string> {
  readonly limit: number;
  readonly #length: number;
  readonly #clock: () => number;
  // Callers choose what they are known by, so the bound is one of bytes.
  readonly #windows = new LRUCache<Caller, Window>({
    maxSize: MAX_BYTES,
    sizeCalculation: (_, caller) =>
      CALLER_BYTES + (typeof caller === "string" ? 2 * caller.length : 0),
  });

  /** `length` is in milliseconds. */
  constructor(limit: number, length: number, clock: () => number) {
    this.limit = limit;
    this.#length = length;
    this.#clock = clock;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#windows.calculatedSize;
  }

  /** Whether a caller has had all that there is, without counting. */
  isSpent(caller: Caller): boolean {
    const window = this.#windows.get(caller);
    return window !== undefined && window.end > this.#clock() && window.used >= this.limit;
  }

  /** Counts once more; says how many seconds a caller has to wait who has had enough, else 0. */
  consume(caller: Caller): number {
    const now = this.#clock();
    let window = this.#windows.get(caller);
    if (window === undefined || window.end <= now) {
      window = { used: 0, end: now + this.#length };
      this.#windows.set(caller, window);
    }
    window.used += 1;
    return window.used > this.limit ? Math.ceil((window.end - now) / 1000) : 0;
  }
}
