import { and, eq, isNull, ne, type SQL, sql } from "../../storage/drizzle.ts";
import type { Statement } from "../../storage/engine.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { type AuditEntry, auditStatement } from "../activity/audit-log.ts";
import { endCredentialsStatements } from "../credentials/end-credentials.ts";
import { DomainError, notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import * as avatars from "../profile/avatars.ts";
import { findOwnEmail, isEmailAddress, releaseEmailStatement } from "../profile/emails.ts";
import * as identities from "../profile/identities.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { findGhostUser } from "./find-ghost-user.ts";
import { isReservedUsername, isUsername } from "./usernames.ts";
import { findUserIdByUsername } from "./users.ts";

type Row = Store["engine"]["tables"]["users"]["$inferInsert"];
/** What may be set in the row of an account; the rest follows from it. */
export type AccountColumns = Partial<Omit<Row, "id" | "createdAt" | "updatedAt" | "avatar">>;

/** What an account has beside the columns of its row. */
interface Parts {
  identity?: identities.NewIdentity | undefined;
  /** Null takes it away. */
  picture?: avatars.Picture | null | undefined;
  viewDiffsFileByFile?: boolean | undefined;
}

export interface NewAccount extends AccountColumns, Parts {
  username: string;
  /** The primary address; imported users may have none. */
  email?: string | undefined;
  /** Whether the address counts as the user's own, as it does unless stated otherwise. */
  confirmed?: boolean | undefined;
}

export interface AccountUpdate extends AccountColumns, Parts {
  /** A confirmed address to be the primary one; an old one that was never confirmed goes. */
  primary?: string | undefined;
}

/**
 * Creates a user with everything that belongs to them, or nothing. Throws `invalid` for a username
 * or an address that is malformed and `conflict` for one that is taken, with the field.
 */
export async function createAccount(store: Store, account: NewAccount): Promise<User> {
  const { users, emails } = store.engine.tables;
  const { email, confirmed = true, identity, picture, viewDiffsFileByFile, ...columns } = account;
  const parts = { identity, picture, viewDiffsFileByFile };
  requireUsername(columns.username);
  if (email !== undefined && !isEmailAddress(email))
    throw new DomainError("invalid", "email", "email");
  const now = store.clock();
  const times = { confirmedAt: confirmed ? now : null, createdAt: now, updatedAt: now };
  const suspendedAt = columns.state === "blocked" ? now : null;
  const user = store.engine.query
    .insert(users)
    .values({ suspendedAt, ...columns, ...times, avatar: picture?.fileName ?? null })
    .returning(store.engine.sql.user);
  const key = columns.username.toLowerCase();
  const id = sql<number>`(select id from ${users} where lower(username) = ${key})`;
  const primary =
    email === undefined
      ? []
      : [
          store.engine.query.insert(emails).values({ userId: id, email, primary: true, ...times }),
          releaseEmailStatement(store, id, email),
        ];
  const [[row]] = await store.engine
    .transaction(
      user,
      ...primary,
      ...partStatements(store, id, parts),
      auditStatement(store, {
        action: "user.create",
        userId: id,
        details: { admin: columns.admin },
      }),
    )
    .catch((error) => throwConflict(store, error, account));
  invalidate.userCreated(store);
  return row as User;
}

/** Changes a user, all of it or nothing, and returns the new row. Throws as `createAccount`. */
export async function updateAccount(
  store: Store,
  id: number,
  update: AccountUpdate,
): Promise<User> {
  const { users } = store.engine.tables;
  const { primary, identity, picture, viewDiffsFileByFile, ...columns } = update;
  const parts = { identity, picture, viewDiffsFileByFile };
  if (columns.username !== undefined) requireUsername(columns.username);
  const avatar = picture === undefined ? {} : { avatar: picture?.fileName ?? null };
  const statement = store.engine.query
    .update(users)
    .set({ ...columns, ...avatar, updatedAt: store.clock() })
    .where(eq(users.id, id))
    .returning(store.engine.sql.user);
  const addresses = primary === undefined ? [] : await primaryStatements(store, id, primary);
  const removal = picture === null ? [avatars.deleteStatement(store, id)] : [];
  const [[row]] = await store.engine
    .transaction(
      statement,
      ...addresses,
      ...removal,
      ...partStatements(store, id, parts),
      ...changeStatements(store, id, update),
    )
    .catch((error) => throwConflict(store, error, update, id));
  if (row === undefined) throw notFound("user");
  invalidate.userChanged(store, id);
  return row;
}

/**
 * Deletes a user with everything that is theirs; triggers mend both ends of their follows. Throws
 * `forbidden` for the Ghost User, whom GitLab lets no one destroy (user_policy.rb), and `not-found`.
 */
export async function deleteAccount(store: Store, id: number): Promise<void> {
  if ((await findGhostUser(store)) === id) throw new DomainError("forbidden");
  const { users } = store.engine.tables;
  const where = eq(users.id, id);
  const [, rows] = await store.engine.transaction(
    auditStatement(store, { action: "user.destroy", userId: id }, { from: users, where }),
    store.engine.query.delete(users).where(where).returning({ id: users.id }),
  );
  if (rows.length === 0) throw notFound("user");
  invalidate.everything(store);
}

/** What an update of an account ends, and a row in the audit log for each change that matters. */
function changeStatements(store: Store, id: number, update: AccountUpdate): Statement[] {
  const { username, admin, passwordHash, primary, ...others } = update;
  const rest = { ...others, passwordExpiresAt: undefined };
  const changed: [boolean, AuditEntry][] = [
    [username !== undefined, { action: "user.rename", details: { to: username } }],
    [admin !== undefined, { action: admin ? "user.promote" : "user.demote" }],
    [passwordHash !== undefined, { action: "user.change_password" }],
    [primary !== undefined, { action: "user.change_email", details: { to: primary } }],
    [isByAnother(store, id, rest), { action: "user.update", details: { changed: namesOf(rest) } }],
  ];
  const { users } = store.engine.tables;
  const happens = { from: users, where: eq(users.id, id) };
  return [
    ...(passwordHash === undefined ? [] : endCredentialsStatements(store, id, "password")),
    ...(primary === undefined ? [] : endCredentialsStatements(store, id, "email")),
    ...changed
      .filter(([matters]) => matters)
      .map(([, entry]) => auditStatement(store, { ...entry, userId: id }, happens)),
  ];
}

const namesOf = (update: object): string[] =>
  Object.entries(update).flatMap(([name, value]) => (value === undefined ? [] : name));

/** Whether an administrator, or the program, changes something else of a user's. */
const isByAnother = ({ actor }: Store, id: number, rest: object): boolean =>
  actor !== undefined && actor.id !== id && namesOf(rest).length > 0;

/** Throws `invalid` for a name that no user can have, or no new one. */
function requireUsername(username: string): void {
  if (!isUsername(username)) throw new DomainError("invalid", "username", "username");
  if (isReservedUsername(username)) throw new DomainError("invalid", "reserved", "username");
}

function partStatements(store: Store, id: number | SQL<number>, parts: Parts): Statement[] {
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
async function primaryStatements(
  store: Store,
  userId: number,
  email: string,
): Promise<Statement[]> {
  const { emails } = store.engine.tables;
  const { query } = store.engine;
  const now = store.clock();
  const other = ne(sql`lower(${emails.email})`, email.toLowerCase());
  const old = and(eq(emails.userId, userId), eq(emails.primary, true), other);
  const existing = await findOwnEmail(store, userId, email);
  const row = { primary: true, confirmedAt: existing?.confirmedAt ?? now, updatedAt: now };
  return [
    query.delete(emails).where(and(old, isNull(emails.confirmedAt))),
    query.update(emails).set({ primary: false, visibility: null, updatedAt: now }).where(old),
    releaseEmailStatement(store, userId, email),
    existing !== undefined
      ? query.update(emails).set(row).where(eq(emails.id, existing.id))
      : query.insert(emails).values({ userId, email, createdAt: now, ...row }),
  ];
}

/** Turns a failure of a unique index into `conflict` with the field that is taken. */
async function throwConflict(
  store: Store,
  error: unknown,
  { username, identity }: AccountUpdate,
  id?: number,
): Promise<never> {
  if (!(error instanceof DuplicateKeyError)) throw error;
  const holder = identity && (await identities.findIdentityOwner(store, identity));
  if (holder !== undefined && holder !== id) throw new DomainError("conflict", "taken", "identity");
  const owner = username === undefined ? undefined : await findUserIdByUsername(store, username);
  const field = owner !== undefined && owner !== id ? "username" : "email";
  throw new DomainError("conflict", "taken", field);
}
