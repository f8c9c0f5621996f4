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

/** The terms as a query of the full-text index `users_search`. */
export function matchOf(terms: readonly string[]): string {
  const [only] = terms;
  // In whichever of the two it is; to name them would read the index twice.
  if (only !== undefined && terms.length === 1) return `"${only.replaceAll('"', '""')}"`;
  const all = terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(" AND ");
  return `{name} : (${all}) OR {username} : (${all})`;
}

/** A term as a pattern of LIKE, to be found anywhere. */
export const patternOf = (term: string): string => `%${term.replace(/[\\%_]/g, "\\$&")}%`;
