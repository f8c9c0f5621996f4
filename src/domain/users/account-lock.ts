import type { Store } from "../store.ts";
import type { User } from "../user.ts";

/** How long ten wrong passwords lock an account (GitLab docs: Unlock a user). */
export const LOCKED_FOR_MS = 10 * 60 * 1000;

type Lock = Pick<User, "lockedAt">;

/** Whether an account is locked by wrong passwords now; a lock ends by itself. */
export const isLocked = ({ clock }: Pick<Store, "clock">, { lockedAt }: Lock): boolean =>
  lockedAt !== null && clock() - lockedAt < LOCKED_FOR_MS;

/** The user as it is now: a lock that has ended stays in the row until the next sign-in. */
export const clearExpiredLock = <T extends Lock>(store: Pick<Store, "clock">, user: T): T =>
  user.lockedAt === null || isLocked(store, user) ? user : { ...user, lockedAt: null };
