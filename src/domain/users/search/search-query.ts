import { lowerAscii } from "../../../storage/lower-ascii.ts";

const MIN_TERM_LENGTH = 3;

/** Whether an index can find it: they know three letters at a time. */
export const isInIndex = (text: string): boolean => Array.from(text).length >= MIN_TERM_LENGTH;

/** No name has more characters, so nothing longer is in one. */
const MAX_SEARCH_LENGTH = 255;

/** What a searcher typed, made out. */
export interface Search {
  /** The whole text, which names and addresses may equal. */
  readonly whole: string;
  /** Every one of these must be somewhere in the name, or every one in the username. */
  readonly terms: readonly string[];
}

/** Whether a text is longer than every name, so that looking for it would find nothing. */
export const isBeyondNames = (text: string): boolean => text.length > MAX_SEARCH_LENGTH;

/**
 * Undefined for a text that asks for nothing. A part in quotes is one term, blanks and all. Terms
 * that no name can hold together, as there are too many, become one that none holds: a full-text
 * index takes the square of their number.
 */
export function searchFrom(text: string): Search | undefined {
  const whole = lowerAscii(text.trim().replace(/^@/, ""));
  if (whole === "") return undefined;
  const words = whole.match(/(?<![^\s])"[^"]+"(?![^\s])|\S+/g) ?? [];
  const terms = [...new Set(words)].map((word) => word.replace(/^"(.+)"$/, "$1")).filter(isInIndex);
  if (!isBeyondNames(terms.join(" "))) return { whole, terms };
  const none = whole.slice(0, MAX_SEARCH_LENGTH + 1);
  return { whole: none, terms: [none] };
}
