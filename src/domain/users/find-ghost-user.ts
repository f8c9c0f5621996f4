import { and, asc, eq, like } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

export const GHOST_USERNAME = "ghost";
export const GHOST_NAME = "Ghost User";

/** The id of the user who has the events of deleted users; undefined as long as there are none. */
export async function findGhostUser({ engine }: Store): Promise<number | undefined> {
  const { users } = engine.tables;
  const [row] = await engine.query
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.type, "internal"),
        eq(users.name, GHOST_NAME),
        like(users.username, `${GHOST_USERNAME}%`),
      ),
    )
    .orderBy(asc(users.id))
    .limit(1);
  return row?.id;
}
