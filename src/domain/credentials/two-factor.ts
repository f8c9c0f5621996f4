import { hash } from "node:crypto";
import { and, eq, isNotNull, isNull, lt, or, type SQL } from "../../storage/drizzle.ts";
import type { Statement } from "../../storage/engine.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { endCredentialsStatements } from "./end-credentials.ts";

/** As many bytes as the hash has that the codes are made with (RFC 4226, section 4). */
const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
const ISSUER = "followd";

/** What an authenticator app needs to know. */
export interface Enrolment {
  /** Base32. */
  secret: string;
  url: string;
}

/** Loaded at its first use: most processes never make or check a code. */
async function totpOf(secret: string | undefined, label = "") {
  const { Secret, TOTP } = await import("otpauth");
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: secret === undefined ? new Secret({ size: SECRET_BYTES }) : Secret.fromBase32(secret),
    period: STEP_SECONDS,
  });
}

/**
 * Switches two-factor authentication on with a new secret, which is told here once; an app with an
 * older one stops working. Throws `not-found`.
 */
export function enable(store: Store, user: Pick<User, "id" | "username">): Promise<Enrolment> {
  const now = store.clock();
  return setNewSecret(store, user, {
    change: { otpEnabledAt: now, otpLastStep: null, updatedAt: now },
    statements: enabledStatements(store, user.id),
  });
}

/** Stores a new secret, with other changes and statements. Throws `not-found`. */
async function setNewSecret(
  store: Store,
  { id, username }: Pick<User, "id" | "username">,
  more: { change?: Partial<User>; condition?: SQL; statements?: readonly Statement[] },
): Promise<Enrolment> {
  const { users } = store.engine.tables;
  const totp = await totpOf(undefined, username);
  const secret = totp.secret.base32;
  const [rows] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({ ...more.change, otpSecret: secret })
      .where(and(eq(users.id, id), more.condition))
      .returning({ id: users.id }),
    ...(more.statements ?? []),
  );
  if (rows.length === 0) throw notFound("user");
  invalidate.userChanged(store, id);
  return { secret, url: totp.toString() };
}

function enabledStatements(store: Store, userId: number) {
  const { users } = store.engine.tables;
  return [
    ...endCredentialsStatements(store, userId, "second-factor"),
    auditStatement(
      store,
      { action: "two_factor_authentication.enabled", userId },
      { from: users, where: eq(users.id, userId) },
    ),
  ];
}

/** Switches two-factor authentication off and forgets the secret; says whether it was on. */
export async function disable(store: Store, id: number): Promise<boolean> {
  const { users } = store.engine.tables;
  const isOn = and(eq(users.id, id), isNotNull(users.otpEnabledAt));
  const [, rows] = await store.engine.transaction(
    auditStatement(
      store,
      { action: "two_factor_authentication.disabled", userId: id },
      { from: users, where: isOn },
    ),
    store.engine.query
      .update(users)
      .set({
        otpSecret: null,
        otpEnabledAt: null,
        otpLastStep: null,
        updatedAt: store.clock(),
      })
      .where(isOn)
      .returning({ id: users.id }),
  );
  if (rows.length === 0) return false;
  await store.engine.transaction(deleteRecoveryCodesStatement(store, id));
  invalidate.userChanged(store, id);
  return true;
}

/** How many codes a user gets, and the bytes of each: 64 bits can't be guessed. */
const RECOVERY_CODE_COUNT = 10;
const RECOVERY_CODE_BYTES = 8;

/**
 * A new secret that does not count yet: two-factor authentication is on once `confirmTwoFactor`
 * was given a code made with it. Throws `not-found`.
 */
export const beginTwoFactor = (
  store: Store,
  user: Pick<User, "id" | "username">,
): Promise<Enrolment> =>
  setNewSecret(store, user, { condition: isNull(store.engine.tables.users.otpEnabledAt) });

/** The address that an authenticator app reads from a QR code, for a secret that is there already. */
export const enrolmentOf = async (username: string, secret: string): Promise<Enrolment> => ({
  secret,
  url: (await totpOf(secret, username)).toString(),
});

/** Switches two-factor authentication on when the code fits; recovery codes, or undefined. */
export async function confirmTwoFactor(
  store: Store,
  user: User,
  code: string,
): Promise<string[] | undefined> {
  if (!(await useTotp(store, user, code))) return undefined;
  const { users } = store.engine.tables;
  const now = store.clock();
  await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({ otpEnabledAt: now, updatedAt: now })
      .where(eq(users.id, user.id)),
    ...enabledStatements(store, user.id),
  );
  invalidate.userChanged(store, user.id);
  return createRecoveryCodes(store, user.id);
}

/** Whether it is the code of now or of a step beside it; each code opens once (RFC 6238, 5.2). */
export async function useTotp(store: Store, user: User, code: string): Promise<boolean> {
  const token = code.replace(/\s/g, "");
  if (user.otpSecret === null || !/^\d{6}$/.test(token)) return false;
  const totp = await totpOf(user.otpSecret);
  const timestamp = store.clock();
  const delta = totp.validate({ token, timestamp, window: 1 });
  if (delta === null) return false;
  const step = Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
  const { users } = store.engine.tables;
  const [rows] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({ otpLastStep: step })
      .where(and(eq(users.id, user.id), or(isNull(users.otpLastStep), lt(users.otpLastStep, step))))
      .returning({ id: users.id }),
  );
  if (rows.length > 0) invalidate.userChanged(store, user.id);
  return rows.length > 0;
}

const digestOf = (code: string) => hash("sha256", code.toLowerCase().replace(/[^0-9a-f]/g, ""));

/** New recovery codes in place of the old ones. Their texts are returned only here. */
export async function createRecoveryCodes(store: Store, userId: number): Promise<string[]> {
  const { recoveryCodes } = store.engine.tables;
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, () =>
    store.random
      .bytes(RECOVERY_CODE_BYTES)
      .toString("hex")
      .replace(/^(.{8})/, "$1-"),
  );
  const rows = codes.map((code) => ({ userId, digest: digestOf(code) }));
  await store.engine.transaction(
    deleteRecoveryCodesStatement(store, userId),
    store.engine.query.insert(recoveryCodes).values(rows),
    auditStatement(store, {
      action: "two_factor_authentication.recovery_codes_generated",
      userId,
    }),
  );
  return codes;
}

/** Whether a recovery code is one of the user's; it opens once. */
export async function useRecoveryCode(
  store: Store,
  userId: number,
  code: string,
): Promise<boolean> {
  const { recoveryCodes } = store.engine.tables;
  const [rows] = await store.engine.transaction(
    store.engine.query
      .delete(recoveryCodes)
      .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.digest, digestOf(code))))
      .returning({ userId: recoveryCodes.userId }),
  );
  return rows.length > 0;
}

/** How many recovery codes a user has left. */
export const countRecoveryCodes = ({ engine }: Store, userId: number): Promise<number> =>
  engine.query.$count(engine.tables.recoveryCodes, eq(engine.tables.recoveryCodes.userId, userId));

function deleteRecoveryCodesStatement({ engine }: Store, userId: number) {
  const { recoveryCodes } = engine.tables;
  return engine.query.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}
