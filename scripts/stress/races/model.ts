/**
 * What two users have between them, as anybody who reads the vendors' pages would think of it: who
 * follows whom, who blocks whom, and who is still there. `ends` is 0 for the one with the smaller
 * id and 1 for the other.
 */
export interface Pair {
  readonly follows: readonly [boolean, boolean];
  readonly blocks: readonly [boolean, boolean];
  readonly gone: readonly [boolean, boolean];
}

export const NOTHING: Pair = {
  follows: [false, false],
  blocks: [false, false],
  gone: [false, false],
};

export type Kind =
  | "github follow"
  | "github unfollow"
  | "github check"
  | "gitlab follow"
  | "gitlab unfollow"
  | "block"
  | "unblock"
  | "delete"
  | "import"
  | "read";

/** Something that was done, from when it was asked to when it was answered (milliseconds). */
export interface TimedOperation {
  readonly kind: Kind;
  /** Who did it, 0 or 1; who was deleted; which end's rows were read. */
  readonly by: 0 | 1;
  readonly from: number;
  readonly to: number;
  /** The status of the answer; of a `read` 1 for a follow and 2 for a block, added up. */
  readonly answer: number;
}

const put = (pair: readonly [boolean, boolean], place: 0 | 1, value: boolean) =>
  (place === 0 ? [value, pair[1]] : [pair[0], value]) as [boolean, boolean];

/**
 * How things are after an operation that happened all at once, or undefined where its answer would have
 * been a lie. `overlapsEnd` says that a user was deleted while it was on its way: then it may have
 * been let in before, and have changed nothing after.
 */
export function after(
  pair: Pair,
  operation: TimedOperation,
  overlapsEnd: boolean,
): Pair | undefined {
  const { by, kind, answer } = operation;
  const other = by === 0 ? 1 : 0;
  if (kind === "delete") {
    if (answer !== 204) return undefined;
    return { ...NOTHING, gone: put(pair.gone, by, true) };
  }
  if (kind === "read") return readingOf(pair, by) === answer ? pair : undefined;
  if (pair.gone[by] || pair.gone[other]) {
    if (kind === "import") return pair;
    const refused = answer === 404 || (pair.gone[by] && answer === 401);
    return refused || (overlapsEnd && [204, 304].includes(answer)) ? pair : undefined;
  }
  const blocked = pair.blocks[0] || pair.blocks[1];
  const had = pair.follows[by];
  switch (kind) {
    case "github follow":
    case "import":
      if (kind !== "import" && answer !== 204) return undefined;
      return blocked ? pair : { ...pair, follows: put(pair.follows, by, true) };
    case "gitlab follow":
      if (answer !== (had || blocked ? 304 : 201)) return undefined;
      return blocked ? pair : { ...pair, follows: put(pair.follows, by, true) };
    case "github unfollow":
      return answer === 204 ? { ...pair, follows: put(pair.follows, by, false) } : undefined;
    case "gitlab unfollow":
      if (answer !== (had ? 201 : 304)) return undefined;
      return { ...pair, follows: put(pair.follows, by, false) };
    case "github check":
      return answer === (had ? 204 : 404) ? pair : undefined;
    case "block":
      if (answer !== 204) return undefined;
      return { ...pair, follows: [false, false], blocks: put(pair.blocks, by, true) };
    case "unblock":
      return answer === 204 ? { ...pair, blocks: put(pair.blocks, by, false) } : undefined;
  }
}

/** What a `read` of one end's rows answers. */
export const readingOf = ({ follows, blocks }: Pair, by: 0 | 1): number =>
  (follows[by] ? 1 : 0) + (blocks[by] ? 2 : 0);

/** A name for a state, so that it is known when it is seen again. */
export const nameOf = ({ follows, blocks, gone }: Pair): string =>
  [...follows, ...blocks, ...gone].map(Number).join("");
