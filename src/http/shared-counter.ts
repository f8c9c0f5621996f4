import { RateLimiterRes } from "rate-limiter-flexible";
import type { CounterWindows } from "./rate-limiter.ts";

/** A window as the library returns it, with its end in the time that all servers share. */
export class SharedWindow extends RateLimiterRes {
  readonly end: number;

  constructor(points: number, { used, end }: { used: number; end: number }, now: number) {
    super(Math.max(0, points - used), end - now, used, false);
    this.end = end;
  }
}

/** Counts as the library's limiter in memory does, in windows that several servers share. */
export class SharedCounter {
  readonly points: number;
  readonly msDuration: number;
  readonly #name: string;
  readonly #windows: CounterWindows;
  readonly #clock: () => number;

  /** `duration` is in seconds. */
  constructor(
    { points, duration }: { points: number; duration: number },
    shared: { name: string; windows: CounterWindows; clock: () => number },
  ) {
    this.points = points;
    this.msDuration = duration * 1000;
    this.#name = shared.name;
    this.#windows = shared.windows;
    this.#clock = shared.clock;
  }

  /** Rejects with the window where the caller has had enough. */
  async consume(key: string, points = 1): Promise<RateLimiterRes> {
    const window = await this.#add(key, points);
    if (window.consumedPoints > this.points) throw window;
    return window;
  }

  /** Takes one back. */
  reward(key: string): Promise<RateLimiterRes> {
    return this.#add(key, -1);
  }

  async get(key: string): Promise<RateLimiterRes | null> {
    const now = this.#clock();
    const found = await this.#windows.look(`${this.#name} ${key}`, now);
    return found === undefined ? null : new SharedWindow(this.points, found, now);
  }

  /** Nothing is kept here. */
  async delete(): Promise<boolean> {
    return false;
  }

  async #add(key: string, points: number): Promise<SharedWindow> {
    const now = this.#clock();
    const window = await this.#windows.add(`${this.#name} ${key}`, points, this.msDuration, now);
    return new SharedWindow(this.points, window, now);
  }
}
