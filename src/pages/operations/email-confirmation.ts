import { issue } from "../../domain/credentials/email-links.ts";
import { passwordChangedLetter } from "../../domain/letter.ts";
import * as emails from "../../domain/profile/emails.ts";
import type { User } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";

/**
 * Mails a link that confirms an address, and says whether mail is sent at all. Where none is, the
 * letter is kept for the operator, as with GitLab's dialect.
 */
export async function sendConfirmation(
  { store, settings, origin, requestId }: PageContext,
  user: Pick<User, "id">,
  email: string,
): Promise<boolean> {
  const secret = await issue(store, { userId: user.id, purpose: "confirm_email", email });
  const link = `${origin}/-/confirmation?token=${secret}`;
  const text = `Follow this link to confirm that the address is yours:\n\n${link}\n`;
  const letter = { to: email, subject: "Confirmation instructions", text };
  if (settings.sendMail === undefined) {
    await settings.keepMail(letter);
    return false;
  }
  settings
    .sendMail(letter)
    .catch((error: unknown) => settings.log.error({ err: error, id: requestId }));
  return true;
}

/** Mails a user that their password was changed; does nothing without a mail server. */
export async function sendPasswordChanged(
  { store, settings, origin, requestId, viewer }: PageContext,
  user: Pick<User, "id" | "username">,
): Promise<void> {
  const own = await emails.listByUser(store, user.id);
  const to = own.find(({ primary }) => primary)?.email;
  if (settings.sendMail === undefined || to === undefined) return;
  const byAdministrator = viewer?.id !== user.id;
  settings
    .sendMail(passwordChangedLetter({ to, username: user.username, origin, byAdministrator }))
    .catch((error: unknown) => settings.log.error({ err: error, id: requestId }));
}
