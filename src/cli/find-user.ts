import { CommandError, UsageError } from "../command-error.ts";
import { DomainError, isNotFound } from "../domain/errors.ts";
import type { Store } from "../domain/store.ts";
import type { User } from "../domain/user.ts";
import { byUsername } from "../domain/users/users.ts";

/** The user of this name; throws CommandError when there is none. */
export async function userCalled(store: Store, username: string): Promise<User> {
  try {
    return await byUsername(store, username);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new CommandError(`There is no user ${username}; \`followd user list\` lists them.`);
  }
}

const INVALID: Readonly<Record<string, string>> = {
  username:
    "A username has up to 255 letters, digits, “_”, “-” and “.”, and does not begin with a dash.",
  email: "That is no e-mail address.",
  passwordHash: "A password has 8 characters or more, and 1024 bytes at most.",
};

/** The refusal of a new account as a CommandError; any other error as it is. */
export function toCommandError(
  error: unknown,
  account: { username: string; email: string },
): unknown {
  if (!(error instanceof DomainError)) return error;
  const { kind, field = "" } = error;
  if (error.message === "reserved") {
    return new UsageError("That username is reserved: a path of the server has that name.");
  }
  if (kind === "invalid") return new UsageError(INVALID[field] ?? error.message);
  if (kind !== "conflict") return error;
  return field === "email"
    ? new CommandError(`The address ${account.email} is taken.`)
    : new CommandError(`The username ${account.username} is taken.`);
}
