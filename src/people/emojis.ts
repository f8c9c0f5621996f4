/** An emoji by one of its names. */
export interface Emoji {
  readonly emoji: string;
  readonly description: string;
}

let known: Promise<ReadonlyMap<string, Emoji>> | undefined;

/** Every emoji by each of its names. The list is long, and most servers never need it. */
export function emojis(): Promise<ReadonlyMap<string, Emoji>> {
  known ??= import("gemoji").then(
    ({ gemoji }) => new Map(gemoji.flatMap((each) => each.names.map((name) => [name, each]))),
  );
  return known;
}
