import { hash } from "node:crypto";
import { eq, sql } from "../../storage/drizzle.ts";
import { auditStatement, recordAudit } from "../activity/audit-log.ts";
import { undefinedIfMissing } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import { findEmail as holderOfEmail } from "../profile/emails.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { accountObstacle } from "../users/access.ts";
import { isLocked, LOCKED_FOR_MS } from "../users/account-lock.ts";
import { findUserIdByUsername, getUserById } from "../users/users.ts";
import { hashPassword, isPassword, rehashPassword } from "./passwords.ts";
import { signInStatements } from "./sign-in-statements.ts";

/** The id behind a username, or behind a primary address, in any case. */
async function idOf(store: Store, login: string): Promise<number | undefined> {
  const held = login.includes("@") ? await holderOfEmail(store, login) : undefined;
  return held?.primary === true ? held.userId : findUserIdByUsername(store, login);
}

async function userCalled(store: Store, login: string): Promise<User | undefined> {
  const id = await idOf(store, login);
  return id === undefined ? undefined : undefinedIfMissing(getUserById(store, id));
}

/** What stands for the password of those who have none, so that they cost as much as the others. */
let dummy: Promise<string> | undefined;
const dummyHash = ({ random }: Store): Promise<string> =>
  (dummy ??= hashPassword(random.bytes(24).toString("base64url")));

/** The obstacle of a user who gave the right password; pages name the way around it. */
export type SignInObstacle = "locked" | "pending" | "blocked" | "deactivated" | "not-a-person";

/** What a username or primary address and a password come to. */
type SignInResult =
  | { readonly user: User; readonly obstacle?: undefined }
  /** Returned only after the right password. */
  | { readonly user: User; readonly obstacle: SignInObstacle }
  /** An unknown user or a wrong password: the answer does not show which. */
  | { readonly user: undefined };

const OBSTACLES: Readonly<Record<User["state"], SignInObstacle | undefined>> = {
  active: undefined,
  blocked: "blocked",
  ldap_blocked: "blocked",
  banned: "blocked",
  deactivated: "deactivated",
  blocked_pending_approval: "pending",
};

/** Passwords that are checked at a time; a hash takes 20 ms and 19 MiB on one of four threads. */
const MAX_CHECKS = 64;
let checks = 0;

/** So many sign-ins wait for their hash that one more has to come back later. */
export class SignInBusyError extends Error {
  override name = "SignInBusyError";
}

/**
 * Checks a password. Every answer takes as long, except for a password that was hashed elsewhere
 * until it has been right once: it is hashed anew then. Two-factor authentication and expired passwords
 * are the caller's to look at.
 * Throws SignInBusyError where too many are checked already.
 */
export async function checkPassword(
  store: Store,
  login: string,
  password: string,
): Promise<SignInResult> {
  if (checks >= MAX_CHECKS) throw new SignInBusyError("too many sign-ins at once");
  checks += 1;
  try {
    return await checkPasswordNow(store, login, password);
  } finally {
    checks -= 1;
  }
}

async function checkPasswordNow(
  store: Store,
  login: string,
  password: string,
): Promise<SignInResult> {
  const found = await userCalled(store, login);
  const stored = found?.passwordHash ?? undefined;
  const fits = await isPassword(password, stored ?? (await dummyHash(store)));
  if (found === undefined || stored === undefined || !fits) {
    await recordFailure(store, stored === undefined ? undefined : found);
    return { user: undefined };
  }
  const user = { ...found, passwordHash: await rehashPassword(store, found.id, password, stored) };
  if (user.type !== "human") return { user, obstacle: "not-a-person" };
  if (isLocked(store, user) && !(await isKnownAddress(store, user)))
    return { user, obstacle: "locked" };
  const obstacle = OBSTACLES[user.state];
  return obstacle === undefined ? { user } : { user, obstacle };
}

/** Wrong passwords that lock an account (GitLab docs: Unlock a user). */
const MAX_FAILED_ATTEMPTS = 10;

/**
 * Whether the account signed in from this address before. A lock does not hold there, so that
 * wrong passwords from elsewhere never keep the owner out; the limit of tries holds everywhere.
 */
async function isKnownAddress(store: Store, user: User): Promise<boolean> {
  const address = store.actor?.address;
  if (address === undefined) return false;
  if (address !== user.currentSignInIp && address !== user.lastSignInIp) return false;
  const key = `${user.id} ${address}`;
  const { windows } = store.engine;
  if (windows === undefined) return !store.wrongPasswords.has(key);
  return (await windows.look(`wrong password ${key}`, store.clock())) === undefined;
}

/**
 * By what tries to sign in are counted: one bucket for an account, whichever of its names is given.
 * Undefined where the account signed in from this address before, so that tries from elsewhere
 * leave the owner's alone.
 */
export async function signInBucket(store: Store, login: string): Promise<string | undefined> {
  const user = await userCalled(store, login);
  if (user === undefined) return `to ${hash("sha256", login.toLowerCase(), "hex")}`;
  return (await isKnownAddress(store, user)) ? undefined : `to user ${user.id}`;
}

/** Counts a wrong password, and locks the account with the tenth; unknown logins leave a row alone. */
async function recordFailure(store: Store, user: User | undefined): Promise<void> {
  const entry = { action: "user.failed_login", userId: user?.id } as const;
  if (user === undefined) return recordAudit(store, entry);
  if (isLocked(store, user)) return recordAudit(store, entry);
  const { users } = store.engine.tables;
  const now = store.clock();
  const key = `${user.id} ${store.actor?.address}`;
  store.wrongPasswords.set(key, now);
  await store.engine.windows?.add(`wrong password ${key}`, 1, LOCKED_FOR_MS, now);
  const wasLocked = user.lockedAt !== null;
  const attempts = wasLocked ? sql<number>`1` : sql<number>`${users.failedAttempts} + 1`;
  // Without the cast PostgreSQL takes the time for a text.
  const lockedAt = sql`case when ${attempts} >= ${MAX_FAILED_ATTEMPTS}
    then cast(${now} as bigint) else null end`;
  const [[row]] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({ failedAttempts: attempts, lockedAt })
      .where(eq(users.id, user.id))
      .returning({ lockedAt: users.lockedAt }),
    auditStatement(store, entry),
  );
  invalidate.userChanged(store, user.id);
  if (row?.lockedAt === now) await recordAudit(store, { action: "user.lock", userId: user.id });
}

/** The user with this password, where they may call; else undefined. */
export async function signIn(
  store: Store,
  login: string,
  password: string,
): Promise<User | undefined> {
  const { user, ...result } = await checkPassword(store, login, password);
  if (user === undefined || ("obstacle" in result && result.obstacle !== undefined)) return;
  return accountObstacle(store, user) === undefined ? user : undefined;
}

/** Counts a sign-in by `POST /session`. */
export async function recordSignIn(store: Store, user: User): Promise<void> {
  await store.engine.transaction(...signInStatements(store, user, store.actor?.address));
  invalidate.userChanged(store, user.id);
}
