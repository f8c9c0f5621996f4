import { and, asc, count, eq, gte, ne, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

type Membership = Store["engine"]["tables"]["memberships"]["$inferSelect"];
type SourceType = Membership["sourceType"];

/** GitLab's numbers for what members may do. */
export const MAINTAINER = 40;
export const OWNER_ACCESS_LEVEL = 50;

/** A page of what a user belongs to, of one kind or of both, and how many there are. */
export async function membershipsOf(
  store: Store,
  userId: number,
  sourceType: SourceType | undefined,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ memberships: Membership[]; total: number }> {
  const { memberships } = store.engine.tables;
  const condition = and(
    eq(memberships.userId, userId),
    sourceType === undefined ? undefined : eq(memberships.sourceType, sourceType),
  );
  const rows = await store.engine.query
    .select()
    .from(memberships)
    .where(condition)
    .orderBy(asc(memberships.sourceType), asc(memberships.sourceId))
    .limit(limit)
    .offset(offset);
  return { memberships: rows, total: await store.engine.query.$count(memberships, condition) };
}

interface Source {
  sourceType: SourceType;
  sourceId: number;
}

/**
 * Whether a user may act at this level in a group or project. An administrator may wherever the
 * group or project is known, by a member or by its name.
 */
export async function hasAccessLevel(
  store: Store,
  { id, admin }: { id: number; admin: boolean },
  { sourceType, sourceId }: Source,
  level: number,
): Promise<boolean> {
  const { memberships, sources } = store.engine.tables;
  if (admin) {
    const named = and(eq(sources.type, sourceType), eq(sources.id, sourceId));
    if ((await store.engine.query.$count(sources, named)) > 0) return true;
  }
  const [{ members } = { members: 0 }] = await store.engine.query
    .select({ members: count() })
    .from(memberships)
    .where(
      and(
        eq(memberships.sourceType, sourceType),
        eq(memberships.sourceId, sourceId),
        admin ? undefined : eq(memberships.userId, id),
        admin ? undefined : gte(memberships.accessLevel, level),
      ),
    );
  return members > 0;
}

/** The projects in which a user has at least this access level. */
export async function projectsWhere(
  store: Store,
  userId: number,
  level: number,
): Promise<number[]> {
  const { memberships } = store.engine.tables;
  const rows = await store.engine.query
    .select({ id: memberships.sourceId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.sourceType, "Project"),
        gte(memberships.accessLevel, level),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Whether some group has this user for its only owner. */
export async function isSoleOwner({ engine }: Store, userId: number): Promise<boolean> {
  const { memberships } = engine.tables;
  const others = sql`select 1 from ${memberships} as other
    where other.source_type = 'Namespace' and other.source_id = ${memberships.sourceId}
    and other.access_level = ${OWNER_ACCESS_LEVEL} and ${ne(sql`other.user_id`, userId)}`;
  const rows = await engine.query
    .select({ id: memberships.sourceId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.sourceType, "Namespace"),
        eq(memberships.accessLevel, OWNER_ACCESS_LEVEL),
        sql`not exists (${others})`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}
