import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  ne,
  or,
  type SQL,
  sql,
} from "../../storage/drizzle.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { DomainError, notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";

export type Email = Store["engine"]["tables"]["emails"]["$inferSelect"];

const MAX_LENGTH = { address: 254, local: 64 };
const LOCAL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/i;
const LABEL = /^[a-z0-9-]{1,63}$/i;

/** Whether a text has the form of an address; what `format: email` of a document allows, or less. */
export function isEmailAddress(text: string): boolean {
  if (text.length > MAX_LENGTH.address) return false;
  const [local = "", domain = "", ...rest] = text.split("@");
  if (rest.length > 0 || local.length > MAX_LENGTH.local || !LOCAL.test(local)) return false;
  if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) return false;
  return domain.split(".").every(isLabel);
}

const isLabel = (label: string) =>
  LABEL.test(label) && !label.startsWith("-") && !label.endsWith("-");

/** Addresses that differ in case alone are one. */
const folded = (address: string) => address.toLowerCase();

/** A user's addresses, the primary one first and the rest in the order that they came. */
export function listByUser(store: Store, userId: number): Promise<Email[]> {
  const { emails } = store.engine.tables;
  return store.engine.query
    .select()
    .from(emails)
    .where(eq(emails.userId, userId))
    .orderBy(desc(emails.primary), asc(emails.id));
}

/** A user's primary address; undefined for a user who was imported without one. */
export const findPrimaryEmail = async (store: Store, userId: number): Promise<string | undefined> =>
  (await listByUser(store, userId)).find(({ primary }) => primary)?.email;

/** Milliseconds that an unconfirmed address is kept for its user: as long as the link in the mail. */
const EMAIL_CLAIM_MS = 72 * 60 * 60 * 1000;

/** Whose an address is, in any case: the row that is confirmed or primary. */
export async function findEmail(store: Store, address: string): Promise<Email | undefined> {
  const { emails } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(emails)
    .where(
      and(
        eq(sql`lower(${emails.email})`, folded(address)),
        or(isNotNull(emails.confirmedAt), eq(emails.primary, true)),
      ),
    );
  return row;
}

/** A user's own row of an address in any case, confirmed or not. */
export async function findOwnEmail(
  store: Store,
  userId: number,
  address: string,
): Promise<Email | undefined> {
  const { emails } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(emails)
    .where(and(eq(emails.userId, userId), eq(sql`lower(${emails.email})`, folded(address))));
  return row;
}

/**
 * Whether another user added an address lately without confirming it. GitLab forgets such claims
 * after three days (docs: Delete unconfirmed secondary emails), so that none keeps an address from
 * its owner.
 */
export async function isEmailClaimed(
  store: Store,
  address: string,
  own: number | undefined,
): Promise<boolean> {
  const { emails } = store.engine.tables;
  const rows = await store.engine.query
    .select({ userId: emails.userId })
    .from(emails)
    .where(
      and(
        eq(sql`lower(${emails.email})`, folded(address)),
        gt(emails.createdAt, store.clock() - EMAIL_CLAIM_MS),
      ),
    );
  return rows.some(({ userId }) => userId !== own);
}

/** Ends the unconfirmed claims of others to an address, once a user has it. */
export function releaseEmailStatement(
  { engine }: Store,
  holder: number | SQL<number>,
  address: string,
) {
  const { emails } = engine.tables;
  return engine.query
    .delete(emails)
    .where(
      and(
        eq(sql`lower(${emails.email})`, folded(address)),
        ne(emails.userId, holder),
        isNull(emails.confirmedAt),
        eq(emails.primary, false),
      ),
    );
}

/** One of a user's addresses. Throws `not-found`, also for another user's. */
export async function byId(store: Store, userId: number, id: number): Promise<Email> {
  const { emails } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(emails)
    .where(and(eq(emails.id, id), eq(emails.userId, userId)));
  if (row === undefined) throw notFound("email");
  return row;
}

/**
 * Adds addresses to a user, all of them or none, and returns the new rows. Throws `invalid` for
 * one that can't be, and `conflict` for one that a user has, be it the same one, or that another
 * user claimed lately; a confirmed address goes before such claims.
 */
export async function add(
  store: Store,
  userId: number,
  addresses: readonly string[],
  { confirmed }: { confirmed: boolean },
): Promise<Email[]> {
  const requested = new Map(addresses.map((address) => [folded(address), address]));
  if (requested.size === 0 || !addresses.every(isEmailAddress)) {
    throw new DomainError("invalid", "email", "email");
  }
  const now = store.clock();
  const times = { confirmedAt: confirmed ? now : null, createdAt: now, updatedAt: now };
  const rows = [...requested.values()].map((email) => ({ userId, email, ...times }));
  for (const { email } of rows) {
    const isTaken =
      (await findEmail(store, email)) !== undefined ||
      (!confirmed && (await isEmailClaimed(store, email, userId)));
    if (isTaken) throw new DomainError("conflict", "taken", "email");
  }
  const releases = confirmed
    ? rows.map(({ email }) => releaseEmailStatement(store, userId, email))
    : [];
  try {
    const [added] = await store.engine.transaction(
      store.engine.query.insert(store.engine.tables.emails).values(rows).returning(),
      ...releases,
      ...rows.map(({ email }) =>
        auditStatement(store, {
          action: "user.add_email",
          userId,
          target: { type: "Email", name: email },
          details: { confirmed },
        }),
      ),
    );
    return added;
  } catch (error) {
    if (error instanceof DuplicateKeyError) throw new DomainError("conflict", "taken", "email");
    throw error;
  }
}

/**
 * Takes addresses away from a user, all of them or none, and with them every place where the
 * profile shows them. Throws `not-found` for one that is not theirs and `invalid` for the primary.
 */
export async function remove(
  store: Store,
  userId: number,
  addresses: readonly string[],
): Promise<void> {
  const requested = new Set(addresses.map(folded));
  const doomed = (await listByUser(store, userId)).filter(({ email }) =>
    requested.has(folded(email)),
  );
  if (requested.size === 0 || doomed.length < requested.size) throw notFound("email");
  if (doomed.some(({ primary }) => primary)) throw new DomainError("invalid", "primary", "email");
  const { emails, users } = store.engine.tables;
  const ids = doomed.map(({ id }) => id);
  const mine = eq(users.id, userId);
  const texts = doomed.map(({ email }) => email.toLowerCase());
  await store.engine.transaction(
    ...doomed.map(({ id, email }) =>
      auditStatement(
        store,
        { action: "user.remove_email", userId, target: { type: "Email", id, name: email } },
        { from: emails, where: and(eq(emails.id, id), eq(emails.primary, false)) },
      ),
    ),
    store.engine.query
      .delete(emails)
      .where(and(eq(emails.userId, userId), eq(emails.primary, false), inArray(emails.id, ids))),
    store.engine.query
      .update(users)
      .set({ publicEmail: "" })
      .where(and(mine, inArray(sql`lower(${users.publicEmail})`, texts))),
    store.engine.query
      .update(users)
      .set({ commitEmail: null })
      .where(and(mine, inArray(sql`lower(${users.commitEmail})`, texts))),
  );
  invalidate.userChanged(store, userId);
}

/**
 * Shows the primary address to all callers or to none; the profile's public address follows.
 * Returns the address. Throws `not-found` when there is none.
 */
export async function setVisibility(
  store: Store,
  userId: number,
  visibility: "public" | "private",
): Promise<Email> {
  const { emails, users } = store.engine.tables;
  const updatedAt = store.clock();
  const primary = and(eq(emails.userId, userId), eq(emails.primary, true));
  const address = store.engine.query.select({ email: emails.email }).from(emails).where(primary);
  const publicEmail = visibility === "public" ? sql`coalesce((${address}), '')` : "";
  const [[row]] = await store.engine.transaction(
    store.engine.query.update(emails).set({ visibility, updatedAt }).where(primary).returning(),
    store.engine.query.update(users).set({ publicEmail, updatedAt }).where(eq(users.id, userId)),
    auditStatement(
      store,
      { action: "user.change_email_visibility", userId, details: { to: visibility } },
      { from: emails, where: primary },
    ),
  );
  if (row === undefined) throw notFound("email");
  invalidate.userChanged(store, userId);
  return row;
}
