import { recordAudit } from "../../domain/activity/audit-log.ts";
import { issue } from "../../domain/credentials/email-links.ts";
import type { User } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";

/**
 * Mails a link that confirms an address, and says whether mail is sent at all. Where none is, the
 * link stands in the audit log, as with GitLab's dialect.
 */
export async function sendConfirmation(
  { store, settings, origin, viewer, requestId }: PageContext,
  user: Pick<User, "id">,
  email: string,
): Promise<boolean> {
  const secret = await issue(store, { userId: user.id, purpose: "confirm_email", email });
  const link = `${origin}/-/confirmation?token=${secret}`;
  if (settings.sendMail === undefined) {
    const details = { email, link };
    const action = "confirm_email_link";
    await recordAudit(store, { actorId: viewer?.id ?? null, userId: user.id, action, details });
    return false;
  }
  const text = `Follow this link to confirm that the address is yours:\n\n${link}\n`;
  settings
    .sendMail({ to: email, subject: "Confirmation instructions", text })
    .catch((error: unknown) => settings.log.error({ err: error, id: requestId }));
  return true;
}
