import { and, asc, eq, sql } from "../../storage/drizzle.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { DomainError, notFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { MAX_KEY_TITLE_LENGTH } from "./ssh-keys.ts";
import { parseSshPublicKey } from "./ssh-public-key.ts";

export type SshSigningKey = Store["engine"]["tables"]["sshSigningKeys"]["$inferSelect"];

/** A user's signing keys, oldest first. */
export function listSigningKeys({ engine }: Store, userId: number): Promise<SshSigningKey[]> {
  const { sshSigningKeys } = engine.tables;
  return engine.query
    .select()
    .from(sshSigningKeys)
    .where(eq(sshSigningKeys.userId, userId))
    .orderBy(asc(sshSigningKeys.id));
}

const isOwn = ({ engine: { tables } }: Store, userId: number, id: number) =>
  and(eq(tables.sshSigningKeys.id, id), eq(tables.sshSigningKeys.userId, userId));

/** One of a user's signing keys. Throws `not-found`, also for another user's. */
export async function getSigningKey(
  store: Store,
  userId: number,
  id: number,
): Promise<SshSigningKey> {
  const { sshSigningKeys } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(sshSigningKeys)
    .where(isOwn(store, userId, id));
  if (row === undefined) throw notFound("key");
  return row;
}

/**
 * Adds a key that signs commits; without a title it has the key's comment for one. Throws `invalid`
 * for a text that is no public key, and `conflict` for a signing key that exists. The same key may
 * be an SSH key as well: GitHub keeps the two lists apart.
 */
export async function createSigningKey(
  store: Store,
  userId: number,
  { title, key }: { title?: string | null | undefined; key: string },
): Promise<SshSigningKey> {
  const { sshSigningKeys } = store.engine.tables;
  const parsed = parseSshPublicKey(key);
  if (parsed === undefined) throw new DomainError("invalid", "key", "key");
  const { type, blob, comment, fingerprintSha256 } = parsed;
  const values = {
    userId,
    title: title || comment.slice(0, MAX_KEY_TITLE_LENGTH),
    key: `${type} ${blob}`,
    fingerprintSha256,
    createdAt: store.clock(),
  };
  try {
    const [[row]] = await store.engine.transaction(
      store.engine.query.insert(sshSigningKeys).values(values).returning(),
      auditStatement(store, {
        action: "ssh_signing_key.create",
        userId,
        target: { type: "SigningKey", name: values.title },
        details: { fingerprint: fingerprintSha256 },
      }),
    );
    return row as SshSigningKey;
  } catch (error) {
    if (error instanceof DuplicateKeyError) throw new DomainError("conflict", "taken", "key");
    throw error;
  }
}

/** Deletes one of a user's signing keys. Throws `not-found`, also for another user's. */
export async function deleteSigningKey(store: Store, userId: number, id: number): Promise<void> {
  const { sshSigningKeys } = store.engine.tables;
  const where = isOwn(store, userId, id);
  const [, rows] = await store.engine.transaction(
    auditStatement(
      store,
      {
        action: "ssh_signing_key.delete",
        userId,
        target: { type: "SigningKey", id, name: sql`${sshSigningKeys.title}` },
      },
      { from: sshSigningKeys, where },
    ),
    store.engine.query.delete(sshSigningKeys).where(where).returning({ id: sshSigningKeys.id }),
  );
  if (rows.length === 0) throw notFound("key");
}
