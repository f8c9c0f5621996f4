import { eq, sql } from "../../storage/drizzle.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { DomainError, notFound } from "../errors.ts";
import { isEmailAddress, releaseEmailStatement } from "../profile/emails.ts";
import { invalidateAll, invalidateUser, type Store } from "../store.ts";
import { isReservedUsername, isUsername } from "./usernames.ts";
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
export async function create(store: Store, account: NewAccount): Promise<User> {
  const { users, emails } = store.engine.tables;
  const { username, email } = account;
  requireUsername(username);
  if (email !== undefined && !isEmailAddress(email))
    throw new DomainError("invalid", "email", "email");
  const now = store.clock();
  const times = { createdAt: now, updatedAt: now };
  const user = store.engine.query
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
    .returning(store.engine.sql.user);
  const id = sql<number>`(select id from ${users} where lower(username) = ${username.toLowerCase()})`;
  const primary = store.engine.query
    .insert(emails)
    .values({ userId: id, email: email ?? "", primary: true, confirmedAt: now, ...times });
  try {
    const [[row]] = await (email === undefined
      ? store.engine.transaction(user)
      : store.engine.transaction(user, primary, releaseEmailStatement(store, id, email)));
    if (row === undefined) throw new DomainError("conflict", "username", "username");
    store.userListVersions.touchAll();
    return row;
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    throw new DomainError("conflict", "taken", await takenField(store, username));
  }
}

/** Throws `invalid` for a name that no user can have, or no new one. */
function requireUsername(username: string): void {
  if (!isUsername(username)) throw new DomainError("invalid", "username", "username");
  if (isReservedUsername(username)) throw new DomainError("invalid", "reserved", "username");
}

async function takenField(store: Store, username: string): Promise<"username" | "email"> {
  const { users } = store.engine.tables;
  const rows = await store.engine.query
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.username})`, username.toLowerCase()));
  return rows.length > 0 ? "username" : "email";
}

/** Gives a user another username; the old one is free at once. Throws `invalid` or `conflict`. */
export async function rename(store: Store, id: number, username: string): Promise<void> {
  requireUsername(username);
  try {
    await change(store, id, { username });
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    throw new DomainError("conflict", "taken", "username");
  }
}

/** Makes a user an administrator, or an administrator an ordinary user. */
export const setAdmin = (store: Store, id: number, admin: boolean): Promise<void> =>
  change(store, id, { admin });

async function change(store: Store, id: number, values: Partial<User>): Promise<void> {
  const { users } = store.engine.tables;
  const [rows] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({ ...values, updatedAt: store.clock() })
      .where(eq(users.id, id))
      .returning({ id: users.id }),
  );
  if (rows.length === 0) throw notFound("user");
  invalidateUser(store, id);
}

/** Deletes a user with everything that is theirs; both ends of their follows are mended. */
export async function remove(store: Store, id: number): Promise<void> {
  const { users } = store.engine.tables;
  const [rows] = await store.engine.transaction(
    store.engine.query.delete(users).where(eq(users.id, id)).returning({ id: users.id }),
  );
  if (rows.length === 0) throw notFound("user");
  invalidateAll(store);
}
