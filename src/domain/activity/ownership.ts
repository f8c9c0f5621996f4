import { and, eq, ne, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

const OWNER = 50;

/** Whether some group has this user for an owner and nobody else. */
export async function isSoleOwner({ engine }: Store, userId: number): Promise<boolean> {
  const { memberships } = engine.tables;
  const others = sql`select 1 from ${memberships} as other
    where other.source_type = 'Namespace' and other.source_id = ${memberships.sourceId}
    and other.access_level = ${OWNER} and ${ne(sql`other.user_id`, userId)}`;
  const rows = await engine.query
    .select({ id: memberships.sourceId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.sourceType, "Namespace"),
        eq(memberships.accessLevel, OWNER),
        sql`not exists (${others})`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}
