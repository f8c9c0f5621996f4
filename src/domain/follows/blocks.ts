import { and, asc, eq, or, sql } from "../../storage/drizzle.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";

const between = (store: Store, a: number, b: number) => {
  const { blocks } = store.engine.tables;
  return and(eq(blocks.blockerId, a), eq(blocks.blockedId, b));
};

/**
 * Blocks a user: the follows between the two go, both ways, and no new ones come. Blocking twice
 * changes nothing. Throws `not-found` when either of them has gone.
 */
export async function block(store: Store, blocker: number, blocked: number): Promise<void> {
  const { blocks, follows } = store.engine.tables;
  const createdAt = Math.floor(store.clock() / 1000);
  const insertion = store.engine.query
    .insert(blocks)
    .values({ blockerId: blocker, blockedId: blocked, createdAt })
    .onConflictDoNothing();
  const deletion = store.engine.query
    .delete(follows)
    .where(
      or(
        and(eq(follows.followerId, blocker), eq(follows.followedId, blocked)),
        and(eq(follows.followerId, blocked), eq(follows.followedId, blocker)),
      ),
    );
  await store.engine.transaction(insertion, deletion);
  invalidate.followsEnded(store, blocker, blocked);
}

/** Lifts a block; the follows that it ended stay ended. */
export async function unblock(store: Store, blocker: number, blocked: number): Promise<void> {
  const { blocks } = store.engine.tables;
  await store.engine.transaction(
    store.engine.query.delete(blocks).where(between(store, blocker, blocked)),
  );
}

export async function isBlocking(store: Store, blocker: number, blocked: number): Promise<boolean> {
  const { blocks } = store.engine.tables;
  const statement = store.engine.prepared("block", (query) =>
    query
      .select({ id: blocks.blockedId })
      .from(blocks)
      .where(
        and(
          eq(blocks.blockerId, sql.placeholder("blocker")),
          eq(blocks.blockedId, sql.placeholder("blocked")),
        ),
      ),
  );
  return (await statement.get({ blocker, blocked })) !== undefined;
}

/** A page of the users that a user blocks, oldest account first, and how many there are. */
export async function blockedBy(
  store: Store,
  blocker: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ ids: number[]; total: number }> {
  const { blocks } = store.engine.tables;
  const mine = eq(blocks.blockerId, blocker);
  const rows = await store.engine.query
    .select({ id: blocks.blockedId })
    .from(blocks)
    .where(mine)
    .orderBy(asc(blocks.blockedId))
    .limit(limit)
    .offset(offset);
  const total = await store.engine.query.$count(blocks, mine);
  return { ids: rows.map(({ id }) => id), total };
}
