/** The profile texts for which GitLab distinguishes an emptied one from one that was never set. */
export const EMPTIABLE_TEXTS = [
  "bio",
  "location",
  "skype",
  "linkedin",
  "twitter",
  "website_url",
  "organization",
  "public_email",
] as const;

/** Texts by the names of their columns; null is as if a text had never been set. */
export type TextChanges = { readonly [K in (typeof EMPTIABLE_TEXTS)[number]]?: unknown };

/** The column of emptied texts, `before` an input, as it is after it. */
export function emptiedTextsAfter(given: TextChanges, before = ""): string {
  const emptied = new Set(before.split(" ").filter((name) => name !== ""));
  for (const name of EMPTIABLE_TEXTS) {
    if (given[name] === "") emptied.add(name);
    else if (given[name] !== undefined) emptied.delete(name);
  }
  return [...emptied].sort().join(" ");
}
