import { eq, type SQL, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

const { placeholder } = sql;

/** A picture that a user chose. */
export interface Picture {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export type StoredPicture = Store["engine"]["tables"]["avatars"]["$inferSelect"];

/** The picture of a user, if they chose one. */
export async function findByUser(store: Store, userId: number): Promise<StoredPicture | undefined> {
  const { avatars } = store.engine.tables;
  return store.engine
    .prepared("avatar", (query) =>
      query
        .select()
        .from(avatars)
        .where(eq(avatars.userId, placeholder("userId"))),
    )
    .get({ userId });
}

/** Stores a picture; a caller of this also writes `users.avatar`, which lists read. */
export function upsertStatement(store: Store, userId: number | SQL<number>, picture: Picture) {
  const { avatars } = store.engine.tables;
  const row = { ...picture, updatedAt: store.clock() };
  return store.engine.query
    .insert(avatars)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: avatars.userId, set: row });
}

/** Takes the picture away; the same holds for `users.avatar`. */
export function deleteStatement(store: Store, userId: number) {
  const { avatars } = store.engine.tables;
  return store.engine.query.delete(avatars).where(eq(avatars.userId, userId));
}
