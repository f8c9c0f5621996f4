import { notFound } from "../errors.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { canSeeProfile } from "../users/access.ts";
import { getUserById, idOf } from "../users/users.ts";

/**
 * The user of a name, in any case, where a viewer may see the graph around them: the rule of
 * profiles. Throws `not-found`, for a hidden user as for none.
 */
export async function findGraphUser(
  store: Store,
  viewer: Pick<User, "id" | "admin"> | undefined,
  username: string,
): Promise<User> {
  const user = await getUserById(store, await idOf(store, username));
  if (!canSeeProfile(viewer, user)) throw notFound("user");
  return user;
}
