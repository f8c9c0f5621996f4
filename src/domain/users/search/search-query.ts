/** The index knows three letters at a time, so that shorter terms are not in it. */
export const SHORTEST_TERM = 3;

/** What a searcher typed, made out. */
export interface Search {
  /** The whole text, which names and addresses may equal. */
  readonly whole: string;
  /** Every one of these must be somewhere in the name, or every one in the username. */
  readonly terms: readonly string[];
}

/** Undefined for a text that asks for nothing. A part in quotes is one term, blanks and all. */
export function searchFrom(text: string): Search | undefined {
  const whole = text.trim().replace(/^@/, "").toLowerCase();
  if (whole === "") return undefined;
  const words = whole.match(/(?<![^\s])"[^"]+"(?![^\s])|\S+/g) ?? [];
  const terms = words
    .map((word) => word.replace(/^"(.+)"$/, "$1"))
    .filter((term) => Array.from(term).length >= SHORTEST_TERM);
  return { whole, terms };
}
