import { and, asc, desc, eq, inArray, sql } from "../storage/drizzle.ts";
import { notFound, PeopleError } from "./errors.ts";
import { changedProfile, type People } from "./people.ts";

export type Email = People["db"]["tables"]["emails"]["$inferSelect"];

const LONGEST = { address: 254, local: 64 };
const LOCAL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/i;
const LABEL = /^[a-z0-9-]{1,63}$/i;

/** Whether a text has the form of an address; what `format: email` of a document allows, or less. */
export function isEmailAddress(text: string): boolean {
  if (text.length > LONGEST.address) return false;
  const [local = "", domain = "", ...rest] = text.split("@");
  if (rest.length > 0 || local.length > LONGEST.local || !LOCAL.test(local)) return false;
  if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) return false;
  return domain.split(".").every(isLabel);
}

const isLabel = (label: string) =>
  LABEL.test(label) && !label.startsWith("-") && !label.endsWith("-");

/** Addresses that differ in case alone are one. */
const folded = (address: string) => address.toLowerCase();

/** A user's addresses, the primary one first and the rest in the order that they came. */
export function of(people: People, userId: number): Promise<Email[]> {
  const { emails } = people.db.tables;
  return people.db.query
    .select()
    .from(emails)
    .where(eq(emails.userId, userId))
    .orderBy(desc(emails.primary), asc(emails.id));
}

/** The row of an address in any case, whosever it is. */
export async function holderOf(people: People, address: string): Promise<Email | undefined> {
  const { emails } = people.db.tables;
  const [row] = await people.db.query
    .select()
    .from(emails)
    .where(eq(sql`lower(${emails.email})`, folded(address)));
  return row;
}

/** One of a user's addresses. Throws `not-found`, also for somebody else's. */
export async function byId(people: People, userId: number, id: number): Promise<Email> {
  const { emails } = people.db.tables;
  const [row] = await people.db.query
    .select()
    .from(emails)
    .where(and(eq(emails.id, id), eq(emails.userId, userId)));
  if (row === undefined) throw notFound("email");
  return row;
}

/**
 * Adds addresses to a user, all of them or none, and returns the new rows. Throws `invalid` for
 * one that can't be, and `conflict` for one that somebody has, be it the same user.
 */
export async function add(
  people: People,
  userId: number,
  addresses: readonly string[],
  { confirmed }: { confirmed: boolean },
): Promise<Email[]> {
  const wanted = new Map(addresses.map((address) => [folded(address), address]));
  if (wanted.size === 0 || !addresses.every(isEmailAddress)) {
    throw new PeopleError("invalid", "email", "email");
  }
  const now = people.clock();
  const times = { confirmedAt: confirmed ? now : null, createdAt: now, updatedAt: now };
  const rows = [...wanted.values()].map((email) => ({ userId, email, ...times }));
  try {
    const [added] = await people.db.write(
      people.db.query.insert(people.db.tables.emails).values(rows).returning(),
    );
    return added;
  } catch (error) {
    if (people.db.isDuplicate(error)) throw new PeopleError("conflict", "taken", "email");
    throw error;
  }
}

/**
 * Takes addresses away from a user, all of them or none, and with them every place where the
 * profile shows them. Throws `not-found` for one that is not theirs and `invalid` for the primary.
 */
export async function remove(
  people: People,
  userId: number,
  addresses: readonly string[],
): Promise<void> {
  const wanted = new Set(addresses.map(folded));
  const doomed = (await of(people, userId)).filter(({ email }) => wanted.has(folded(email)));
  if (wanted.size === 0 || doomed.length < wanted.size) throw notFound("email");
  if (doomed.some(({ primary }) => primary)) throw new PeopleError("invalid", "primary", "email");
  const { emails, users } = people.db.tables;
  const ids = doomed.map(({ id }) => id);
  const mine = eq(users.id, userId);
  const texts = doomed.map(({ email }) => email.toLowerCase());
  await people.db.write(
    people.db.query
      .delete(emails)
      .where(and(eq(emails.userId, userId), eq(emails.primary, false), inArray(emails.id, ids))),
    people.db.query
      .update(users)
      .set({ publicEmail: "" })
      .where(and(mine, inArray(sql`lower(${users.publicEmail})`, texts))),
    people.db.query
      .update(users)
      .set({ commitEmail: null })
      .where(and(mine, inArray(sql`lower(${users.commitEmail})`, texts))),
  );
  changedProfile(people, userId);
}

/**
 * Shows the primary address to everybody or to nobody; the profile's public address follows.
 * Returns the address. Throws `not-found` when there is none.
 */
export async function setVisibility(
  people: People,
  userId: number,
  visibility: "public" | "private",
): Promise<Email> {
  const { emails, users } = people.db.tables;
  const updatedAt = people.clock();
  const primary = and(eq(emails.userId, userId), eq(emails.primary, true));
  const address = people.db.query.select({ email: emails.email }).from(emails).where(primary);
  const publicEmail = visibility === "public" ? sql`coalesce((${address}), '')` : "";
  const [[row]] = await people.db.write(
    people.db.query.update(emails).set({ visibility, updatedAt }).where(primary).returning(),
    people.db.query.update(users).set({ publicEmail, updatedAt }).where(eq(users.id, userId)),
  );
  if (row === undefined) throw notFound("email");
  changedProfile(people, userId);
  return row;
}
