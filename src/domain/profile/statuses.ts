import { eq, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

const { placeholder } = sql;

export type Status = Store["engine"]["tables"]["userStatuses"]["$inferSelect"];
/** What a user wants to say; what is undefined stays as it is. */
export interface StatusUpdate {
  emoji?: string | null | undefined;
  message?: string | null | undefined;
  availability?: Status["availability"] | undefined;
  /** Milliseconds from now; null for never. */
  clearAfter?: number | null | undefined;
}

/** Stands beside a message without an emoji. */
const USUAL_EMOJI = "speech_balloon";

/** A user's status, unless its time is over. */
export async function statusOf(store: Store, userId: number): Promise<Status | undefined> {
  const { userStatuses } = store.engine.tables;
  const row = await store.engine
    .prepared("status", (query) =>
      query
        .select()
        .from(userStatuses)
        .where(eq(userStatuses.userId, placeholder("userId"))),
    )
    .get({ userId });
  const end = row?.clearStatusAt ?? Number.POSITIVE_INFINITY;
  return end <= store.clock() ? undefined : row;
}

/**
 * Says what a user is doing from now on, and returns it; nothing to say takes the status away. The
 * emoji must be one.
 */
export async function setStatus(
  store: Store,
  userId: number,
  update: StatusUpdate,
): Promise<Status | undefined> {
  const { userStatuses } = store.engine.tables;
  const status = merged(store, await statusOf(store, userId), userId, update);
  if (status === undefined) {
    const mine = eq(userStatuses.userId, userId);
    await store.engine.transaction(store.engine.query.delete(userStatuses).where(mine));
    return undefined;
  }
  const insertion = store.engine.query
    .insert(userStatuses)
    .values(status)
    .onConflictDoUpdate({ target: userStatuses.userId, set: status });
  await store.engine.transaction(insertion);
  return status;
}

const filled = (text: string | null = null): string | null =>
  text === null || text.trim() === "" ? null : text;

/** The status after an update; undefined when it is empty. */
function merged(
  store: Store,
  now: Status | undefined,
  userId: number,
  { emoji, message, availability, clearAfter }: StatusUpdate,
): Status | undefined {
  const emojiName = filled(emoji === undefined ? now?.emoji : emoji);
  const said = filled(message === undefined ? now?.message : message);
  const free = availability ?? now?.availability ?? "not_set";
  if (emojiName === null && said === null && free === "not_set") return undefined;
  const end = typeof clearAfter === "number" ? store.clock() + clearAfter : null;
  return {
    userId,
    emoji: emojiName ?? USUAL_EMOJI,
    message: said,
    availability: free,
    clearStatusAt: clearAfter === undefined ? (now?.clearStatusAt ?? null) : end,
    createdAt: now?.createdAt ?? store.clock(),
    updatedAt: store.clock(),
  };
}
