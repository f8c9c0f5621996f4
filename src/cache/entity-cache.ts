import type { LRUCache } from "lru-cache";
import { boundedLru } from "./bounded-lru.ts";

/** Values that were loaded once and hold while their version does. Bounded in bytes. */
export class EntityCache<K extends {}, V extends {}> {
  readonly #entries: LRUCache<K, { version: number; value: V }>;

  /** `size` estimates the bytes of a value and its key. */
  constructor(bytes: number, size: (value: V, key: K) => number) {
    this.#entries = boundedLru(bytes, ({ value }, key) => size(value, key));
  }

  /** The value under a key, as `load` loads it where the version has moved. */
  async get(key: K, version: number, load: () => Promise<V | undefined>): Promise<V | undefined> {
    const entry = this.#entries.get(key);
    if (entry?.version === version) return entry.value;
    const value = await load();
    // Every caller gets the same value, so no caller may write into it.
    if (value !== undefined) this.#entries.set(key, { version, value: Object.freeze(value) });
    return value;
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** Bytes held, for the metrics. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }
}
