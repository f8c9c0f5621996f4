import type { LRUCache } from "lru-cache";
import { boundedLru } from "./bounded-lru.ts";

/** How values are loaded that are not held, or no longer hold. */
interface Loading<K, V> {
  readonly versionOf: (key: K) => number;
  readonly keyOf: (value: V) => K;
  /** The values of these keys, in any order; unknown keys are left out. */
  readonly load: (keys: readonly K[]) => Promise<readonly V[]>;
}

/** Values that were loaded once and hold while their version does. Bounded in bytes. */
export class EntityCache<K extends {}, V extends {}> {
  readonly #entries: LRUCache<K, { version: number; value: V }>;

  /** `size` estimates the bytes of a value and its key. */
  constructor(bytes: number, size: (value: V, key: K) => number) {
    this.#entries = boundedLru(bytes, ({ value }, key) => size(value, key));
  }

  /** The value under a key, as `load` loads it where the version has moved. */
  async get(key: K, version: number, load: () => Promise<V | undefined>): Promise<V | undefined> {
    const known = this.#find(key, version);
    if (known !== undefined) return known;
    const value = await load();
    if (value !== undefined) this.#keep(key, version, value);
    return value;
  }

  /**
   * The values under several keys, in no particular order; those without one are left out. `load`
   * loads those whose version has moved, all together.
   */
  async getMany(
    keys: readonly K[],
    { versionOf, keyOf, load }: Loading<K, V>,
  ): Promise<readonly V[]> {
    const found: V[] = [];
    // From before the values are read: a value may be newer than its version, never older.
    const missing = new Map<K, number>();
    for (const key of keys) {
      const version = versionOf(key);
      const known = this.#find(key, version);
      if (known === undefined) missing.set(key, version);
      else found.push(known);
    }
    if (missing.size === 0) return found;
    for (const value of await load([...missing.keys()])) {
      const key = keyOf(value);
      this.#keep(key, missing.get(key) ?? 0, value);
      found.push(value);
    }
    return found;
  }

  #find(key: K, version: number): V | undefined {
    const entry = this.#entries.get(key);
    return entry?.version === version ? entry.value : undefined;
  }

  /** Every caller gets the same value, so no caller may write into it. */
  #keep(key: K, version: number, value: V): void {
    this.#entries.set(key, { version, value: Object.freeze(value) });
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** Bytes held, for the metrics. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }
}
