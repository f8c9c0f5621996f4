import { eq, sql } from "../storage/drizzle.ts";
import { isEmailAddress } from "./emails.ts";
import { notFound, PeopleError } from "./errors.ts";
import { noting } from "./events.ts";
import { changedProfile, forgetAll, type People } from "./people.ts";
import { isUsername } from "./usernames.ts";
import type { User } from "./users.ts";

export interface NewAccount {
  username: string;
  email?: string | undefined;
  name?: string | undefined;
  admin?: boolean;
  suspended?: boolean;
  createdById?: number;
}

/**
 * Makes a user with a confirmed address. Throws `invalid` for a name or address that nobody can
 * have and `conflict` for one that somebody has, with the field.
 */
export async function create(people: People, account: NewAccount): Promise<User> {
  const { users, emails } = people.db.tables;
  const { username, email } = account;
  if (!isUsername(username)) throw new PeopleError("invalid", "username", "username");
  if (email !== undefined && !isEmailAddress(email))
    throw new PeopleError("invalid", "email", "email");
  const now = people.clock();
  const times = { createdAt: now, updatedAt: now };
  const user = people.db.query
    .insert(users)
    .values({
      username,
      name: account.name ?? "",
      admin: account.admin ?? false,
      state: account.suspended === true ? "blocked" : "active",
      suspendedAt: account.suspended === true ? now : null,
      createdById: account.createdById ?? null,
      confirmedAt: now,
      ...times,
    })
    .returning();
  const id = sql<number>`(select id from ${users} where lower(username) = ${username.toLowerCase()})`;
  const primary = people.db.query
    .insert(emails)
    .values({ userId: id, email: email ?? "", primary: true, confirmedAt: now, ...times });
  try {
    const joined = noting(people, id, { actionName: "joined" }, now);
    const [[row]] = await (email === undefined
      ? people.db.write(user, joined)
      : people.db.write(user, joined, primary));
    if (row === undefined) throw new PeopleError("conflict", "username", "username");
    people.roster.touchAll();
    return row;
  } catch (error) {
    if (!people.db.isDuplicate(error)) throw error;
    throw new PeopleError("conflict", "taken", await takenField(people, username));
  }
}

async function takenField(people: People, username: string): Promise<"username" | "email"> {
  const { users } = people.db.tables;
  const rows = await people.db.query
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.username})`, username.toLowerCase()));
  return rows.length > 0 ? "username" : "email";
}

/** Gives a user another username; the old one is free at once. Throws `invalid` or `conflict`. */
export async function rename(people: People, id: number, username: string): Promise<void> {
  if (!isUsername(username)) throw new PeopleError("invalid", "username", "username");
  try {
    await change(people, id, { username });
  } catch (error) {
    if (!people.db.isDuplicate(error)) throw error;
    throw new PeopleError("conflict", "taken", "username");
  }
}

/** Makes a user an administrator, or an administrator an ordinary user. */
export const setAdmin = (people: People, id: number, admin: boolean): Promise<void> =>
  change(people, id, { admin });

async function change(people: People, id: number, values: Partial<User>): Promise<void> {
  const { users } = people.db.tables;
  const [rows] = await people.db.write(
    people.db.query
      .update(users)
      .set({ ...values, updatedAt: people.clock() })
      .where(eq(users.id, id))
      .returning({ id: users.id }),
  );
  if (rows.length === 0) throw notFound("user");
  changedProfile(people, id);
}

/** Deletes a user with everything that is theirs; both ends of their follows are mended. */
export async function remove(people: People, id: number): Promise<void> {
  const { users } = people.db.tables;
  const [rows] = await people.db.write(
    people.db.query.delete(users).where(eq(users.id, id)).returning({ id: users.id }),
  );
  if (rows.length === 0) throw notFound("user");
  forgetAll(people);
}
