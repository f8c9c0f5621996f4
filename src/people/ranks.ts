import { LRUCache } from "lru-cache";
import type { Database } from "../storage/database.ts";
import { type EdgeList, edgesAfter } from "./edges.ts";

/** Rows that a page may skip by counting them; more are jumped over. */
const STRIDE = 512;
const MOST_LISTS = 2000;

/** Rows with keys up to a bound; the last segment of a list has none. */
interface Segment {
  upTo: number;
  rows: number;
}

/** Where to start reading: after this key, and then skip so many rows. */
export interface Place {
  after: number;
  skip: number;
}

const nameOf = ({ kind, owner, hidden }: EdgeList) => `${kind} ${owner} ${hidden}`;

/**
 * Finds the n-th row of a long list without reading the rows before it. A list is cut into
 * segments with known numbers of rows; a segment is halved only when somebody asks for a row
 * inside it, and a follow or an unfollow changes one number.
 */
export class Ranks {
  readonly #db: Database;
  readonly #lists = new LRUCache<string, Segment[]>({ max: MOST_LISTS });

  constructor(db: Database) {
    this.#db = db;
  }

  /** Where the row of this rank (from 0) is, in a list of `total` rows. */
  async place(list: EdgeList, rank: number, total: number): Promise<Place> {
    if (rank < STRIDE) return { after: -1, skip: rank };
    const name = nameOf(list);
    const segments = this.#lists.get(name) ?? [{ upTo: Number.POSITIVE_INFINITY, rows: total }];
    this.#lists.set(name, segments);
    return this.#seek(segments, list, rank);
  }

  /** Says that an edge came into a list (`by` 1) or left it (-1). */
  moved(list: EdgeList, key: number, by: 1 | -1): void {
    const segments = this.#lists.get(nameOf(list)) ?? [];
    const at = segments.findIndex(({ upTo }) => key <= upTo);
    const segment = segments[at];
    if (segment === undefined) return;
    segment.rows += by;
    // The next one takes the keys of an empty one; the last one has no next.
    if (segment.rows === 0 && at < segments.length - 1) segments.splice(at, 1);
  }

  /** Segments held, of all lists together. */
  get size(): number {
    let size = 0;
    for (const segments of this.#lists.values()) size += segments.length;
    return size;
  }

  clear(): void {
    this.#lists.clear();
  }

  async #seek(segments: Segment[], list: EdgeList, rank: number): Promise<Place> {
    let before = 0;
    let after = -1;
    let at = 0;
    for (let segment = segments[at]; segment !== undefined; segment = segments[at]) {
      if (rank >= before + segment.rows) {
        before += segment.rows;
        after = segment.upTo;
        at += 1;
      } else if (segment.rows <= 2 * STRIDE) {
        break;
      } else {
        const half = segment.rows >> 1;
        const [middle] = await edgesAfter(this.#db, list, after, half - 1, 1);
        // Somebody else may have cut the list meanwhile.
        if (segments[at] !== segment) return this.#seek(segments, list, rank);
        const rest = segment.rows - half;
        segments.splice(
          at,
          1,
          { upTo: middle?.key ?? after, rows: half },
          { ...segment, rows: rest },
        );
      }
    }
    return { after, skip: rank - before };
  }
}
