import { and, asc, eq, gte, isNull, lt, or, sql } from "../../storage/drizzle.ts";
import { countUpTo } from "../count-cap.ts";
import type { Store } from "../store.ts";

/** The day of a time, as `last_activity_on` has it. */
export const dayOf = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 10);

/** The statement that notes that a user was active; after the first time in a day it changes nothing. */
export function recordActivity(store: Store, id: number, now: number) {
  const { users } = store.engine.tables;
  const today = dayOf(now);
  const first = or(isNull(users.lastActivityOn), lt(users.lastActivityOn, today));
  return store.engine.query
    .update(users)
    .set({ lastActivityOn: today })
    .where(and(eq(users.id, id), eq(users.state, "active"), first));
}

/**
 * A page of who was here on a day or later, longest ago first, and how many they are: 10,001 stands
 * for any more. Without `hidden` only people with public profiles.
 */
export async function activitiesSince(
  store: Store,
  from: string,
  { hidden, offset, limit }: { hidden: boolean; offset: number; limit: number },
) {
  const { users } = store.engine.tables;
  const condition = and(
    gte(users.lastActivityOn, from),
    hidden ? undefined : eq(users.privateProfile, false),
  );
  const rows = await store.engine.query
    .select({ username: users.username, lastActivityOn: users.lastActivityOn })
    .from(users)
    .where(condition)
    .orderBy(asc(users.lastActivityOn), asc(users.id))
    .limit(limit)
    .offset(offset);
  return { rows, total: await countUpTo(store.engine.query, sql`${users}`, condition) };
}
