import { and, eq, isNotNull } from "../../storage/drizzle.ts";
import { notFound } from "../errors.ts";
import { invalidateUser, type Store } from "../store.ts";
import type { User } from "../users/users.ts";

/** As many bytes as the hash has that the codes are made with (RFC 4226, section 4). */
const SECRET_BYTES = 20;
const ISSUER = "followd";

/** What an authenticator app needs to know. */
export interface Enrolment {
  /** Base32. */
  secret: string;
  url: string;
}

/**
 * Switches two-factor authentication on with a new secret, which is told here once; an app with an
 * older one stops working. Throws `not-found`.
 */
export async function enable(
  store: Store,
  { id, username }: Pick<User, "id" | "username">,
): Promise<Enrolment> {
  const { users } = store.engine.tables;
  const now = store.clock();
  // Loaded here: the server itself only ever switches it off.
  const { Secret, TOTP } = await import("otpauth");
  const totp = new TOTP({
    issuer: ISSUER,
    label: username,
    secret: new Secret({ size: SECRET_BYTES }),
  });
  const secret = totp.secret.base32;
  const [rows] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({ otpSecret: secret, otpEnabledAt: now, otpLastStep: null, updatedAt: now })
      .where(eq(users.id, id))
      .returning({ id: users.id }),
  );
  if (rows.length === 0) throw notFound("user");
  invalidateUser(store, id);
  return { secret, url: totp.toString() };
}

/** Switches two-factor authentication off and forgets the secret; says whether it was on. */
export async function disable(store: Store, id: number): Promise<boolean> {
  const { users } = store.engine.tables;
  const [rows] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set({
        otpSecret: null,
        otpEnabledAt: null,
        otpLastStep: null,
        updatedAt: store.clock(),
      })
      .where(and(eq(users.id, id), isNotNull(users.otpEnabledAt)))
      .returning({ id: users.id }),
  );
  if (rows.length === 0) return false;
  invalidateUser(store, id);
  return true;
}
