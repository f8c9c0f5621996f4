import { isPassword } from "../../domain/credentials/passwords.ts";
import { SCOPES } from "../../domain/credentials/scopes.ts";
import { endSession, endSessions, listSessions } from "../../domain/credentials/sessions.ts";
import * as tokenQueries from "../../domain/credentials/token-queries.ts";
import * as tokens from "../../domain/credentials/tokens.ts";
import * as twoFactor from "../../domain/credentials/two-factor.ts";
import { getUserById } from "../../domain/users/users.ts";
import { viewerOf } from "../http/authenticate.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { type Form, fieldOf, trimmedField } from "../http/forms.ts";
import { passwordView, sessionsView, twoFactorView } from "../views/settings-credentials.ts";
import { tokensView } from "../views/tokens.ts";
import { changePassword, passwordProblems } from "./change-password.ts";
import { sendPasswordChanged } from "./email-confirmation.ts";
import { isLimited, TOO_MANY_ATTEMPTS } from "./sign-in.ts";

const MAX_TOKENS_SHOWN = 200;
const DAY_SECONDS = 24 * 60 * 60;
const MAX_DAYS = 36_500;

/** Tokens of a user that count, the newest first. */
export async function tokensOf({ store }: PageContext, userId: number) {
  const part = { offset: 0, limit: MAX_TOKENS_SHOWN };
  const { rows } = await tokenQueries.page(store, { userId, active: true }, part);
  return rows.reverse();
}

export const showTokens: PageHandler = async (_input, context) => ({
  html: tokensView(context, { rows: await tokensOf(context, viewerOf(context).id) }),
});

/** The new token that a form describes, or messages about the form. */
export function tokenFrom(form: Form, now: number) {
  const name = trimmedField(form, "name");
  const scopes = form.fields.getAll("scope");
  const days = trimmedField(form, "expires_in");
  const number = Number(days);
  const errors: Record<string, string[]> = {};
  if (name === "" || name.length > 255) errors.name = ["has to be given"];
  if (scopes.length === 0) errors.scope = ["have to be chosen"];
  if (!scopes.every((scope) => SCOPES.has(scope))) errors.scope = ["are unknown"];
  if (days !== "" && !(Number.isInteger(number) && number >= 1 && number <= MAX_DAYS)) {
    errors.expires_in = ["has to be a number of days"];
  }
  const expiresAt = days === "" ? undefined : Math.floor(now / 1000) + number * DAY_SECONDS;
  return { name, scopes, expiresAt, errors };
}

/** The token is shown in this one answer and nowhere else. */
export const createToken: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { store } = context;
  const { id: userId } = viewerOf(context);
  const { name, scopes, expiresAt, errors } = tokenFrom(form, store.clock());
  if (Object.keys(errors).length > 0) {
    const rows = await tokensOf(context, userId);
    return { html: tokensView(context, { rows, errors, form }), status: 422 };
  }
  const [text] = await tokens.issue(store, { userId, name, scopes, expiresAt });
  return { html: tokensView(context, { rows: await tokensOf(context, userId), made: text }) };
};

export const revokeToken: PageHandler = async ({ path }, context): Promise<PageReply> => {
  const row = await tokenQueries.find(context.store, Number(path.id));
  if (row?.userId === viewerOf(context).id && row.revokedAt === null) {
    await tokens.revoke(context.store, row.id);
  }
  return { redirect: "/settings/tokens", notice: "The token is revoked." };
};

export const showPassword: PageHandler = (_input, context) => ({ html: passwordView(context) });

/** Whether the user has typed their own password, which few tries may find out. */
async function isOwnPassword(context: PageContext, form: Form): Promise<string | undefined> {
  const { passwordHash, username } = viewerOf(context);
  if (passwordHash === null) return undefined;
  if (await isLimited(context, username)) return TOO_MANY_ATTEMPTS;
  const fits = await isPassword(fieldOf(form, "current_password"), passwordHash);
  return fits ? undefined : "The current password is wrong.";
}

export const savePassword: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const user = viewerOf(context);
  const wrong = await isOwnPassword(context, form);
  const errors =
    wrong === undefined ? await passwordProblems(context, user, form) : { "": [wrong] };
  if (errors !== undefined) return { html: passwordView(context, errors), status: 422 };
  await changePassword(context, user, fieldOf(form, "new_password"));
  await sendPasswordChanged(context, user);
  return {
    redirect: "/settings/password",
    notice: "Your password is changed. All other sessions have ended.",
  };
};

export const showTwoFactor: PageHandler = async (_input, context): Promise<PageReply> => {
  const user = viewerOf(context);
  if (user.otpEnabledAt !== null) {
    const codesLeft = await twoFactor.countRecoveryCodes(context.store, user.id);
    return { html: await twoFactorView(context, { codesLeft }) };
  }
  const { otpSecret, username } = user;
  const enrolment =
    otpSecret === null
      ? await twoFactor.beginTwoFactor(context.store, user)
      : await twoFactor.enrolmentOf(username, otpSecret);
  return { html: await twoFactorView(context, { enrolment }) };
};

export const enableTwoFactor: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { store } = context;
  const user = viewerOf(context);
  if (user.otpEnabledAt !== null || user.otpSecret === null) {
    return { redirect: "/settings/two-factor" };
  }
  const codes = await twoFactor.confirmTwoFactor(store, user, trimmedField(form, "code"));
  if (codes === undefined) {
    const enrolment = await twoFactor.enrolmentOf(user.username, user.otpSecret);
    const errors = { code: ["is not what the app shows for this secret"] };
    return { html: await twoFactorView(context, { enrolment, errors }), status: 422 };
  }
  context.viewer = await getUserById(store, user.id);
  return { html: await twoFactorView(context, { codes, codesLeft: codes.length }) };
};

export const disableTwoFactor: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { store } = context;
  const { id } = viewerOf(context);
  const wrong = await isOwnPassword(context, form);
  if (wrong !== undefined) {
    const codesLeft = await twoFactor.countRecoveryCodes(store, id);
    const errors = { "": [wrong] };
    return { html: await twoFactorView(context, { codesLeft, errors }), status: 422 };
  }
  await twoFactor.disable(store, id);
  return { redirect: "/settings/two-factor", notice: "Two-factor authentication is off." };
};

export const renewRecoveryCodes: PageHandler = async (_input, context): Promise<PageReply> => {
  const user = viewerOf(context);
  if (user.otpEnabledAt === null) return { redirect: "/settings/two-factor" };
  const codes = await twoFactor.createRecoveryCodes(context.store, user.id);
  return { html: await twoFactorView(context, { codes, codesLeft: codes.length }) };
};

export const showSessions: PageHandler = async (_input, context) => ({
  html: sessionsView(context, await listSessions(context.store, viewerOf(context).id)),
});

export const endOneSession: PageHandler = async ({ path }, context): Promise<PageReply> => {
  await endSession(context.store, viewerOf(context).id, Number(path.id));
  return { redirect: "/settings/sessions", notice: "The session has ended." };
};

export const endOtherSessions: PageHandler = async (_input, context): Promise<PageReply> => {
  await endSessions(context.store, viewerOf(context).id, context.session?.id);
  return { redirect: "/settings/sessions", notice: "All other sessions have ended." };
};

/** Signs out everywhere, here too. */
export const endAllSessions: PageHandler = async (_input, context): Promise<PageReply> => {
  await endSessions(context.store, viewerOf(context).id);
  return { redirect: "/login", notice: "You are signed out everywhere." };
};
