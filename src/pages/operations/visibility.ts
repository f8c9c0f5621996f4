import type { User } from "../../domain/user.ts";
import { canReadProfile } from "../../domain/users/access.ts";

/**
 * Whether a visitor may see what a profile says. Private, shut-out and unconfirmed users are hidden
 * from all but themselves and administrators, as GitLab's dialect hides them.
 */
export function maySeeProfile(viewer: User | undefined, user: User): boolean {
  return isThere(viewer, user) && canReadProfile(viewer, user);
}

/** Whether a visitor is told that there is such a user at all. */
export function isThere(viewer: User | undefined, user: User): boolean {
  if (viewer !== undefined && (viewer.admin || viewer.id === user.id)) return true;
  const isOpen = user.state === "active" || user.state === "deactivated";
  return isOpen && user.confirmedAt !== null && user.type !== "internal";
}
