import { holderOf as holderOfEmail } from "./emails.ts";
import { PeopleError } from "./errors.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import type { People } from "./people.ts";
import { holderOf as holderOfUsername } from "./usernames.ts";
import { byId, type User } from "./users.ts";

/** The id behind a username, or behind an address that is somebody's primary one, in any case. */
async function idOf(people: People, login: string): Promise<number | undefined> {
  const held = login.includes("@") ? await holderOfEmail(people, login) : undefined;
  return held?.primary === true ? held.userId : holderOfUsername(people, login);
}

async function userCalled(people: People, login: string): Promise<User | undefined> {
  const id = await idOf(people, login);
  if (id === undefined) return undefined;
  return byId(people, id).catch((error: unknown) => {
    if (error instanceof PeopleError && error.kind === "not-found") return undefined;
    throw error;
  });
}

/** What stands for the password of those who have none, so that they cost as much as the others. */
let nobodys: Promise<string> | undefined;
const nobodysHash = ({ random }: People): Promise<string> =>
  (nobodys ??= hashPassword(random.bytes(24).toString("base64url")));

/**
 * The user with this username or primary address and this password; undefined where there is no
 * such user, the password is another, or the account is not in order. All of these take as long. Two-
 * factor authentication is the caller's to look at.
 */
export async function signIn(
  people: People,
  login: string,
  password: string,
): Promise<User | undefined> {
  const user = await userCalled(people, login);
  const stored = user?.passwordHash ?? undefined;
  const fits = await isPassword(password, stored ?? (await nobodysHash(people)));
  const inOrder = user?.state === "active" && user.type === "human" && user.lockedAt === null;
  return stored !== undefined && fits && inOrder ? user : undefined;
}
