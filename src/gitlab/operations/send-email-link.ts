import { recordAudit } from "../../domain/activity/audit-log.ts";
import { issue, type Purpose } from "../../domain/credentials/email-links.ts";
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
 * Mails a link. Where no mail is sent, or the mail server doesn't take it, the link goes to the
 * audit log, where the operator finds it; the answer never shows it. Nobody waits for the mail.
 */
export async function sendLink(
  context: Context,
  user: Pick<User, "id" | "username">,
  purpose: Purpose,
  email: string,
): Promise<void> {
  const { store, settings, base, viewer } = context;
  const { path, subject, text } = LETTERS[purpose];
  const secret = await issue(store, { userId: user.id, purpose, email });
  const link = `${base.origin}${path}${secret}`;
  const keep = () =>
    recordAudit(store, {
      actorId: viewer?.id ?? null,
      userId: user.id,
      action: `${purpose}_link`,
      details: { email, link },
    });
  if (settings.sendMail === undefined) return keep();
  settings
    .sendMail({ to: email, subject, text: `${text}\n\n${link}\n` })
    .catch((error: unknown) => {
      settings.log.error({ err: error, id: context.requestId });
      return keep();
    })
    .catch((error: unknown) => settings.log.error({ err: error, id: context.requestId }));
}
