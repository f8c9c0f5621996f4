import { and, asc, eq } from "../../storage/drizzle.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { DomainError, notFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { parseSshPublicKey } from "./ssh-public-key.ts";

export type SshKey = Store["engine"]["tables"]["sshKeys"]["$inferSelect"];

export interface NewSshKey {
  /** The key's own comment where there is none, or an empty one, as gh sends. */
  title?: string | null | undefined;
  /** A line of an OpenSSH public key file. */
  key: string;
  usageType?: SshKey["usageType"] | undefined;
  /** Milliseconds since 1970. */
  expiresAt?: number | null | undefined;
}

const LONGEST_TITLE = 255;

/** A user's keys, oldest first. */
export function of(store: Store, userId: number): Promise<SshKey[]> {
  const { sshKeys } = store.engine.tables;
  return store.engine.query
    .select()
    .from(sshKeys)
    .where(eq(sshKeys.userId, userId))
    .orderBy(asc(sshKeys.id));
}

/** One of a user's keys. Throws `not-found`, also for somebody else's. */
export function byId(store: Store, userId: number, id: number): Promise<SshKey> {
  const { sshKeys } = store.engine.tables;
  const mine = and(eq(sshKeys.id, id), eq(sshKeys.userId, userId));
  return only(store.engine.query.select().from(sshKeys).where(mine));
}

/** Anybody's key; undefined where there is none. */
export async function find({ engine }: Store, id: number): Promise<SshKey | undefined> {
  const { sshKeys } = engine.tables;
  const [row] = await engine.query.select().from(sshKeys).where(eq(sshKeys.id, id));
  return row;
}

/** Anybody's key, by either of its fingerprints as they are stored. Throws `not-found`. */
export function byFingerprint({ engine }: Store, fingerprint: string): Promise<SshKey> {
  const { sshKeys } = engine.tables;
  const column = fingerprint.startsWith("SHA256:")
    ? sshKeys.fingerprintSha256
    : sshKeys.fingerprintMd5;
  return only(engine.query.select().from(sshKeys).where(eq(column, fingerprint)));
}

async function only(found: PromiseLike<SshKey[]>): Promise<SshKey> {
  const [row] = await found;
  if (row === undefined) throw notFound("key");
  return row;
}

/**
 * Adds a key. Throws `invalid` for what is no key and `conflict` for one that somebody has: a key
 * tells who is connecting, so two users can't share one.
 */
export async function add(store: Store, userId: number, wanted: NewSshKey): Promise<SshKey> {
  const { sshKeys } = store.engine.tables;
  const parsed = parseSshPublicKey(wanted.key);
  if (parsed === undefined) throw new DomainError("invalid", "key", "key");
  const { type, blob, comment, fingerprintSha256, fingerprintMd5 } = parsed;
  const now = store.clock();
  const title = wanted.title || comment.slice(0, LONGEST_TITLE);
  const insertion = store.engine.query
    .insert(sshKeys)
    .values({
      userId,
      title,
      key: `${type} ${blob}`,
      comment,
      fingerprintSha256,
      fingerprintMd5,
      ...(wanted.usageType === undefined ? {} : { usageType: wanted.usageType }),
      expiresAt: wanted.expiresAt ?? null,
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  try {
    const [[row]] = await store.engine.transaction(insertion);
    return row as SshKey;
  } catch (error) {
    if (error instanceof DuplicateKeyError) throw new DomainError("conflict", "taken", "key");
    throw error;
  }
}

/** Takes one of a user's keys away. Throws `not-found`, also for somebody else's. */
export async function remove(store: Store, userId: number, id: number): Promise<void> {
  const { sshKeys } = store.engine.tables;
  const [rows] = await store.engine.transaction(
    store.engine.query
      .delete(sshKeys)
      .where(and(eq(sshKeys.id, id), eq(sshKeys.userId, userId)))
      .returning({ id: sshKeys.id }),
  );
  if (rows.length === 0) throw notFound("key");
}
