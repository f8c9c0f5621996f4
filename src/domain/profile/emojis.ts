/** An emoji by one of its names. */
export interface Emoji {
  readonly emoji: string;
  readonly description: string;
  /** The version of Unicode since which it is there. */
  readonly since: string;
}

let known: Promise<ReadonlyMap<string, Emoji>> | undefined;

/** Every emoji by each of its names. The list is long, and most servers never need it. */
export function emojis(): Promise<ReadonlyMap<string, Emoji>> {
  known ??= load();
  return known;
}

async function load(): Promise<ReadonlyMap<string, Emoji>> {
  const [{ gemoji }, { ageOf }] = await Promise.all([
    import("gemoji"),
    import("./emoji-versions.ts"),
  ]);
  return new Map(
    gemoji.flatMap(({ emoji, description, names }) => {
      const one = { emoji, description, since: ageOf(emoji) };
      return names.map((name): [string, Emoji] => [name, one]);
    }),
  );
}
