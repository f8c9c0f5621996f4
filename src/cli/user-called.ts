import { PeopleError } from "../people/errors.ts";
import type { People } from "../people/people.ts";
import { byUsername, type User } from "../people/users.ts";
import { Failure, WrongUsage } from "./failure.ts";

/** The user of this name; a line that says so when there is none. */
export async function userCalled(people: People, username: string): Promise<User> {
  try {
    return await byUsername(people, username);
  } catch (error) {
    if (!(error instanceof PeopleError) || error.kind !== "not-found") throw error;
    throw new Failure(`Nobody is called ${username}; \`followd user list\` shows who there is.`);
  }
}

const INVALID: Readonly<Record<string, string>> = {
  username: "A username has up to 255 letters, digits and _ - . and does not begin with a dash.",
  email: "That is no e-mail address.",
  passwordHash: "A password has 8 characters or more, and 1024 bytes at most.",
};

/** Why an account can't be made, as a line. */
export function refused(error: unknown, wanted: { username: string; email: string }): unknown {
  if (!(error instanceof PeopleError)) return error;
  const { kind, field = "" } = error;
  if (kind === "invalid") return new WrongUsage(INVALID[field] ?? error.message);
  if (kind !== "conflict") return error;
  return field === "email"
    ? new Failure(`Somebody has the address ${wanted.email} already.`)
    : new Failure(`Somebody is called ${wanted.username} already.`);
}
