/** Spreads hashes that follow one another; the golden ratio's share of 2 ** 32. */
const SPREAD = 0x9e3779b1;
const BITS_PER_KEY = 32;
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Says which keys were asked for lately. A cache that takes nothing the first time is spared what is
 * read once, as by one who walks through a whole list: to keep that costs more than to make it, as
 * collections of garbage move it twice, and it pushes out what is hot.
 *
 * Keys are bits of a filter, as in caches of the TinyLFU kind: of those that are new some three in a
 * hundred seem to be known, and none that was asked for lately is forgotten.
 */
export class Doorkeeper {
  readonly #keys: number;
  readonly #shift: number;
  #latest: Uint32Array;
  #before: Uint32Array;
  #count = 0;

  /** Remembers so many keys at least, and at most twice as many: a power of two. */
  constructor(keys: number) {
    this.#keys = keys;
    this.#shift = Math.clz32(keys * BITS_PER_KEY) + 1;
    this.#latest = new Uint32Array(keys);
    this.#before = new Uint32Array(keys);
  }

  /** Whether a key of this hash was asked for lately; it is remembered from now on. */
  hasSeen(hash: number): boolean {
    const place = Math.imul(hash, SPREAD) >>> this.#shift;
    const word = place >>> 5;
    const bit = 1 << (place & 31);
    if (((this.#latest[word] as number) & bit) !== 0) return true;
    const isKnown = ((this.#before[word] as number) & bit) !== 0;
    if (this.#count === this.#keys) {
      [this.#latest, this.#before] = [this.#before.fill(0), this.#latest];
      this.#count = 0;
    }
    this.#latest[word] = (this.#latest[word] as number) | bit;
    this.#count += 1;
    return isKnown;
  }
}

/** A hash of a text, 32 bits of FNV-1a. */
export function hashOf(text: string): number {
  let hash = FNV_BASIS;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), FNV_PRIME);
  }
  return hash;
}
