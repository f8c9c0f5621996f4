import { issue, type Purpose } from "../../domain/credentials/email-links.ts";
import { type Letter, passwordChangedLetter } from "../../domain/letter.ts";
import * as emails from "../../domain/profile/emails.ts";
import type { User } from "../../domain/user.ts";
import type { Context } from "../http/context.ts";

/** Where links lead (the instance dialect answers there), and what a mail says above them. */
const LETTERS = {
  confirm_email: {
    path: "/-/confirmation?token=",
    subject: "Confirmation instructions",
    text: "Follow this link to confirm that the address is yours:",
  },
  reset_password: {
    path: "/-/password?token=",
    subject: "Account was created for you",
    text: "An account was created for you. Follow this link to choose a password:",
  },
} as const satisfies Record<Purpose, object>;

/**
 * Mails a link. Where no mail is sent, or the mail server doesn't take it, the letter is kept where
 * the operator alone can read it; neither the answer nor a log has the link. The answer does not
 * wait for the mail server.
 */
export async function sendLink(
  context: Context,
  user: Pick<User, "id" | "username">,
  purpose: Purpose,
  email: string,
): Promise<void> {
  const { store, base, viewer } = context;
  const { path, subject, text } = LETTERS[purpose];
  const secret = await issue(store, { userId: user.id, purpose, email });
  const cause = viewer === undefined || viewer.admin ? {} : { causedBy: viewer.id };
  const body = `${text}\n\n${base.origin}${path}${secret}\n`;
  const letter = { to: email, subject, text: body, ...cause };
  await sendLetter(context, letter);
}

/** Mails a user that their password was changed; does nothing without a mail server. */
export async function sendPasswordChanged(
  context: Context,
  user: Pick<User, "id" | "username">,
): Promise<void> {
  const { store, settings, base, caller } = context;
  const to = await emails.findPrimaryEmail(store, user.id);
  if (settings.sendMail === undefined || to === undefined) return;
  const byAdministrator = caller?.user.id !== user.id;
  const { origin } = base;
  await sendLetter(
    context,
    passwordChangedLetter({ to, username: user.username, origin, byAdministrator }),
  );
}

/** Sends a letter, or keeps it for the operator. */
async function sendLetter({ settings, requestId }: Context, letter: Letter): Promise<void> {
  const failed = (error: unknown) => settings.log.error({ err: error, id: requestId });
  if (settings.sendMail === undefined) return settings.keepMail(letter).catch(failed);
  settings
    .sendMail(letter)
    .catch((error: unknown) => {
      failed(error);
      return settings.keepMail(letter);
    })
    .catch(failed);
}
