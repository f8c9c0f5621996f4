import { eq } from "../../storage/drizzle.ts";
import { auditStatement } from "../activity/audit-log.ts";
import type { Store } from "../store.ts";

const PIN_DIGITS = 6;
/** How long a PIN counts. */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** A number by which support recognises a user; `expiresAt` is in milliseconds since 1970. */
export interface SupportPin {
  readonly pin: string;
  readonly expiresAt: number;
}

/** Gives a user a new PIN, in place of an old one. */
export async function createSupportPin(store: Store, userId: number): Promise<SupportPin> {
  const { supportPins } = store.engine.tables;
  const number = store.random.bytes(PIN_DIGITS).readUIntBE(0, PIN_DIGITS) % 10 ** PIN_DIGITS;
  const row = {
    pin: String(number).padStart(PIN_DIGITS, "0"),
    expiresAt: store.clock() + LIFETIME_MS,
  };
  await store.engine.transaction(
    store.engine.query
      .insert(supportPins)
      .values({ userId, ...row })
      .onConflictDoUpdate({ target: supportPins.userId, set: row }),
    auditStatement(store, { action: "support_pin.create", userId }),
  );
  return row;
}

/** A user's PIN; undefined where there is none, or it has expired. */
export async function findSupportPin(
  store: Store,
  userId: number,
): Promise<SupportPin | undefined> {
  const { supportPins } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(supportPins)
    .where(eq(supportPins.userId, userId));
  return row !== undefined && row.expiresAt > store.clock() ? row : undefined;
}

/** Ends a user's PIN at once. */
export async function revokeSupportPin(store: Store, userId: number): Promise<void> {
  const { supportPins } = store.engine.tables;
  const where = eq(supportPins.userId, userId);
  await store.engine.transaction(
    auditStatement(store, { action: "support_pin.revoke", userId }, { from: supportPins, where }),
    store.engine.query.delete(supportPins).where(where),
  );
}
