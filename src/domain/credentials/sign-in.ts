import { DomainError } from "../errors.ts";
import { findEmail as holderOfEmail } from "../profile/emails.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { findUserIdByUsername, getUserById } from "../users/users.ts";
import { hashPassword, isPassword } from "./passwords.ts";

/** The id behind a username, or behind an address that is somebody's primary one, in any case. */
async function idOf(store: Store, login: string): Promise<number | undefined> {
  const held = login.includes("@") ? await holderOfEmail(store, login) : undefined;
  return held?.primary === true ? held.userId : findUserIdByUsername(store, login);
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

/** What keeps a user out who gave the right password; pages tell them what to do about it. */
export type SignInObstacle = "locked" | "pending" | "blocked" | "deactivated" | "not-a-person";

/** What a username or primary address and a password come to. */
export type SignInResult =
  | { readonly user: User; readonly obstacle?: undefined }
  /** Only said to a caller who gave the right password. */
  | { readonly user: User; readonly obstacle: SignInObstacle }
  /** There is no such user, or the password is another: which, is not said. */
  | { readonly user: undefined };

const OBSTACLES: Readonly<Record<User["state"], SignInObstacle | undefined>> = {
  active: undefined,
  blocked: "blocked",
  ldap_blocked: "blocked",
  banned: "blocked",
  deactivated: "deactivated",
  blocked_pending_approval: "pending",
};

/**
 * Checks a password. Every answer takes as long. Two-factor authentication and expired passwords
 * are the caller's to look at.
 */
export async function checkPassword(
  store: Store,
  login: string,
  password: string,
): Promise<SignInResult> {
  const user = await userCalled(store, login);
  const stored = user?.passwordHash ?? undefined;
  const fits = await isPassword(password, stored ?? (await nobodysHash(store)));
  if (user === undefined || stored === undefined || !fits) return { user: undefined };
  if (user.type !== "human") return { user, obstacle: "not-a-person" };
  if (user.lockedAt !== null) return { user, obstacle: "locked" };
  const obstacle = OBSTACLES[user.state];
  return obstacle === undefined ? { user } : { user, obstacle };
}

/** The user whose password it is and who may sign in; undefined in every other case. */
export async function signIn(
  store: Store,
  login: string,
  password: string,
): Promise<User | undefined> {
  const result = await checkPassword(store, login, password);
  return result.user !== undefined && result.obstacle === undefined ? result.user : undefined;
}
