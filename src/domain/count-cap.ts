import { type SQL, sql } from "../storage/drizzle.ts";
import type { Query } from "../storage/engine.ts";

/** Counting stops here: GitLab sends no totals for more than 10,000 rows. */
export const COUNT_CAP = 10_001;

/** How many rows meet a condition, counted up to a number. */
export function countUpTo(
  query: Query,
  from: SQL,
  condition: SQL | undefined,
  most = COUNT_CAP,
): Promise<number> {
  const part = query
    .select({ one: sql`1`.as("one") })
    .from(from)
    .where(condition)
    .limit(most)
    .as("part");
  return query.$count(part);
}
