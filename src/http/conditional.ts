import { randomBytes } from "node:crypto";

/** Tags made from versions are good for one run of the program: versions begin anew with each. */
const RUN = randomBytes(12).toString("hex");

/** The text of an ETag that changes with a version. */
export const etagFor = (version: string): string => `${RUN}-${version}`;

/** The text between the quotes of an ETag; W/ does not count (RFC 9110, section 13.1.2). */
const opaque = (tag: string): string | undefined => /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(tag)?.[1];

/** Whether If-None-Match names this tag, or `*`. Most clients send the one tag as they received it. */
export const matchesEtag = (header: string, tag: string): boolean =>
  header === `W/"${tag}"` ||
  header.trim() === "*" ||
  header.split(",").some((each) => opaque(each) === tag);
