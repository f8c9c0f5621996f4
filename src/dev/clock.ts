/** What a clock shows, and whether it goes on. */
interface Showing {
  time: string;
  frozen: boolean;
}

/** A clock that can be stopped, set and moved. Times are milliseconds since 1970. */
export class DevClock {
  readonly #real: () => number;
  readonly #start: number | undefined;
  #ahead = 0;
  #stoppedAt: number | undefined;

  /** With `start` it stands still at that time until a control lets it go on. */
  constructor(real: () => number = Date.now, start?: number) {
    this.#real = real;
    this.#start = start;
    this.#stoppedAt = start;
  }

  readonly now = (): number => this.#stoppedAt ?? this.#real() + this.#ahead;

  /** Stops it, at a time or where it is. */
  freeze(time = this.now()): void {
    this.#stoppedAt = time;
  }

  /** Lets it go on, from a time or from where it is. */
  run(time = this.now()): void {
    this.#stoppedAt = undefined;
    this.#ahead = time - this.#real();
  }

  /** Puts it forwards, or back by what is negative. */
  move(milliseconds: number): void {
    if (this.#stoppedAt === undefined) this.#ahead += milliseconds;
    else this.#stoppedAt += milliseconds;
  }

  /** Back to how it began. */
  reset(): void {
    this.#ahead = 0;
    this.#stoppedAt = this.#start;
  }

  get showing(): Showing {
    return {
      time: new Date(this.now()).toISOString(),
      frozen: this.#stoppedAt !== undefined,
    };
  }
}
