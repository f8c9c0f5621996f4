import type { Statement } from "../storage/database.ts";
import { and, eq, isNull, ne, type SQL, sql } from "../storage/drizzle.ts";
import * as avatars from "./avatars.ts";
import { holderOf } from "./emails.ts";
import { notFound, PeopleError } from "./errors.ts";
import { noting } from "./events.ts";
import * as identities from "./identities.ts";
import { changedProfile, type People } from "./people.ts";
import { holderOf as holderOfUsername } from "./usernames.ts";
import type { User } from "./users.ts";

type Row = People["db"]["tables"]["users"]["$inferInsert"];
type Columns = Partial<Omit<Row, "id" | "createdAt" | "updatedAt" | "avatar">>;

/** What a user is made of, beside the columns of their row. */
interface Parts {
  identity?: identities.NewIdentity | undefined;
  /** Null takes it away. */
  picture?: avatars.Picture | null | undefined;
  viewDiffsFileByFile?: boolean | undefined;
}

export interface NewAccount extends Parts {
  columns: Columns & { username: string };
  email: string;
  /** Whether the address counts as the user's own. */
  confirmed: boolean;
}

export interface AccountChange extends Parts {
  columns: Columns;
  /** A confirmed address to be the primary one; the old one stays, unless nobody confirmed it. */
  primary?: string | undefined;
}

/**
 * Makes a user with everything that belongs to them, or nothing. The values must be good. Throws
 * `conflict` with the field that somebody else has.
 */
export async function createAccount(people: People, account: NewAccount): Promise<User> {
  const { users, emails } = people.db.tables;
  const { columns, email, confirmed, picture } = account;
  const now = people.clock();
  const times = { confirmedAt: confirmed ? now : null, createdAt: now, updatedAt: now };
  const avatar = picture?.fileName ?? null;
  const user = people.db.query
    .insert(users)
    .values({ ...columns, ...times, avatar })
    .returning();
  const key = columns.username.toLowerCase();
  const id = sql<number>`(select id from ${users} where lower(username) = ${key})`;
  const primary = people.db.query
    .insert(emails)
    .values({ userId: id, email, primary: true, ...times });
  const writes = [
    primary,
    noting(people, id, { actionName: "joined" }, now),
    ...partsOf(people, id, account),
  ] as const;
  const [[row]] = await people.db
    .write(user, ...writes)
    .catch((error) => refuse(people, error, account));
  people.roster.touchAll();
  return row as User;
}

/** Changes a user, all of it or nothing, and returns the new row. Throws as `createAccount`. */
export async function changeAccount(
  people: People,
  id: number,
  change: AccountChange,
): Promise<User> {
  const { users } = people.db.tables;
  const { columns, picture, primary } = change;
  const avatar = picture === undefined ? {} : { avatar: picture?.fileName ?? null };
  const update = people.db.query
    .update(users)
    .set({ ...columns, ...avatar, updatedAt: people.clock() })
    .where(eq(users.id, id))
    .returning();
  const addresses = primary === undefined ? [] : await promoting(people, id, primary);
  const removal = picture === null ? [avatars.removing(people, id)] : [];
  const [[row]] = await people.db
    .write(update, ...addresses, ...removal, ...partsOf(people, id, change))
    .catch((error) => refuse(people, error, change, id));
  if (row === undefined) throw notFound("user");
  changedProfile(people, id);
  return row;
}

function partsOf(people: People, id: number | SQL<number>, parts: Parts): Statement[] {
  const { identity, picture, viewDiffsFileByFile } = parts;
  const statements: Statement[] = [];
  if (identity !== undefined) statements.push(identities.storing(people, id, identity));
  if (picture) statements.push(avatars.storing(people, id, picture));
  if (viewDiffsFileByFile !== undefined) {
    const { userPreferences } = people.db.tables;
    const row = { viewDiffsFileByFile };
    statements.push(
      people.db.query
        .insert(userPreferences)
        .values({ userId: id, ...row })
        .onConflictDoUpdate({ target: userPreferences.userId, set: row }),
    );
  }
  return statements;
}

/** Makes another address the primary one. */
async function promoting(people: People, userId: number, email: string): Promise<Statement[]> {
  const { emails } = people.db.tables;
  const { query } = people.db;
  const now = people.clock();
  const other = ne(sql`lower(${emails.email})`, email.toLowerCase());
  const old = and(eq(emails.userId, userId), eq(emails.primary, true), other);
  const held = await holderOf(people, email);
  const row = { primary: true, confirmedAt: held?.confirmedAt ?? now, updatedAt: now };
  return [
    query.delete(emails).where(and(old, isNull(emails.confirmedAt))),
    query.update(emails).set({ primary: false, visibility: null, updatedAt: now }).where(old),
    held?.userId === userId
      ? query.update(emails).set(row).where(eq(emails.id, held.id))
      : query.insert(emails).values({ userId, email, createdAt: now, ...row }),
  ];
}

/** Says which field somebody else took meanwhile, or that the user has gone. */
async function refuse(
  people: People,
  error: unknown,
  { columns, identity }: Parts & { columns: Columns },
  id?: number,
): Promise<never> {
  if (!people.db.isDuplicate(error)) throw error;
  const holder = identity && (await identities.holderOf(people, identity));
  if (holder !== undefined && holder !== id) throw new PeopleError("conflict", "taken", "identity");
  const { username } = columns;
  const owner = username === undefined ? undefined : await holderOfUsername(people, username);
  const field = owner !== undefined && owner !== id ? "username" : "email";
  throw new PeopleError("conflict", "taken", field);
}
