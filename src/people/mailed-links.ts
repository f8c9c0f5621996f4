import { hash } from "node:crypto";
import { and, eq, gt, lte } from "../storage/drizzle.ts";
import { changeAccount } from "./account-changes.ts";
import { holderOf } from "./emails.ts";
import { notFound } from "./errors.ts";
import { hashPassword } from "./passwords.ts";
import type { People } from "./people.ts";
import { byId } from "./users.ts";
import { isWeakPassword } from "./weak-passwords.ts";

const HOUR = 60 * 60 * 1000;
/** How long a link opens what it is for. */
const LIFETIMES = { confirm_email: 72 * HOUR, reset_password: 48 * HOUR } as const;

export type Purpose = keyof typeof LIFETIMES;
type MailedLink = People["db"]["tables"]["mailedLinks"]["$inferSelect"];

const digestOf = (secret: string) => hash("sha256", secret, "hex");

/** Makes the secret of a link to an address; only its digest is kept. */
export async function issue(
  people: People,
  { userId, purpose, email }: Pick<MailedLink, "userId" | "purpose" | "email">,
): Promise<string> {
  const { mailedLinks } = people.db.tables;
  const secret = people.random.bytes(24).toString("base64url");
  const now = people.clock();
  await people.db.write(
    people.db.query.delete(mailedLinks).where(lte(mailedLinks.expiresAt, now)),
    // The newest link to an address alone counts, as an older mail may have gone astray.
    people.db.query
      .delete(mailedLinks)
      .where(
        and(
          eq(mailedLinks.userId, userId),
          eq(mailedLinks.purpose, purpose),
          eq(mailedLinks.email, email),
        ),
      ),
    people.db.query.insert(mailedLinks).values({
      digest: digestOf(secret),
      expiresAt: now + LIFETIMES[purpose],
      ...{ userId, purpose, email },
    }),
  );
  return secret;
}

const theOne = ({ db, clock }: People, purpose: Purpose, secret: string) => {
  const { mailedLinks } = db.tables;
  return and(
    eq(mailedLinks.digest, digestOf(secret)),
    eq(mailedLinks.purpose, purpose),
    gt(mailedLinks.expiresAt, clock()),
  );
};

/** What a link is for. Throws `not-found` for one that opens nothing, or nothing any more. */
export async function peek(people: People, purpose: Purpose, secret: string): Promise<MailedLink> {
  const { mailedLinks } = people.db.tables;
  const [row] = await people.db.query
    .select()
    .from(mailedLinks)
    .where(theOne(people, purpose, secret));
  if (row === undefined) throw notFound("link");
  return row;
}

/** What a link was for; it opens nothing a second time. Throws as `peek`. */
async function redeem(people: People, purpose: Purpose, secret: string): Promise<MailedLink> {
  const { mailedLinks } = people.db.tables;
  const [[row]] = await people.db.write(
    people.db.query
      .delete(mailedLinks)
      .where(theOne(people, purpose, secret))
      .returning(),
  );
  if (row === undefined) throw notFound("link");
  return row;
}

/**
 * Counts an address as its owner's from now on, and makes it the primary one where that waited for
 * this. Returns the address. Throws as `peek`, also when somebody else has it by now.
 */
export async function confirmEmail(people: People, secret: string): Promise<string> {
  const { userId, email } = await redeem(people, "confirm_email", secret);
  const user = await byId(people, userId);
  const held = await holderOf(people, email);
  const awaited = user.unconfirmedEmail?.toLowerCase() === email.toLowerCase();
  const theirs = held === undefined ? awaited : held.userId === userId;
  if (!theirs) throw notFound("link");
  if (awaited || held?.primary === true) {
    const confirmedAt = user.confirmedAt ?? people.clock();
    const columns = { confirmedAt, ...(awaited ? { unconfirmedEmail: null } : {}) };
    await changeAccount(people, userId, { columns, primary: email });
  } else if (held !== undefined) await confirm(people, held.id);
  return email;
}

async function confirm(people: People, id: number): Promise<void> {
  const { emails } = people.db.tables;
  const now = people.clock();
  const change = { confirmedAt: now, updatedAt: now };
  await people.db.write(people.db.query.update(emails).set(change).where(eq(emails.id, id)));
}

/**
 * Gives the owner of a link the password that they chose, and says whether it was good enough.
 * Throws as `peek`.
 */
export async function choosePassword(
  people: People,
  secret: string,
  password: string,
): Promise<boolean> {
  const { userId, email } = await peek(people, "reset_password", secret);
  const { username, name } = await byId(people, userId);
  const names = [username, name, email, email.split("@")[0] ?? ""];
  const length = Array.from(password).length;
  if (length < 8 || length > 128 || isWeakPassword(password, names)) return false;
  const passwordHash = await hashPassword(password);
  await redeem(people, "reset_password", secret);
  await changeAccount(people, userId, { columns: { passwordHash, passwordExpiresAt: null } });
  return true;
}
