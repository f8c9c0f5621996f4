import { asc, or, sql } from "../storage/drizzle.ts";
import type { People } from "./people.ts";
import type { User } from "./users.ts";

/** Users whose username or name has the text in it, in any case; all of them without one. */
export function search(people: People, text: string, limit: number): Promise<User[]> {
  const { users } = people.db.tables;
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const matches = (column: typeof users.username | typeof users.name) =>
    sql`lower(${column}) like ${pattern} escape '\\'`;
  return people.db.query
    .select()
    .from(users)
    .where(text === "" ? undefined : or(matches(users.username), matches(users.name)))
    .orderBy(asc(users.id))
    .limit(limit);
}
