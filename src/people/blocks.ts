import { and, asc, eq, or } from "../storage/drizzle.ts";
import type { People } from "./people.ts";

const between = (people: People, a: number, b: number) => {
  const { blocks } = people.db.tables;
  return and(eq(blocks.blockerId, a), eq(blocks.blockedId, b));
};

/**
 * Blocks a user: the follows between the two go, both ways, and no new ones come. Blocking twice
 * changes nothing. Throws `not-found` when either of them has gone.
 */
export async function block(people: People, blocker: number, blocked: number): Promise<void> {
  const { blocks, follows } = people.db.tables;
  const createdAt = Math.floor(people.clock() / 1000);
  const insertion = people.db.query
    .insert(blocks)
    .values({ blockerId: blocker, blockedId: blocked, createdAt })
    .onConflictDoNothing();
  const deletion = people.db.query
    .delete(follows)
    .where(
      or(
        and(eq(follows.followerId, blocker), eq(follows.followedId, blocked)),
        and(eq(follows.followerId, blocked), eq(follows.followedId, blocker)),
      ),
    );
  await people.db.write(insertion, deletion);
  people.graph.touch(blocker, blocked);
  people.ranks.clear();
}

/** Lifts a block; the follows that it ended stay ended. */
export async function unblock(people: People, blocker: number, blocked: number): Promise<void> {
  const { blocks } = people.db.tables;
  await people.db.write(people.db.query.delete(blocks).where(between(people, blocker, blocked)));
}

export async function isBlocking(
  people: People,
  blocker: number,
  blocked: number,
): Promise<boolean> {
  const { blocks } = people.db.tables;
  const rows = await people.db.query
    .select({ id: blocks.blockedId })
    .from(blocks)
    .where(between(people, blocker, blocked));
  return rows.length > 0;
}

/** The ids of those whom a user blocks, oldest account first, and how many they are in all. */
export async function blockedBy(
  people: People,
  blocker: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ ids: number[]; total: number }> {
  const { blocks } = people.db.tables;
  const mine = eq(blocks.blockerId, blocker);
  const rows = await people.db.query
    .select({ id: blocks.blockedId })
    .from(blocks)
    .where(mine)
    .orderBy(asc(blocks.blockedId))
    .limit(limit)
    .offset(offset);
  const total = await people.db.query.$count(blocks, mine);
  return { ids: rows.map(({ id }) => id), total };
}
