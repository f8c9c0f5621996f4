import { choosePassword, findValidLink, issue } from "../../domain/credentials/email-links.ts";
import { endSessions } from "../../domain/credentials/sessions.ts";
import { undefinedIfMissing } from "../../domain/errors.ts";
import * as emails from "../../domain/profile/emails.ts";
import { findUserByUsername, getUserById } from "../../domain/users/users.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { fieldOf, trimmedField } from "../http/forms.ts";
import { forgottenPasswordView, newPasswordView } from "../views/sign-in.ts";
import { passwordProblems } from "./change-password.ts";
import { mail } from "./email-confirmation.ts";
import { isLimited, startSession, TOO_MANY_ATTEMPTS } from "./sign-in.ts";

export const showForgottenPassword: PageHandler = (_input, context) => ({
  html: forgottenPasswordView(context),
});

/** Mails a link where there is such a user; the answer is the same where there is none. */
export const mailPasswordLink: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const login = trimmedField(form, "login");
  if (await isLimited(context, login)) {
    return { html: forgottenPasswordView(context, TOO_MANY_ATTEMPTS), status: 429 };
  }
  await sendPasswordLink(context, login);
  return {
    redirect: "/login",
    notice: "If there is such an account, a link to choose a new password is on its way by mail.",
  };
};

async function sendPasswordLink(context: PageContext, login: string): Promise<void> {
  const { store, settings, origin } = context;
  if (settings.sendMail === undefined) return;
  const held = await emails.findEmail(store, login);
  const confirmed = held !== undefined && held.confirmedAt !== null ? held : undefined;
  const user = await (confirmed === undefined
    ? findUserByUsername(store, login)
    : undefinedIfMissing(getUserById(store, confirmed.userId)));
  if (user === undefined || user.state !== "active" || user.type !== "human") return;
  const email = confirmed?.email ?? (await emails.findPrimaryEmail(store, user.id));
  if (email === undefined) return;
  const secret = await issue(store, { userId: user.id, purpose: "reset_password", email });
  const link = `${origin}/login/new-password?token=${secret}`;
  const text = `Follow this link to choose a new password:\n\n${link}\n\nIf you did not ask for it, do nothing: your password stays as it is.\n`;
  mail(context, { to: email, subject: "Reset your password", text });
}

/** A link of a mail, of the first start or of an administrator, by which a password is chosen. */
export const showNewPassword: PageHandler = async ({ query }, context) => {
  await findValidLink(context.store, "reset_password", query.get("token") ?? "");
  return { html: newPasswordView(context) };
};

export const chooseNewPassword: PageHandler = async (input, context): Promise<PageReply> => {
  const { form, query } = input;
  const { store } = context;
  const secret = query.get("token") ?? "";
  const { userId } = await findValidLink(store, "reset_password", secret);
  const user = await getUserById(store, userId);
  const errors = await passwordProblems(context, user, form);
  if (errors !== undefined) return { html: newPasswordView(context, errors), status: 422 };
  if (!(await choosePassword(store, secret, fieldOf(form, "new_password")))) {
    const weak = { new_password: ["is too easy to guess"] };
    return { html: newPasswordView(context, weak), status: 422 };
  }
  await endSessions(store, userId);
  const after = await getUserById(store, userId);
  // The link stands in for the password alone: everything else is asked for as ever.
  if (after.state !== "active" || after.lockedAt !== null || after.otpEnabledAt !== null) {
    return { redirect: "/login", notice: "Your password is saved. Sign in with it." };
  }
  await startSession(context, after);
  return { redirect: "/", notice: "Your password is saved, and you are signed in." };
};

/** Links of mails that GitLab's dialect sends lead to the address that it has always had. */
export const redirectToNewPassword: PageHandler = ({ query }) => ({
  redirect: `/login/new-password?${new URLSearchParams({ token: query.get("token") ?? "" }).toString()}`,
});
