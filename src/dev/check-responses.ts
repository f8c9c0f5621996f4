import { documentOf } from "./documents.ts";
import type { Entry } from "./request-log.ts";
import type { Description } from "./response-schema.ts";

const descriptions = new Map<string, Promise<readonly Description[]>>();

/** All that describes a dialect: our own document, and the vendor's where there is one. */
async function open(dialect: string): Promise<Description[]> {
  const [{ Description }, document] = await Promise.all([
    import("./response-schema.ts"),
    documentOf(dialect),
  ]);
  const ours = document === undefined ? [] : [new Description(document)];
  if (dialect !== "github") return ours;
  const { openOfficial } = await import("./ghes-description.ts");
  return [...ours, openOfficial()];
}

/** What is refused in an answer by what describes its dialect; each thing once. */
export async function checkResponse({ dialect, answer }: Entry): Promise<string[]> {
  const known = descriptions.get(dialect) ?? open(dialect);
  descriptions.set(dialect, known);
  const all = (await known).flatMap((description) => description.violationsOf(answer));
  return [...new Set(all)];
}
