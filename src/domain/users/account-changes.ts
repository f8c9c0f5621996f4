import { and, eq, isNull, ne, type SQL, sql } from "../../storage/drizzle.ts";
import type { Statement } from "../../storage/engine.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { DomainError, notFound } from "../errors.ts";
import * as avatars from "../profile/avatars.ts";
import { findOwnEmail, releaseEmailStatement } from "../profile/emails.ts";
import * as identities from "../profile/identities.ts";
import { invalidateUser, type Store } from "../store.ts";
import { findUserIdByUsername as holderOfUsername } from "./usernames.ts";
import type { User } from "./users.ts";

type Row = Store["engine"]["tables"]["users"]["$inferInsert"];
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
export async function createAccount(store: Store, account: NewAccount): Promise<User> {
  const { users, emails } = store.engine.tables;
  const { columns, email, confirmed, picture } = account;
  const now = store.clock();
  const times = { confirmedAt: confirmed ? now : null, createdAt: now, updatedAt: now };
  const avatar = picture?.fileName ?? null;
  const user = store.engine.query
    .insert(users)
    .values({ ...columns, ...times, avatar })
    .returning(store.engine.sql.user);
  const key = columns.username.toLowerCase();
  const id = sql<number>`(select id from ${users} where lower(username) = ${key})`;
  const primary = store.engine.query
    .insert(emails)
    .values({ userId: id, email, primary: true, ...times });
  const writes = [
    primary,
    releaseEmailStatement(store, id, email),
    ...partsOf(store, id, account),
  ] as const;
  const [[row]] = await store.engine
    .transaction(user, ...writes)
    .catch((error) => refuse(store, error, account));
  store.userListVersions.touchAll();
  return row as User;
}

/** Changes a user, all of it or nothing, and returns the new row. Throws as `createAccount`. */
export async function changeAccount(
  store: Store,
  id: number,
  change: AccountChange,
): Promise<User> {
  const { users } = store.engine.tables;
  const { columns, picture, primary } = change;
  const avatar = picture === undefined ? {} : { avatar: picture?.fileName ?? null };
  const update = store.engine.query
    .update(users)
    .set({ ...columns, ...avatar, updatedAt: store.clock() })
    .where(eq(users.id, id))
    .returning(store.engine.sql.user);
  const addresses = primary === undefined ? [] : await promoting(store, id, primary);
  const removal = picture === null ? [avatars.removing(store, id)] : [];
  const [[row]] = await store.engine
    .transaction(update, ...addresses, ...removal, ...partsOf(store, id, change))
    .catch((error) => refuse(store, error, change, id));
  if (row === undefined) throw notFound("user");
  invalidateUser(store, id);
  return row;
}

function partsOf(store: Store, id: number | SQL<number>, parts: Parts): Statement[] {
  const { identity, picture, viewDiffsFileByFile } = parts;
  const statements: Statement[] = [];
  if (identity !== undefined)
    statements.push(identities.upsertIdentityStatement(store, id, identity));
  if (picture) statements.push(avatars.upsertStatement(store, id, picture));
  if (viewDiffsFileByFile !== undefined) {
    const { userPreferences } = store.engine.tables;
    const row = { viewDiffsFileByFile };
    statements.push(
      store.engine.query
        .insert(userPreferences)
        .values({ userId: id, ...row })
        .onConflictDoUpdate({ target: userPreferences.userId, set: row }),
    );
  }
  return statements;
}

/** Makes another address the primary one. */
async function promoting(store: Store, userId: number, email: string): Promise<Statement[]> {
  const { emails } = store.engine.tables;
  const { query } = store.engine;
  const now = store.clock();
  const other = ne(sql`lower(${emails.email})`, email.toLowerCase());
  const old = and(eq(emails.userId, userId), eq(emails.primary, true), other);
  const held = await findOwnEmail(store, userId, email);
  const row = { primary: true, confirmedAt: held?.confirmedAt ?? now, updatedAt: now };
  return [
    query.delete(emails).where(and(old, isNull(emails.confirmedAt))),
    query.update(emails).set({ primary: false, visibility: null, updatedAt: now }).where(old),
    releaseEmailStatement(store, userId, email),
    held !== undefined
      ? query.update(emails).set(row).where(eq(emails.id, held.id))
      : query.insert(emails).values({ userId, email, createdAt: now, ...row }),
  ];
}

/** Says which field somebody else took meanwhile, or that the user has gone. */
async function refuse(
  store: Store,
  error: unknown,
  { columns, identity }: Parts & { columns: Columns },
  id?: number,
): Promise<never> {
  if (!(error instanceof DuplicateKeyError)) throw error;
  const holder = identity && (await identities.findIdentityOwner(store, identity));
  if (holder !== undefined && holder !== id) throw new DomainError("conflict", "taken", "identity");
  const { username } = columns;
  const owner = username === undefined ? undefined : await holderOfUsername(store, username);
  const field = owner !== undefined && owner !== id ? "username" : "email";
  throw new DomainError("conflict", "taken", field);
}
