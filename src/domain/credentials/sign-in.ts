import { DomainError } from "../errors.ts";
import { findEmail as holderOfEmail } from "../profile/emails.ts";
import type { Store } from "../store.ts";
import { findUserIdByUsername as holderOfUsername } from "../users/usernames.ts";
import { getUserById, type User } from "../users/users.ts";
import { hashPassword, isPassword } from "./passwords.ts";

/** The id behind a username, or behind an address that is somebody's primary one, in any case. */
async function idOf(store: Store, login: string): Promise<number | undefined> {
  const held = login.includes("@") ? await holderOfEmail(store, login) : undefined;
  return held?.primary === true ? held.userId : holderOfUsername(store, login);
}

async function userCalled(store: Store, login: string): Promise<User | undefined> {
  const id = await idOf(store, login);
  if (id === undefined) return undefined;
  return getUserById(store, id).catch((error: unknown) => {
    if (error instanceof DomainError && error.kind === "not-found") return undefined;
    throw error;
  });
}

/** What stands for the password of those who have none, so that they cost as much as the others. */
let nobodys: Promise<string> | undefined;
const nobodysHash = ({ random }: Store): Promise<string> =>
  (nobodys ??= hashPassword(random.bytes(24).toString("base64url")));

/**
 * The user with this username or primary address and this password; undefined where there is no
 * such user, the password is another, or the account is not in order. All of these take as long. Two-
 * factor authentication is the caller's to look at.
 */
export async function signIn(
  store: Store,
  login: string,
  password: string,
): Promise<User | undefined> {
  const user = await userCalled(store, login);
  const stored = user?.passwordHash ?? undefined;
  const fits = await isPassword(password, stored ?? (await nobodysHash(store)));
  const inOrder = user?.state === "active" && user.type === "human" && user.lockedAt === null;
  return stored !== undefined && fits && inOrder ? user : undefined;
}
