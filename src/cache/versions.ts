/** More ids than this are forgotten together: everything then counts as just changed. */
const MAX_IDS = 100_000;
/** Ids that other nodes changed are known by these many groups alone. */
export const ID_SLOTS = 64;
/** Rough bytes of an id with its version. */
const ENTRY_BYTES = 40;

/** The group of ids that an id belongs to. */
export const slotOf = (id: number): number => id % ID_SLOTS;

/**
 * Says whether something about an entity changed, without asking the database. Versions only grow;
 * an id that was never touched has the version of the last change that concerned every id.
 */
export class Versions {
  #latest = 1;
  #floor = 1;
  readonly #touched = new Map<number, number>();
  /** By slot; only where nodes share a database. */
  #slots: number[] | undefined;

  of(id: number): number {
    const version = this.#touched.get(id) ?? this.#floor;
    return this.#slots === undefined ? version : Math.max(version, this.#slots[slotOf(id)] ?? 0);
  }

  /** Moves with any id. */
  get latest(): number {
    return this.#latest;
  }

  /** Moves when every id counts as changed. */
  get epoch(): number {
    return this.#floor;
  }

  /** Bytes held, for the metrics. */
  get bytes(): number {
    return this.#touched.size * ENTRY_BYTES;
  }

  touch(...ids: number[]): void {
    this.#latest += 1;
    for (const id of ids) this.#touched.set(id, this.#latest);
    if (this.#touched.size > MAX_IDS) this.touchAll();
  }

  /** The ids of these slots changed, by another node or by this one. */
  touchSlots(slots: readonly number[]): void {
    this.#latest += 1;
    this.#slots ??= [];
    for (const slot of slots) this.#slots[slot] = this.#latest;
  }

  touchAll(): void {
    this.#latest += 1;
    this.#floor = this.#latest;
    this.#touched.clear();
  }
}
