import { LRUCache } from "lru-cache";
import type { Store } from "../domain/store.ts";
import type { Listed, User } from "../domain/user.ts";
import { listedByIds } from "../domain/users/users.ts";

/** A page of a list as a dialect last wrote it out. */
interface Page {
  /** What `Versions` said when it was written. */
  version: string;
  written: { readonly text: Buffer | string; readonly headers: readonly string[] };
}

type Sized = "pages" | "fragments" | "rows" | "findings" | "bases";

/** How many users a search found, or who of them a page has. */
interface Finding {
  version: number;
  found: number | readonly number[];
}

/** A user's row as it was when it was read, and what `Versions` said just before. */
interface Row {
  profile: number;
  graph: number;
  user: User;
}

interface Fragment {
  /** A number may be given out again; a base never is. */
  base: LinkBase;
  version: number;
  text: string;
}

/** Rough bytes of an entry besides its texts: map slots, the entry object. */
const OVERHEAD = 200;
/** Ids stay below this, and numbers of bases below the next, so that both fit one exact number. */
const IDS = 2 ** 40;
const BASE_NUMBERS = 2 ** 12;
const MOST_BASES = 256;
/** Bytes of rows: some thousands of users, who call or are looked at again and again. */
const ROWS = 8 * 2 ** 20;
const FINDINGS = 4 * 2 ** 20;
const BASES = 2 ** 20;

/** Where links of one dialect below one origin begin; texts differ by it, so caches do too. */
export interface LinkBase {
  readonly number: number;
  readonly origin: string;
  /** The origin and the mounted prefix. */
  readonly api: string;
}

const bounded = <K extends {}, V extends {}>(bytes: number, size: (value: V, key: K) => number) =>
  new LRUCache<K, V>({
    maxSize: Math.max(1, bytes),
    sizeCalculation: (value, key) => size(value, key) + OVERHEAD,
  });

/** Callers choose a good part of the key and of the Link header, so both count. */
function sizeOfPage({ written: { text, headers } }: Page, key: string): number {
  let size = text.length + key.length;
  for (const header of headers) size += header.length;
  return size;
}

/** Rough bytes of a row: its texts, and a word for each of its other columns. */
function sizeOfRow({ user }: Row): number {
  let size = 0;
  for (const value of Object.values(user)) size += typeof value === "string" ? value.length : 8;
  return size;
}

const sizeOfFinding = ({ found }: Finding, key: string): number =>
  key.length + (typeof found === "number" ? 0 : 8 * found.length);

/**
 * What is kept so that it need not be read and written out again: rows, and lists with the users
 * in them. Bounded in bytes.
 */
export class Caches {
  readonly #pages: LRUCache<string, Page>;
  readonly #fragments: LRUCache<number, Fragment>;
  readonly #rows = bounded<number, Row>(ROWS, sizeOfRow);
  readonly #findings = bounded<string, Finding>(FINDINGS, sizeOfFinding);
  readonly #bases = new LRUCache<string, LinkBase>({
    max: MOST_BASES,
    maxSize: BASES,
    // Callers choose their Host, which is in both texts and in the key.
    sizeCalculation: (_, key) => 3 * key.length + OVERHEAD,
  });
  #basesMade = 0;

  constructor(bytes: { pages: number; fragments: number }) {
    this.#pages = bounded(bytes.pages, sizeOfPage);
    this.#fragments = bounded(bytes.fragments, ({ text }) => text.length);
  }

  /** Dialects that share a prefix write the same user differently, so each has its own. */
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

  setPage(key: string, version: string, written: () => Page["written"]): void {
    if (this.#pages.maxSize > 1) this.#pages.set(key, { version, written: written() });
  }

  /** The row of a user, as `read` reads it where something about the user has changed. */
  async row(
    {
      profileVersions: profiles,
      followVersions: graph,
    }: Pick<Store, "profileVersions" | "followVersions">,
    id: number,
    read: () => Promise<User | undefined>,
  ): Promise<User | undefined> {
    const now = { profile: profiles.of(id), graph: graph.of(id) };
    const kept = this.#rows.get(id);
    if (kept?.profile === now.profile && kept.graph === now.graph) return kept.user;
    const user = await read();
    // Everybody gets the same one, so nobody may write into it.
    if (user !== undefined) this.#rows.set(id, { ...now, user: Object.freeze(user) });
    return user;
  }

  /** What a search found, as `find` finds it where the version has moved. */
  async searchResult<T extends Finding["found"]>(
    key: string,
    version: number,
    find: () => Promise<T>,
  ): Promise<T> {
    const kept = this.#findings.get(key);
    if (kept?.version === version) return kept.found as T;
    const found = await find();
    this.#findings.set(key, { version, found });
    return found;
  }

  /** Call after a change to a user's row that no list shows. */
  forgetRow(id: number): void {
    this.#rows.delete(id);
  }

  /**
   * The texts of the users of a page, in the order of the ids. Ids that are nobody's are left out.
   * `write` must depend on nothing but the row and the base.
   */
  async renderedUsers(
    store: Store,
    base: LinkBase,
    ids: readonly number[],
    write: (user: Listed, base: LinkBase) => string,
  ): Promise<string[]> {
    const texts: (string | undefined)[] = ids.map((id) => this.#fragment(store, base, id));
    const missing = ids.filter((_, place) => texts[place] === undefined);
    if (missing.length === 0) return texts as string[];
    const written = new Map<number, string>();
    for (const user of await listedByIds(store, missing)) {
      const text = write(user, base);
      written.set(user.id, text);
      const version = store.profileVersions.of(user.id);
      this.#fragments.set(base.number * IDS + user.id, { base, version, text });
    }
    return ids
      .map((id, place) => texts[place] ?? written.get(id))
      .filter((text) => text !== undefined);
  }

  #fragment(store: Store, base: LinkBase, id: number): string | undefined {
    const fragment = this.#fragments.get(base.number * IDS + id);
    if (fragment?.base !== base || fragment.version !== store.profileVersions.of(id))
      return undefined;
    return fragment.text;
  }

  /** Bytes held, for the metrics. */
  get sizes(): Readonly<Record<Sized, number>> {
    return {
      pages: this.#pages.calculatedSize,
      fragments: this.#fragments.calculatedSize,
      rows: this.#rows.calculatedSize,
      findings: this.#findings.calculatedSize,
      bases: this.#bases.calculatedSize,
    };
  }
}
