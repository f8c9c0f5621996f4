import { issue } from "../../domain/credentials/email-links.ts";
import { type Letter, passwordChangedLetter } from "../../domain/letter.ts";
import * as emails from "../../domain/profile/emails.ts";
import type { User } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";

/** Hands a letter to the mail server, where there is one; the answer does not wait for it. */
export function mail({ settings, requestId }: PageContext, letter: Letter): void {
  settings
    .sendMail?.(letter)
    .catch((error: unknown) => settings.log.error({ err: error, id: requestId }));
}

/**
 * Mails a link that confirms an address, and says whether mail is sent at all. Where none is, the
 * letter is kept for the operator, as with GitLab's dialect.
 */
export async function sendConfirmation(
  context: PageContext,
  user: Pick<User, "id">,
  email: string,
): Promise<boolean> {
  const { store, settings, origin } = context;
  const secret = await issue(store, { userId: user.id, purpose: "confirm_email", email });
  const link = `${origin}/-/confirmation?token=${secret}`;
  const text = `Follow this link to confirm that the address is yours:\n\n${link}\n`;
  const letter = { to: email, subject: "Confirmation instructions", text };
  if (settings.sendMail === undefined) await settings.keepMail(letter);
  else mail(context, letter);
  return settings.sendMail !== undefined;
}

/** Mails a user that their password was changed; does nothing without a mail server. */
export async function sendPasswordChanged(
  context: PageContext,
  { id, username }: Pick<User, "id" | "username">,
): Promise<void> {
  const { store, origin, viewer } = context;
  const to = await emails.findPrimaryEmail(store, id);
  if (to === undefined) return;
  const byAdministrator = viewer?.id !== id;
  mail(context, passwordChangedLetter({ to, username, origin, byAdministrator }));
}
