import type { Credential } from "../credential.ts";
import { isImpersonation } from "../credentials/token-queries.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";

/** Why a caller with a token that counts is refused all the same; dialects have the words. */
export type CallObstacle =
  | "impersonation"
  | "internal"
  | "pending"
  | "deactivated"
  | "unconfirmed"
  | "blocked"
  | "password-expired";

type Account = Pick<User, "state" | "type" | "confirmedAt" | "passwordExpiresAt">;

/**
 * What keeps an account out, in GitLab's order (user_access_denied_reason.rb). Bots sign in by
 * tokens alone, so neither an address nor a password of theirs is looked at.
 */
export function accountObstacle(store: Store, account: Account): CallObstacle | undefined {
  const { state, type, confirmedAt, passwordExpiresAt } = account;
  if (type === "internal") return "internal";
  if (state === "blocked_pending_approval") return "pending";
  if (state === "deactivated") return "deactivated";
  if (state !== "active") return "blocked";
  if (type !== "human") return undefined;
  if (confirmedAt === null) return "unconfirmed";
  const isExpired = passwordExpiresAt !== null && passwordExpiresAt <= store.clock();
  return isExpired ? "password-expired" : undefined;
}

/** What keeps the holder of a token out, in every dialect. */
export function callObstacle(
  store: Store,
  { token, user }: Credential,
  { impersonation }: { readonly impersonation: boolean },
): CallObstacle | undefined {
  if (!impersonation && isImpersonation(token)) return "impersonation";
  return accountObstacle(store, user);
}

type Viewer = Pick<User, "id" | "admin"> | undefined;

/**
 * Whether a viewer may see what a profile says, its lists and its counts: private, blocked and
 * unconfirmed users are hidden from all but themselves and administrators.
 */
export function canReadProfile(
  viewer: Viewer,
  user: Pick<User, "id" | "state" | "confirmedAt" | "privateProfile">,
): boolean {
  if (viewer !== undefined && (viewer.admin || viewer.id === user.id)) return true;
  return !user.privateProfile && !isShutOut(user) && user.confirmedAt !== null;
}

/** Whether an account is closed, so that lists of users leave it out. */
const isShutOut = ({ state }: Pick<User, "state">): boolean =>
  state !== "active" && state !== "deactivated";

/** Whether a viewer may learn that the user exists. */
export function canSeeUser(
  viewer: Viewer,
  user: Pick<User, "id" | "state" | "confirmedAt" | "type">,
): boolean {
  if (viewer !== undefined && (viewer.admin || viewer.id === user.id)) return true;
  return !isShutOut(user) && user.confirmedAt !== null && user.type !== "internal";
}

/** Whether a viewer may open a profile: the user is visible to them, and the profile is not private. */
export const canSeeProfile = (
  viewer: Viewer,
  user: Pick<User, "id" | "state" | "confirmedAt" | "type" | "privateProfile">,
): boolean => canSeeUser(viewer, user) && canReadProfile(viewer, user);
