import type { User } from "../../domain/user.ts";

/** A user as `--json` shows them. */
export const shownUser = ({
  id,
  username,
  name,
  state,
  type,
  admin,
  followers,
  following,
  createdAt,
}: User) => ({
  id,
  username,
  name,
  state,
  type,
  admin,
  followers,
  following,
  created_at: new Date(createdAt).toISOString(),
});
