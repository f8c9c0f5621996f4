/** More ids than this are forgotten together: everything then counts as just changed. */
const MOST_REMEMBERED = 100_000;
/** Rough bytes of an id with its version. */
const OF_ENTRY = 40;

/**
 * Says whether something about a user changed, without asking the database. Versions only grow;
 * an id that was never touched has the version of the last event that concerned everybody.
 */
export class Versions {
  #latest = 1;
  #floor = 1;
  readonly #touched = new Map<number, number>();

  of(id: number): number {
    return this.#touched.get(id) ?? this.#floor;
  }

  /** The version of everybody taken together. */
  get latest(): number {
    return this.#latest;
  }

  /** Moves when everything that was remembered about anybody must go. */
  get epoch(): number {
    return this.#floor;
  }

  /** Bytes held, for the metrics. */
  get bytes(): number {
    return this.#touched.size * OF_ENTRY;
  }

  touch(...ids: number[]): void {
    this.#latest += 1;
    for (const id of ids) this.#touched.set(id, this.#latest);
    if (this.#touched.size > MOST_REMEMBERED) this.touchAll();
  }

  touchAll(): void {
    this.#latest += 1;
    this.#floor = this.#latest;
    this.#touched.clear();
  }
}
