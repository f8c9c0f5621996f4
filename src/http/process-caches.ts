import { LRUCache } from "lru-cache";

/** Rough bytes of an entry besides its texts. */
const OVERHEAD_BYTES = 200;

const all = new Map<string, { readonly calculatedSize: number }>();

/**
 * A cache for all servers of a process, of what depends on its key alone. Bounded in bytes, of
 * which an entry has so many for each character of its key, as keys are what callers choose.
 */
export function sharedCache<V extends object>(
  name: string,
  bytes: number,
  bytesPerCharacter = 1,
): LRUCache<string, V> {
  const cache = new LRUCache<string, V>({
    maxSize: bytes,
    sizeCalculation: (_, key) => key.length * bytesPerCharacter + OVERHEAD_BYTES,
  });
  all.set(name, cache);
  return cache;
}

/** Bytes held by each of them, for the metrics. */
export function sharedSizes(): Record<string, number> {
  return Object.fromEntries([...all].map(([name, { calculatedSize }]) => [name, calculatedSize]));
}
