import { and, asc, eq, sql } from "../storage/drizzle.ts";
import { notFound, PeopleError } from "./errors.ts";
import { noting } from "./events.ts";
import type { People } from "./people.ts";

export type GpgKey = People["db"]["tables"]["gpgKeys"]["$inferSelect"];

const BEGINNING = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const END = "-----END PGP PUBLIC KEY BLOCK-----";
const MARK = /-----(?:BEGIN|END) PGP [A-Z ]+-----/g;

/** Whether a text is one armored block that says it holds a public key; `fingerprintOf` looks. */
export function isArmored(text: string): boolean {
  const marks = text.match(MARK) ?? [];
  const framed = text.startsWith(BEGINNING) && text.endsWith(END);
  return framed && marks.length === 2;
}

/** Undefined for what is not exactly one key, and for a private one, whatever the block calls it. */
async function fingerprintOf(armored: string): Promise<string | undefined> {
  // Loading it takes as long as all the rest of a start, and few servers ever see such a key.
  const { readKeys } = await import("openpgp");
  try {
    const [key, ...more] = await readKeys({ armoredKeys: armored });
    return key === undefined || key.isPrivate() || more.length > 0
      ? undefined
      : key.getFingerprint();
  } catch {
    return undefined;
  }
}

/** A user's keys, oldest first. */
export function of({ db }: People, userId: number): Promise<GpgKey[]> {
  const { gpgKeys } = db.tables;
  return db.query.select().from(gpgKeys).where(eq(gpgKeys.userId, userId)).orderBy(asc(gpgKeys.id));
}

const mine = ({ db: { tables } }: People, userId: number, id: number) =>
  and(eq(tables.gpgKeys.id, id), eq(tables.gpgKeys.userId, userId));

/** One of a user's keys. Throws `not-found`, also for somebody else's. */
export async function byId(people: People, userId: number, id: number): Promise<GpgKey> {
  const { gpgKeys } = people.db.tables;
  const [row] = await people.db.query
    .select()
    .from(gpgKeys)
    .where(mine(people, userId, id));
  if (row === undefined) throw notFound("gpg-key");
  return row;
}

/**
 * Adds an armored public key. Throws `invalid` for what is none, with `fingerprint` for the field
 * where it only looks like one, and `conflict` for one that somebody has.
 */
export async function add(people: People, userId: number, text: string): Promise<GpgKey> {
  const { gpgKeys } = people.db.tables;
  const key = text.trim();
  if (!isArmored(key)) throw new PeopleError("invalid", "key", "key");
  const fingerprint = await fingerprintOf(key);
  if (fingerprint === undefined) throw new PeopleError("invalid", "fingerprint", "fingerprint");
  const now = people.clock();
  const values = { userId, key, fingerprint, createdAt: now, updatedAt: now };
  const targetId = sql<number>`(select id from ${gpgKeys} where fingerprint = ${fingerprint})`;
  try {
    const [[row]] = await people.db.write(
      people.db.query.insert(gpgKeys).values(values).returning(),
      noting(people, userId, { actionName: "created", targetType: "GpgKey", targetId }, now),
    );
    return row as GpgKey;
  } catch (error) {
    if (people.db.isDuplicate(error)) throw new PeopleError("conflict", "taken", "fingerprint");
    throw error;
  }
}

/** Takes one of a user's keys away. Throws `not-found`, also for somebody else's. */
export async function remove(people: People, userId: number, id: number): Promise<void> {
  const { gpgKeys } = people.db.tables;
  const [rows] = await people.db.write(
    people.db.query
      .delete(gpgKeys)
      .where(mine(people, userId, id))
      .returning({ id: gpgKeys.id }),
  );
  if (rows.length === 0) throw notFound("gpg-key");
}
