import { emojis } from "../../domain/profile/emojis.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

/** A message as a page may show it: `:coffee:` becomes the emoji of that name. */
export async function statusHtml(message: string): Promise<string> {
  const html = escaped(message);
  if (!/:[\w+-]+:/.test(html)) return html;
  const known = await emojis();
  return html.replace(/:([\w+-]+):/g, (whole, name: string) => {
    const found = known.get(name);
    if (found === undefined) return whole;
    const title = escaped(found.description);
    const marks = `title="${title}" data-name="${name}" data-unicode-version="${found.since}"`;
    return `<gl-emoji ${marks}>${found.emoji}</gl-emoji>`;
  });
}
