import { and, asc, eq } from "../../storage/drizzle.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { DomainError, notFound } from "../errors.ts";
import type { Store } from "../store.ts";

export type GpgKey = Store["engine"]["tables"]["gpgKeys"]["$inferSelect"];

const BEGINNING = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const END = "-----END PGP PUBLIC KEY BLOCK-----";
const MARK = /-----(?:BEGIN|END) PGP [A-Z ]+-----/g;

/** Whether a text is one armored block that says it holds a public key; `fingerprintOf` looks. */
export function isArmored(text: string): boolean {
  const marks = text.match(MARK) ?? [];
  const framed = text.startsWith(BEGINNING) && text.endsWith(END);
  return framed && marks.length === 2;
}

/** Undefined for what is not exactly one key, and for a private one, under any name of the block. */
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

/** The fingerprint of an armored public key, without blanks around it; undefined for what is none. */
export const fingerprintOfGpgKey = async (armored: string): Promise<string | undefined> =>
  isArmored(armored) ? fingerprintOf(armored) : undefined;

/** A user's keys, oldest first. */
export function listByUser({ engine }: Store, userId: number): Promise<GpgKey[]> {
  const { gpgKeys } = engine.tables;
  return engine.query
    .select()
    .from(gpgKeys)
    .where(eq(gpgKeys.userId, userId))
    .orderBy(asc(gpgKeys.id));
}

const mine = ({ engine: { tables } }: Store, userId: number, id: number) =>
  and(eq(tables.gpgKeys.id, id), eq(tables.gpgKeys.userId, userId));

/** One of a user's keys. Throws `not-found`, also for another user's. */
export async function byId(store: Store, userId: number, id: number): Promise<GpgKey> {
  const { gpgKeys } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(gpgKeys)
    .where(mine(store, userId, id));
  if (row === undefined) throw notFound("gpg-key");
  return row;
}

/**
 * Adds an armored public key. Throws `invalid` for what is none, with `fingerprint` for the field
 * where it only looks like one, and `conflict` for one that is taken.
 */
export async function add(
  store: Store,
  userId: number,
  text: string,
  name: string | null = null,
): Promise<GpgKey> {
  const { gpgKeys } = store.engine.tables;
  const key = text.trim();
  if (!isArmored(key)) throw new DomainError("invalid", "key", "key");
  const fingerprint = await fingerprintOf(key);
  if (fingerprint === undefined) throw new DomainError("invalid", "fingerprint", "fingerprint");
  const now = store.clock();
  const values = { userId, key, fingerprint, name, createdAt: now, updatedAt: now };
  try {
    const [[row]] = await store.engine.transaction(
      store.engine.query.insert(gpgKeys).values(values).returning(),
      auditStatement(store, {
        action: "gpg_key.create",
        userId,
        target: { type: "GpgKey" },
        details: { fingerprint },
      }),
    );
    return row as GpgKey;
  } catch (error) {
    if (error instanceof DuplicateKeyError)
      throw new DomainError("conflict", "taken", "fingerprint");
    throw error;
  }
}

/** Takes one of a user's keys away. Throws `not-found`, also for another user's. */
export async function remove(store: Store, userId: number, id: number): Promise<void> {
  const { gpgKeys } = store.engine.tables;
  const [, rows] = await store.engine.transaction(
    auditStatement(
      store,
      { action: "gpg_key.delete", userId, target: { type: "GpgKey", id } },
      { from: gpgKeys, where: mine(store, userId, id) },
    ),
    store.engine.query
      .delete(gpgKeys)
      .where(mine(store, userId, id))
      .returning({ id: gpgKeys.id }),
  );
  if (rows.length === 0) throw notFound("gpg-key");
}
