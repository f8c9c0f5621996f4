import type { User } from "../../domain/user.ts";

/** A user as `--json` shows them. */
export function shownUser(user: User) {
  const { id, username, name, state, type, admin, followers, following } = user;
  const created_at = new Date(user.createdAt).toISOString();
  return { id, username, name, state, type, admin, followers, following, created_at };
}
