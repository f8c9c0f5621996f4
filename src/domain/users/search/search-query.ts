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

/** More of them find hardly fewer. */
const MOST_TRIGRAMS = 30;

/**
 * A query of the full-text index `emails_search`, which knows no places: it finds all who have the
 * text, and a few who have its parts alone.
 */
export function trigramsOf(text: string): string {
  const letters = Array.from(text);
  const parts = letters.slice(2).map((_, place) => letters.slice(place, place + 3).join(""));
  const some = [...new Set(parts)].slice(0, MOST_TRIGRAMS);
  return some.map((part) => `"${part.replaceAll('"', '""')}"`).join(" AND ");
}

/** A term as a pattern of LIKE, to be found anywhere. */
export const patternOf = (term: string): string => `%${term.replace(/[\\%_]/g, "\\$&")}%`;
