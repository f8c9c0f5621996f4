import { and, asc, desc, eq, gt, inArray, sql } from "../../storage/drizzle.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { DomainError, notFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { parseSshPublicKey } from "./ssh-public-key.ts";

export type SshKey = Store["engine"]["tables"]["sshKeys"]["$inferSelect"];

interface NewSshKey {
  /** The key's own comment where there is none, or an empty one, as gh sends. */
  title?: string | null | undefined;
  /** A line of an OpenSSH public key file. */
  key: string;
  usageType?: SshKey["usageType"] | undefined;
  /** Milliseconds since 1970. */
  expiresAt?: number | null | undefined;
  /** Whether DSA keys are taken: GitLab does, GitHub refuses them. */
  dsa?: boolean;
}

export const MAX_KEY_TITLE_LENGTH = 255;

/** A user's keys, oldest first. */
export function listByUser(store: Store, userId: number): Promise<SshKey[]> {
  const { sshKeys } = store.engine.tables;
  return store.engine.query
    .select()
    .from(sshKeys)
    .where(eq(sshKeys.userId, userId))
    .orderBy(asc(sshKeys.id));
}

/** One of a user's keys. Throws `not-found`, also for another user's. */
export function byId(store: Store, userId: number, id: number): Promise<SshKey> {
  const { sshKeys } = store.engine.tables;
  const mine = and(eq(sshKeys.id, id), eq(sshKeys.userId, userId));
  return only(store.engine.query.select().from(sshKeys).where(mine));
}

/** An order of all keys; keys of the same time are in the order of their ids. */
export interface SshKeyOrder {
  readonly by: "created" | "updated" | "accessed";
  readonly descending: boolean;
  /** Only keys that were used after this, in milliseconds since 1970. */
  readonly usedAfter?: number | undefined;
}

/** A page of the keys of all users, and how many there are. */
export async function listAllKeys(
  { engine }: Store,
  { by, descending, usedAfter }: SshKeyOrder,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: SshKey[]; total: number }> {
  const { sshKeys } = engine.tables;
  const column = {
    created: sshKeys.createdAt,
    updated: sshKeys.updatedAt,
    accessed: sshKeys.lastUsedAt,
  }[by];
  const used = usedAfter === undefined ? undefined : gt(sshKeys.lastUsedAt, usedAfter);
  const direction = descending ? desc : asc;
  const rows = await engine.query
    .select()
    .from(sshKeys)
    .where(used)
    .orderBy(direction(column), direction(sshKeys.id))
    .limit(limit)
    .offset(offset);
  return { rows, total: await engine.query.$count(sshKeys, used) };
}

/** Deletes keys of any users, all or none. Throws `not-found` for an id without a key. */
export async function deleteKeys(store: Store, ids: readonly number[]): Promise<void> {
  const { sshKeys } = store.engine.tables;
  const requestedIds = [...new Set(ids)];
  const rows = await store.engine.query
    .select({ id: sshKeys.id })
    .from(sshKeys)
    .where(inArray(sshKeys.id, requestedIds));
  if (rows.length < requestedIds.length) throw notFound("key");
  const where = inArray(sshKeys.id, requestedIds);
  await store.engine.transaction(
    auditStatement(
      store,
      {
        action: "public_key.delete",
        userId: sql<number>`${sshKeys.userId}`,
        target: {
          type: "Key",
          id: sql<number>`${sshKeys.id}`,
          name: sql<string>`${sshKeys.title}`,
        },
      },
      { from: sshKeys, where },
    ),
    store.engine.query.delete(sshKeys).where(where),
  );
}

/** A key of any user; undefined where there is none. */
export async function find({ engine }: Store, id: number): Promise<SshKey | undefined> {
  const { sshKeys } = engine.tables;
  const [row] = await engine.query.select().from(sshKeys).where(eq(sshKeys.id, id));
  return row;
}

/** A key of any user, by either of its fingerprints as they are stored. Throws `not-found`. */
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
 * Adds a key. Throws `invalid` for text that is no key and `conflict` for one that a user has
 * already: a key tells who is connecting, so two users can't share one.
 */
export async function add(store: Store, userId: number, newKey: NewSshKey): Promise<SshKey> {
  const { sshKeys } = store.engine.tables;
  const parsed = parseSshPublicKey(newKey.key, newKey);
  if (parsed === undefined) throw new DomainError("invalid", "key", "key");
  const { type, blob, comment, fingerprintSha256, fingerprintMd5 } = parsed;
  const now = store.clock();
  const title = newKey.title || comment.slice(0, MAX_KEY_TITLE_LENGTH);
  const insertion = store.engine.query
    .insert(sshKeys)
    .values({
      userId,
      title,
      key: `${type} ${blob}`,
      comment,
      fingerprintSha256,
      fingerprintMd5,
      ...(newKey.usageType === undefined ? {} : { usageType: newKey.usageType }),
      expiresAt: newKey.expiresAt ?? null,
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  try {
    const [[row]] = await store.engine.transaction(
      insertion,
      auditStatement(store, {
        action: "public_key.create",
        userId,
        target: { type: "Key", name: title },
        details: { fingerprint: fingerprintSha256 },
      }),
    );
    return row as SshKey;
  } catch (error) {
    if (error instanceof DuplicateKeyError) throw new DomainError("conflict", "taken", "key");
    throw error;
  }
}

/** Takes one of a user's keys away. Throws `not-found`, also for another user's. */
export async function remove(store: Store, userId: number, id: number): Promise<void> {
  const { sshKeys } = store.engine.tables;
  const where = and(eq(sshKeys.id, id), eq(sshKeys.userId, userId));
  const [, rows] = await store.engine.transaction(
    auditStatement(
      store,
      { action: "public_key.delete", userId, target: { type: "Key", id } },
      { from: sshKeys, where },
    ),
    store.engine.query.delete(sshKeys).where(where).returning({ id: sshKeys.id }),
  );
  if (rows.length === 0) throw notFound("key");
}
