import { argon2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { and, eq } from "../../storage/drizzle.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { DomainError, notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import { endCredentialsStatements } from "./end-credentials.ts";
import { fitsPasswordHash } from "./password-hashes.ts";

const MIN_CHARACTERS = 8;
/** Longer ones are as good as this long; each byte costs the server time. */
const MAX_BYTES = 1024;

/** What OWASP asks of argon2id at least: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** How a hash of today's kind and cost begins. */
const PREFIX = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$`;

const derive = promisify(argon2);
const unpadded = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");

/** A password as it may be stored. Throws `invalid` when it is too short or too long. */
export async function hashPassword(password: string): Promise<string> {
  const message = Buffer.from(password.normalize("NFC"));
  if (password.length < MIN_CHARACTERS || message.length > MAX_BYTES) {
    throw new DomainError("invalid", "password", "passwordHash");
  }
  const nonce = randomBytes(SALT_BYTES);
  const hash = await derive("argon2id", { message, nonce, tagLength: HASH_BYTES, ...COST });
  return `${PREFIX}${unpadded(nonce)}$${unpadded(hash)}`;
}

/**
 * Whether this is the password that was stored, be it hashed here or where the user came from; the
 * costs are those that were stored with it.
 */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  if (Buffer.byteLength(password) > MAX_BYTES) return false;
  return fitsPasswordHash(password, stored);
}

/**
 * Stores a password that has just been right once more where it was hashed elsewhere, so that the
 * account takes as long as all others from then on. Returns what is stored now. A password that is
 * too short to be set here stays as it came, and one that was changed meanwhile stays changed.
 */
export async function rehashPassword(
  store: Store,
  id: number,
  password: string,
  stored: string,
): Promise<string> {
  if (stored.startsWith(PREFIX) || password.length < MIN_CHARACTERS) return stored;
  const { users } = store.engine.tables;
  const passwordHash = await hashPassword(password);
  const [rows] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, id), eq(users.passwordHash, stored)))
      .returning({ id: users.id }),
  );
  if (rows.length === 0) return stored;
  invalidate.userChanged(store, id);
  return passwordHash;
}

/** Gives a user another password, which stays good until it is changed. Throws `invalid` or `not-found`. */
export async function setPassword(store: Store, id: number, password: string): Promise<void> {
  const { users } = store.engine.tables;
  const passwordHash = await hashPassword(password);
  const [rows] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({ passwordHash, passwordExpiresAt: null, updatedAt: store.clock() })
      .where(eq(users.id, id))
      .returning({ id: users.id }),
    ...endCredentialsStatements(store, id, "password"),
    auditStatement(
      store,
      { action: "user.change_password", userId: id },
      { from: users, where: eq(users.id, id) },
    ),
  );
  if (rows.length === 0) throw notFound("user");
  invalidate.userChanged(store, id);
}
