import { eq, type SQL, sql } from "../storage/drizzle.ts";
import type { People } from "./people.ts";

const { placeholder } = sql;

/** A picture that a user chose. */
export interface Picture {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export type StoredPicture = People["db"]["tables"]["avatars"]["$inferSelect"];

/** The picture of a user, if they chose one. */
export async function of(people: People, userId: number): Promise<StoredPicture | undefined> {
  const { avatars } = people.db.tables;
  return people.db
    .prepared("avatar", (query) =>
      query
        .select()
        .from(avatars)
        .where(eq(avatars.userId, placeholder("userId"))),
    )
    .get({ userId });
}

/** Stores a picture; whoever writes this also writes `users.avatar`, which lists read. */
export function storing(people: People, userId: number | SQL<number>, picture: Picture) {
  const { avatars } = people.db.tables;
  const row = { ...picture, updatedAt: people.clock() };
  return people.db.query
    .insert(avatars)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: avatars.userId, set: row });
}

/** Takes the picture away; the same holds for `users.avatar`. */
export function removing(people: People, userId: number) {
  const { avatars } = people.db.tables;
  return people.db.query.delete(avatars).where(eq(avatars.userId, userId));
}
