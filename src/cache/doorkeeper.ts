const SLOT_BITS = 15;
/** The golden ratio's share of 2 ** 32, which spreads keys that follow one another. */
const SPREAD = 0x9e3779b1;
const REMEMBERED_TEXTS = 512;
/** Callers choose a good part of a text; what is longer than this is never seen again. */
const MAX_TEXT_LENGTH = 1024;

// A cache that takes nothing the first time is spared what is read once, as by one who walks through
// a whole list: to keep that costs more than to make it, as collections of garbage move it twice, and
// it pushes out what is hot.

/** Remembers some 30,000 numbers but 0; one makes room for another now and then. */
export class NumberDoorkeeper {
  readonly #slots = new Float64Array(2 ** SLOT_BITS);

  /** Whether the key was asked for lately; it is remembered from now on. */
  hasSeen(key: number): boolean {
    const slot = Math.imul(key, SPREAD) >>> (32 - SLOT_BITS);
    const isKnown = this.#slots[slot] === key;
    this.#slots[slot] = key;
    return isKnown;
  }
}

/** Remembers between 512 and twice as many texts, the latest ones. */
export class TextDoorkeeper {
  #latest = new Set<string>();
  #before: ReadonlySet<string> = new Set();

  /** Whether the key was asked for lately; it is remembered from now on. */
  hasSeen(key: string): boolean {
    if (key.length > MAX_TEXT_LENGTH) return false;
    if (this.#latest.has(key)) return true;
    const isKnown = this.#before.has(key);
    if (this.#latest.size >= REMEMBERED_TEXTS) {
      this.#before = this.#latest;
      this.#latest = new Set();
    }
    this.#latest.add(key);
    return isKnown;
  }
}
