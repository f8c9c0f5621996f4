import { LRUCache } from "lru-cache";
import { boundedLru, ENTRY_OVERHEAD_BYTES } from "./bounded-lru.ts";
import { Doorkeeper, hashOf } from "./doorkeeper.ts";

/** A page of a list as a dialect last rendered it. */
interface Page {
  version: string;
  written: {
    readonly text: Buffer | string;
    readonly headers: readonly string[];
    /** Of all its forms, where it has several. */
    readonly bytes?: number;
  };
}

interface Fragment {
  /** A number may be given out again; a base never is. */
  base: LinkBase;
  version: number;
  text: string;
}

/**
 * Few, as a fragment's key is made of an id and such a number: V8 looks keys below 2 ** 31 up
 * several times as fast as greater ones, and ids up to 33 million stay below it.
 */
const BASE_NUMBERS = 64;
const MAX_BASES = 256;
const BASE_BYTES = 2 ** 20;

/** About as many as the caches have room for by default: of more, each would push out another. */
const REMEMBERED_PAGES = 512;
const REMEMBERED_FRAGMENTS = 2 ** 14;

/** Where links of one dialect below one origin begin; texts differ by it, so caches do too. */
export interface LinkBase {
  readonly number: number;
  readonly origin: string;
  /** The origin and the mounted prefix. */
  readonly api: string;
}

/** What renders the entities of a page, and when a rendered text is stale. */
interface Rendering<Entity extends { readonly id: number }> {
  /** Moves with all that the text of this id shows. */
  readonly versionOf: (id: number) => number;
  /** The entities of these ids, in any order; unknown ids are left out. */
  readonly load: (ids: readonly number[]) => Promise<readonly Entity[]>;
  /** Depends on the entity and the base alone. */
  readonly render: (entity: Entity, base: LinkBase) => string;
  /** Whether the text holds until a version moves; else it is written for each answer. */
  readonly isLasting: (entity: Entity) => boolean;
}

/** Callers choose a good part of the key and of the Link header, so both count. */
function sizeOfPage({ written: { text, headers, bytes } }: Page, key: string): number {
  let size = (bytes ?? text.length) + key.length;
  for (const header of headers) size += header.length;
  return size;
}

/**
 * Rendered texts: whole pages, and the entities in them, from the second time that they are asked
 * for. Bounded in bytes.
 */
export class ResponseCache {
  readonly #pages: LRUCache<string, Page>;
  readonly #fragments: LRUCache<number, Fragment>;
  readonly #bases = new LRUCache<string, LinkBase>({
    max: MAX_BASES,
    maxSize: BASE_BYTES,
    // Callers choose their Host, which is in both texts and in the key.
    sizeCalculation: (_, key) => 3 * key.length + ENTRY_OVERHEAD_BYTES,
  });
  #basesMade = 0;
  readonly #pageDoorkeeper = new Doorkeeper(REMEMBERED_PAGES);
  readonly #fragmentDoorkeeper = new Doorkeeper(REMEMBERED_FRAGMENTS);

  constructor(bytes: { pages: number; fragments: number }) {
    this.#pages = boundedLru(bytes.pages, sizeOfPage);
    this.#fragments = boundedLru(bytes.fragments, ({ text }) => text.length);
  }

  /** Dialects that share a prefix render the same entity differently, so each has its own. */
  base(dialect: string, origin: string, prefix: string): LinkBase {
    const api = origin + prefix;
    const key = `${dialect} ${api}`;
    let base = this.#bases.get(key);
    if (base === undefined) {
      this.#basesMade += 1;
      base = { number: this.#basesMade % BASE_NUMBERS, origin, api };
      this.#bases.set(key, base);
    }
    return base;
  }

  /** The page under this key, unless something that it shows has changed since. */
  page<Written extends Page["written"]>(key: string, version: string): Written | undefined {
    const page = this.#pages.get(key);
    return page?.version === version ? (page.written as Written) : undefined;
  }

  /** Keeps a page that is asked for again; `written` runs for what is kept alone. */
  setPage(key: string, version: string, written: () => Page["written"]): void {
    if (this.#pages.maxSize > 1 && this.#pageDoorkeeper.hasSeen(hashOf(key))) {
      this.#pages.set(key, { version, written: written() });
    }
  }

  /** Weighs a page anew that has grown; nothing where it has been replaced meanwhile. */
  weighPage(key: string, written: Page["written"]): void {
    const page = this.#pages.peek(key);
    // Setting the same entry again would keep its size.
    if (page?.written === written) this.#pages.set(key, { ...page });
  }

  /** The texts of the entities of a page, in the order of the ids; unknown ids are left out. */
  async texts<Entity extends { readonly id: number }>(
    base: LinkBase,
    ids: readonly number[],
    { versionOf, load, render, isLasting }: Rendering<Entity>,
  ): Promise<string[]> {
    // From before the entities are read: a text may be newer than its version, never older.
    const versions = ids.map(versionOf);
    const texts = ids.map((id, place) => this.#fragment(base, id, versions[place]));
    const missing = ids.filter((_, place) => texts[place] === undefined);
    if (missing.length === 0) return texts as string[];
    const rendered = new Map<number, string>();
    for (const entity of await load(missing)) {
      const text = render(entity, base);
      rendered.set(entity.id, text);
      if (!isLasting(entity)) continue;
      const key = keyOf(base, entity.id);
      if (!this.#fragmentDoorkeeper.hasSeen(key)) continue;
      const version = versions[ids.indexOf(entity.id)] as number;
      this.#fragments.set(key, { base, version, text });
    }
    return ids
      .map((id, place) => texts[place] ?? rendered.get(id))
      .filter((text) => text !== undefined);
  }

  #fragment(base: LinkBase, id: number, version: number | undefined): string | undefined {
    const fragment = this.#fragments.get(keyOf(base, id));
    return fragment?.base === base && fragment.version === version ? fragment.text : undefined;
  }

  /** Bytes held, for the metrics. */
  get sizes() {
    return {
      pages: this.#pages.calculatedSize,
      fragments: this.#fragments.calculatedSize,
      bases: this.#bases.calculatedSize,
    };
  }
}

const keyOf = ({ number }: LinkBase, id: number): number => id * BASE_NUMBERS + number;
