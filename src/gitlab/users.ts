import { byId, type User } from "../people/users.ts";
import type { Context } from "./wire/context.ts";
import { missing } from "./wire/refusal.ts";

/** The user of a path whose segment is `id`; digits alone come here, or nothing. */
export async function userOf({ people }: Context, id: string): Promise<User> {
  if (id === "") throw missing("User");
  return byId(people, Number(id));
}

/** Private, blocked and unconfirmed people are hidden from all but themselves and administrators. */
export function mayReadProfile({ viewer }: Context, user: User): boolean {
  if (viewer !== undefined && (viewer.admin || viewer.id === user.id)) return true;
  const shut = user.state !== "active" && user.state !== "deactivated";
  return !user.privateProfile && !shut && user.confirmedAt !== null;
}
