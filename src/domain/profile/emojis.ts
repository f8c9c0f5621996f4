/** An emoji by one of its names. */
interface Emoji {
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

/** The names of GitLab's index, Gemojione 3.3, that no list of names has today. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  ...withTones("bride_with_veil", "1F470", true),
  ...withTones("wrestlers", "1F93C", false),
  iphone: "1F4F1",
  large_blue_circle: "1F535",
  ten: "1F51F",
};

/** The five tones of skin follow each other from U+1F3FB on. */
function withTones(name: string, code: string, plain: boolean): Record<string, string> {
  const tones = ["1F3FB", "1F3FC", "1F3FD", "1F3FE", "1F3FF"];
  const toned = tones.map((tone, place) => [`${name}_tone${place + 1}`, `${code}-${tone}`]);
  return { ...(plain ? { [name]: code } : {}), ...Object.fromEntries(toned) };
}

/** GitHub's names, and those of JoyPixels and Gemojione, which GitLab takes. */
async function load(): Promise<ReadonlyMap<string, Emoji>> {
  const [{ gemoji }, { emojiVersionOf: ageOf }, { default: shortcodes }, { default: labels }] =
    await Promise.all([
      import("gemoji"),
      import("./emoji-versions.ts"),
      import("emojibase-data/en/shortcodes/joypixels.json", { with: { type: "json" } }),
      import("emojibase-data/en/compact.json", { with: { type: "json" } }),
    ]);
  const known = new Map<string, Emoji>();
  for (const { emoji, description, names } of gemoji) {
    const one = { emoji, description, since: ageOf(emoji) };
    for (const name of names) known.set(name, one);
  }
  const all = labels.flatMap((each) => [each, ...("skins" in each ? (each.skins ?? []) : [])]);
  const labelOf = new Map(all.map(({ hexcode, label }) => [hexcode, label]));
  const add = (name: string, hexcode: string) => {
    if (known.has(name)) return;
    const points = hexcode.split("-").map((point) => Number.parseInt(point, 16));
    const emoji = String.fromCodePoint(...points);
    const description = labelOf.get(hexcode) ?? name.replaceAll("_", " ");
    known.set(name, { emoji, description, since: ageOf(emoji) });
  };
  for (const [hexcode, names] of Object.entries(shortcodes)) {
    for (const name of [names].flat()) add(name, hexcode);
  }
  for (const [name, hexcode] of Object.entries(OLD_NAMES)) add(name, hexcode);
  return known;
}
