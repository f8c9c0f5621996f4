import { endSession, openSession } from "../../domain/credentials/sessions.ts";
import {
  checkPassword,
  SignInBusyError,
  type SignInObstacle,
  signInBucket,
} from "../../domain/credentials/sign-in.ts";
import { signStatement, verifyStatement } from "../../domain/credentials/signed-statements.ts";
import { useRecoveryCode, useTotp } from "../../domain/credentials/two-factor.ts";
import type { User } from "../../domain/user.ts";
import { apply } from "../../domain/users/account-states.ts";
import { getUserById } from "../../domain/users/users.ts";
import { localPath } from "../http/authenticate.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { clearCookie, getCookie, setCookie } from "../http/cookies.ts";
import { fieldOf, trimmedField } from "../http/forms.ts";
import { expiredPasswordView, secondFactorView, signInView } from "../views/sign-in.ts";
import { changePassword, passwordProblems } from "./change-password.ts";

/** Seconds for the second step, and for choosing a password in place of an expired one. */
const STEP_SECONDS = 10 * 60;
/** The cookie outlives the session that it names, which ends by its row. */
const COOKIE_SECONDS = 400 * 24 * 60 * 60;

const OBSTACLES: Readonly<Record<SignInObstacle, string>> = {
  locked:
    "This account is locked after too many wrong passwords. Wait ten minutes, or ask an administrator to unlock it.",
  pending:
    "This account waits for an administrator's approval. You can sign in once it is approved.",
  blocked: "This account is blocked. Ask an administrator to unblock it.",
  deactivated: "This account is deactivated. Ask an administrator to activate it.",
  "not-a-person": "This account is a bot's, and has no sign-in.",
};

const WRONG = "That login and password don't belong together.";
export const TOO_MANY_ATTEMPTS = "Too many tries. Wait a minute and try again.";
const TOO_SLOW = "That took too long. Sign in again.";
const UNCONFIRMED =
  "Your address is not confirmed yet. Follow the link that was mailed to you, or ask an administrator.";

export const showSignIn: PageHandler = ({ query }, context) => {
  const to = localPath(query.get("to"));
  if (context.viewer !== undefined) return { redirect: to };
  return { html: signInView(context, { to, login: "" }) };
};

/** Counts a try by address and by account, whether there is such an account or not. */
export async function isLimited(
  { store, signIns, exchange }: PageContext,
  login: string,
): Promise<boolean> {
  if (signIns === undefined) return false;
  if ((await signIns.consume(`from ${exchange.req.ip}`)) > 0) return true;
  const bucket = await signInBucket(store, login);
  return bucket !== undefined && (await signIns.consume(bucket)) > 0;
}

export const signIn: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { store } = context;
  const login = trimmedField(form, "login");
  const to = localPath(fieldOf(form, "to"));
  const refuse = (message: string, status = 422): PageReply => ({
    html: signInView(context, { to, login, message }),
    status,
  });
  if (await isLimited(context, login)) return refuse(TOO_MANY_ATTEMPTS, 429);
  const result = await checkPassword(store, login, fieldOf(form, "password")).catch(
    undefinedWhenBusy,
  );
  if (result === undefined) return refuse(TOO_MANY_ATTEMPTS, 429);
  const { user } = result;
  if (user === undefined) return refuse(WRONG);
  if (result.obstacle !== undefined && result.obstacle !== "deactivated") {
    return refuse(OBSTACLES[result.obstacle]);
  }
  if (user.confirmedAt === null) return refuse(UNCONFIRMED);
  if (user.otpEnabledAt === null) return afterSecondFactor(context, user, to);
  const statement = { sub: String(user.id), to };
  setCookie(
    context,
    "secondFactor",
    signStatement(store, "second-factor", statement, STEP_SECONDS),
  );
  return { redirect: "/login/two-factor" };
};

function undefinedWhenBusy(error: unknown): undefined {
  if (error instanceof SignInBusyError) return undefined;
  throw error;
}

/** The user between two steps of a sign-in: the password was right, and one more step is due. */
async function userOfStep(
  context: PageContext,
  name: "secondFactor" | "expiredPassword",
): Promise<{ user: User; to: string } | undefined> {
  const audience = name === "secondFactor" ? "second-factor" : "expired-password";
  const claims = verifyStatement(context.store, audience, getCookie(context, name) ?? "");
  if (claims === undefined) return undefined;
  const user = await getUserById(context.store, Number(claims.sub)).catch(() => undefined);
  // The account may have been shut between the steps.
  const mayGoOn = user?.state === "active" || user?.state === "deactivated";
  return user !== undefined && mayGoOn ? { user, to: localPath(claims.to) } : undefined;
}

export const showSecondFactor: PageHandler = async (_input, context) => {
  const step = await userOfStep(context, "secondFactor");
  return step === undefined ? { redirect: "/login" } : { html: secondFactorView(context) };
};

export const giveSecondFactor: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const step = await userOfStep(context, "secondFactor");
  if (step === undefined) return { redirect: "/login", notice: TOO_SLOW };
  const { user, to } = step;
  const refuse = (message: string, status = 422) => ({
    html: secondFactorView(context, message),
    status,
  });
  if (await isLimited(context, user.username)) return refuse(TOO_MANY_ATTEMPTS, 429);
  const code = trimmedField(form, "code");
  const fits =
    (await useTotp(context.store, user, code)) ||
    (await useRecoveryCode(context.store, user.id, code));
  if (!fits) return refuse("That code is wrong, or was used already.");
  clearCookie(context, "secondFactor");
  return afterSecondFactor(context, user, to);
};

/** A password that has expired is changed before anything else. */
async function afterSecondFactor(context: PageContext, user: User, to: string): Promise<PageReply> {
  const { store } = context;
  if (user.passwordExpiresAt !== null && user.passwordExpiresAt <= store.clock()) {
    const statement = { sub: String(user.id), to };
    const text = signStatement(store, "expired-password", statement, STEP_SECONDS);
    setCookie(context, "expiredPassword", text);
    return { redirect: "/login/expired-password" };
  }
  await startSession(context, user);
  return { redirect: to };
}

/** Opens a session. A deactivated user comes back by signing in, as at GitLab. */
export async function startSession(context: PageContext, user: User): Promise<void> {
  const { store, exchange } = context;
  if (user.state === "deactivated") await apply(store, user, user, "activate");
  const { ip, headers } = exchange.req;
  const { text } = await openSession(store, user, { ip, userAgent: headers["user-agent"] });
  setCookie(context, "session", text, COOKIE_SECONDS);
}

export const showExpiredPassword: PageHandler = async (_input, context) => {
  const step = await userOfStep(context, "expiredPassword");
  return step === undefined ? { redirect: "/login" } : { html: expiredPasswordView(context) };
};

export const changeExpiredPassword: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const step = await userOfStep(context, "expiredPassword");
  if (step === undefined) return { redirect: "/login", notice: TOO_SLOW };
  const errors = await passwordProblems(context, step.user, form);
  if (errors !== undefined) return { html: expiredPasswordView(context, errors), status: 422 };
  await changePassword(context, step.user, fieldOf(form, "new_password"));
  clearCookie(context, "expiredPassword");
  await startSession(context, await getUserById(context.store, step.user.id));
  return { redirect: step.to, notice: "Your password is changed." };
};

export const signOut: PageHandler = async (_input, context) => {
  const { store, session } = context;
  if (session !== undefined) await endSession(store, session.userId, session.id);
  clearCookie(context, "session");
  return { redirect: "/login", notice: "You are signed out." };
};
