import { hash } from "node:crypto";
import { and, eq, gt, lte } from "../../storage/drizzle.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { notFound } from "../errors.ts";
import { type Email, findEmail, findOwnEmail, releaseEmailStatement } from "../profile/emails.ts";
import type { Store } from "../store.ts";
import { updateAccount } from "../users/accounts.ts";
import { getUserById } from "../users/users.ts";
import { isWeakPassword } from "./password-strength.ts";
import { hashPassword } from "./passwords.ts";

const HOUR_MS = 60 * 60 * 1000;
/** How long a link opens what it is for. */
const LIFETIMES = { confirm_email: 72 * HOUR_MS, reset_password: 48 * HOUR_MS } as const;

export type Purpose = keyof typeof LIFETIMES;
type MailedLink = Store["engine"]["tables"]["mailedLinks"]["$inferSelect"];

const digestOf = (secret: string) => hash("sha256", secret, "hex");

/** Makes the secret of a link to an address; only its digest is kept. */
export async function issue(
  store: Store,
  { userId, purpose, email }: Pick<MailedLink, "userId" | "purpose" | "email">,
): Promise<string> {
  const { mailedLinks } = store.engine.tables;
  const secret = store.random.bytes(24).toString("base64url");
  const now = store.clock();
  await store.engine.transaction(
    store.engine.query.delete(mailedLinks).where(lte(mailedLinks.expiresAt, now)),
    // The newest link to an address alone counts, as an older mail may have gone astray.
    store.engine.query
      .delete(mailedLinks)
      .where(
        and(
          eq(mailedLinks.userId, userId),
          eq(mailedLinks.purpose, purpose),
          eq(mailedLinks.email, email),
        ),
      ),
    store.engine.query.insert(mailedLinks).values({
      digest: digestOf(secret),
      expiresAt: now + LIFETIMES[purpose],
      ...{ userId, purpose, email },
    }),
    auditStatement(store, {
      action: `user.${purpose}_link`,
      userId,
      target: { type: "Email", name: email },
    }),
  );
  return secret;
}

const theOne = ({ engine, clock }: Store, purpose: Purpose, secret: string) => {
  const { mailedLinks } = engine.tables;
  return and(
    eq(mailedLinks.digest, digestOf(secret)),
    eq(mailedLinks.purpose, purpose),
    gt(mailedLinks.expiresAt, clock()),
  );
};

/** What a link is for. Throws `not-found` for one that opens nothing, or nothing any more. */
export async function findValidLink(
  store: Store,
  purpose: Purpose,
  secret: string,
): Promise<MailedLink> {
  const { mailedLinks } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(mailedLinks)
    .where(theOne(store, purpose, secret));
  if (row === undefined) throw notFound("link");
  return row;
}

/** What a link was for; it opens nothing a second time. Throws as `findValidLink`. */
async function redeem(store: Store, purpose: Purpose, secret: string): Promise<MailedLink> {
  const { mailedLinks } = store.engine.tables;
  const [[row]] = await store.engine.transaction(
    store.engine.query
      .delete(mailedLinks)
      .where(theOne(store, purpose, secret))
      .returning(),
  );
  if (row === undefined) throw notFound("link");
  return row;
}

/**
 * Counts an address as its owner's from now on, and makes it the primary one where that waited for
 * this. Returns the address. Throws as `findValidLink`, also when another user has it by now.
 */
export async function confirmEmail(store: Store, secret: string): Promise<string> {
  const { userId, email } = await redeem(store, "confirm_email", secret);
  const user = await getUserById(store, userId);
  const holder = await findEmail(store, email);
  const own = await findOwnEmail(store, userId, email);
  const awaited = user.unconfirmedEmail?.toLowerCase() === email.toLowerCase();
  const isFree = holder === undefined || holder.userId === userId;
  if (!isFree || (own === undefined && !awaited)) throw notFound("link");
  if (awaited || own?.primary === true) {
    const confirmedAt = user.confirmedAt ?? store.clock();
    const columns = { confirmedAt, ...(awaited ? { unconfirmedEmail: null } : {}) };
    await updateAccount(store, userId, { ...columns, primary: email });
  } else if (own !== undefined) await confirm(store, own);
  return email;
}

async function confirm(store: Store, { id, userId, email }: Email): Promise<void> {
  const { emails } = store.engine.tables;
  const now = store.clock();
  const change = { confirmedAt: now, updatedAt: now };
  await store.engine.transaction(
    store.engine.query.update(emails).set(change).where(eq(emails.id, id)),
    releaseEmailStatement(store, userId, email),
    auditStatement(store, {
      action: "user.confirm_email",
      userId,
      target: { type: "Email", id, name: email },
    }),
  );
}

/**
 * Gives the owner of a link the password that they chose, and says whether it was good enough.
 * Throws as `findValidLink`.
 */
export async function choosePassword(
  store: Store,
  secret: string,
  password: string,
): Promise<boolean> {
  const { userId, email } = await findValidLink(store, "reset_password", secret);
  const { username, name } = await getUserById(store, userId);
  const names = [username, name, email, email.split("@")[0] ?? ""];
  const length = Array.from(password).length;
  if (length < 8 || length > 128 || isWeakPassword(password, names)) return false;
  const passwordHash = await hashPassword(password);
  await redeem(store, "reset_password", secret);
  await updateAccount(store, userId, { passwordHash, passwordExpiresAt: null });
  return true;
}
