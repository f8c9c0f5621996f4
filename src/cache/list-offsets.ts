import { LRUCache } from "lru-cache";
import { type EdgeList, edgesAfter } from "../domain/follows/edge-queries.ts";
import type { Engine } from "../storage/engine.ts";

/** Rows that a page may skip by counting them; more are jumped over. */
const STRIDE = 512;
/** Bytes of segments: two for each page of five hundred that somebody has asked for. */
const BYTES = 4 * 2 ** 20;
const OF_SEGMENT = 40;
const OF_LIST = 200;

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
export class ListOffsets {
  readonly #db: Engine;
  readonly #lists = new LRUCache<string, Segment[]>({
    maxSize: BYTES,
    sizeCalculation: (segments) => OF_LIST + segments.length * OF_SEGMENT,
  });

  constructor(engine: Engine) {
    this.#db = engine;
  }

  /** Where the row of this rank (from 0) is, in a list of `total` rows. */
  async place(list: EdgeList, rank: number, total: number): Promise<Place> {
    if (rank < STRIDE) return { after: -1, skip: rank };
    const name = nameOf(list);
    const segments = this.#lists.get(name) ?? [{ upTo: Number.POSITIVE_INFINITY, rows: total }];
    this.#lists.set(name, segments);
    const before = segments.length;
    const place = await this.#seek(segments, list, rank);
    if (segments.length !== before) this.#weigh(name, segments);
    return place;
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

  /** A list that was cut is weighed anew; one that is gone has missed changes, and stays away. */
  #weigh(name: string, segments: Segment[]): void {
    if (this.#lists.peek(name) !== segments) return;
    this.#lists.delete(name);
    this.#lists.set(name, segments);
  }

  /** Bytes held, for the metrics. */
  get bytes(): number {
    return this.#lists.calculatedSize;
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
