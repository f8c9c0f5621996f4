import { asc, or, sql } from "../../../storage/drizzle.ts";
import type { Store } from "../../store.ts";
import type { User } from "../users.ts";

/** Users whose username or name has the text in it, in any case; all of them without one. */
export function search(store: Store, text: string, limit: number): Promise<User[]> {
  const { users } = store.engine.tables;
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const matches = (column: typeof users.username | typeof users.name) =>
    sql`lower(${column}) like ${pattern} escape '\\'`;
  return store.engine.query
    .select()
    .from(users)
    .where(text === "" ? undefined : or(matches(users.username), matches(users.name)))
    .orderBy(asc(users.id))
    .limit(limit);
}
