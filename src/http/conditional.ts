/** The text between the quotes of an ETag; W/ does not count (RFC 9110, section 13.1.2). */
const opaque = (tag: string): string | undefined => /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(tag)?.[1];

/** Whether If-None-Match names this tag, or `*`. Most clients send the one tag as they received it. */
export const matchesEtag = (header: string, tag: string): boolean =>
  header === `W/"${tag}"` ||
  header.trim() === "*" ||
  header.split(",").some((each) => opaque(each) === tag);
