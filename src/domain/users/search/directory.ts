import { asc, or } from "../../../storage/drizzle.ts";
import type { Store } from "../../store.ts";
import type { User } from "../users.ts";

/** Users whose username or name has the text in it, in any case; all of them without one. */
export function search(store: Store, text: string, limit: number): Promise<User[]> {
  const { users } = store.engine.tables;
  const { contains } = store.engine.sql;
  return store.engine.query
    .select(store.engine.sql.user)
    .from(users)
    .where(text === "" ? undefined : or(contains(users.username, text), contains(users.name, text)))
    .orderBy(asc(users.id))
    .limit(limit);
}
