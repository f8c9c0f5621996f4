import { eq, sql } from "../storage/drizzle.ts";
import type { People } from "./people.ts";

const { placeholder } = sql;

export type Status = People["db"]["tables"]["userStatuses"]["$inferSelect"];
/** What a user wants to say; what is undefined stays as it is. */
export interface Wish {
  emoji?: string | null | undefined;
  message?: string | null | undefined;
  availability?: Status["availability"] | undefined;
  /** Milliseconds from now; null for never. */
  clearAfter?: number | null | undefined;
}

/** Stands beside a message without an emoji. */
const USUAL_EMOJI = "speech_balloon";

/** What a user is doing, unless they said so for a time that is over. */
export async function statusOf(people: People, userId: number): Promise<Status | undefined> {
  const { userStatuses } = people.db.tables;
  const row = await people.db
    .prepared("status", (query) =>
      query
        .select()
        .from(userStatuses)
        .where(eq(userStatuses.userId, placeholder("userId"))),
    )
    .get({ userId });
  const end = row?.clearStatusAt ?? Number.POSITIVE_INFINITY;
  return end <= people.clock() ? undefined : row;
}

/**
 * Says what a user is doing from now on, and returns it; nothing to say takes the status away. The
 * emoji must be one.
 */
export async function setStatus(
  people: People,
  userId: number,
  wish: Wish,
): Promise<Status | undefined> {
  const { userStatuses } = people.db.tables;
  const status = merged(people, await statusOf(people, userId), userId, wish);
  if (status === undefined) {
    const mine = eq(userStatuses.userId, userId);
    await people.db.write(people.db.query.delete(userStatuses).where(mine));
    return undefined;
  }
  const insertion = people.db.query
    .insert(userStatuses)
    .values(status)
    .onConflictDoUpdate({ target: userStatuses.userId, set: status });
  await people.db.write(insertion);
  return status;
}

const filled = (text: string | null = null): string | null =>
  text === null || text.trim() === "" ? null : text;

/** The status with what is wished; undefined when it says nothing. */
function merged(
  people: People,
  now: Status | undefined,
  userId: number,
  { emoji, message, availability, clearAfter }: Wish,
): Status | undefined {
  const wanted = filled(emoji === undefined ? now?.emoji : emoji);
  const said = filled(message === undefined ? now?.message : message);
  const free = availability ?? now?.availability ?? "not_set";
  if (wanted === null && said === null && free === "not_set") return undefined;
  const end = typeof clearAfter === "number" ? people.clock() + clearAfter : null;
  return {
    userId,
    emoji: wanted ?? USUAL_EMOJI,
    message: said,
    availability: free,
    clearStatusAt: clearAfter === undefined ? (now?.clearStatusAt ?? null) : end,
  };
}
