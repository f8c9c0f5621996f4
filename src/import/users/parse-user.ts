import { ALIASES, DERIVED, MEMBERS, type ParsedUser } from "./members.ts";
import { type Reader, UserParseError, unknownMember } from "./readers.ts";

const NAMES = Object.keys(MEMBERS);
const READERS: Readonly<Record<string, Reader<unknown>>> = MEMBERS;

/** In a name from code, `websiteUrl` is `website_url`. */
const snakeOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Reads what is said of a user, members by our names, by the vendors', or in camel case. Throws
 * UserParseError for the first member that can't be.
 */
export function parseUser(value: unknown): ParsedUser {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UserParseError([], "it is no object with a username.");
  }
  const user: Record<string, unknown> = {};
  for (const [given, one] of Object.entries(value)) {
    if (one === undefined) continue;
    const name = isGitHubPlan(given, one) ? "github_plan" : memberOf(given);
    if (name === undefined) {
      if (DERIVED.has(given)) continue;
      unknownMember(given, NAMES, []);
    }
    if (Object.hasOwn(user, name)) {
      throw new UserParseError([given], `${given} says again what ${name} says.`);
    }
    user[name] = (READERS[name] as Reader<unknown>)(one, [given]);
  }
  return user;
}

/** GitLab's plan is a text, GitHub's an object of the same name. */
const isGitHubPlan = (name: string, value: unknown): boolean =>
  name === "plan" && typeof value === "object" && value !== null;

/** Our name of a member; undefined for none of ours. */
export function memberOf(given: string): string | undefined {
  for (const name of [given, snakeOf(given)]) {
    if (Object.hasOwn(READERS, name)) return name;
    if (Object.hasOwn(ALIASES, name)) return ALIASES[name];
  }
  return undefined;
}
