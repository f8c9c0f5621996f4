import { LRUCache } from "lru-cache";

/** Rough bytes of an entry besides what it holds: map slots, the entry object. */
export const ENTRY_OVERHEAD_BYTES = 200;

/** An LRU cache that holds at most so many bytes. `size` estimates the bytes of an entry. */
export const boundedLru = <K extends {}, V extends {}>(
  bytes: number,
  size: (value: V, key: K) => number,
): LRUCache<K, V> =>
  new LRUCache<K, V>({
    maxSize: Math.max(1, bytes),
    sizeCalculation: (value, key) => size(value, key) + ENTRY_OVERHEAD_BYTES,
  });
