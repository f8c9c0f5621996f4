import { privateTokenOf } from "../../../domain/credentials/private-tokens.ts";
import {
  recordSignIn,
  SignInBusyError,
  signIn,
  signInBucket,
} from "../../../domain/credentials/sign-in.ts";
import { fixedError, tooMany } from "../../http/api-error.ts";
import type { Context } from "../../http/context.ts";
import type { Handler } from "../http/context.ts";
import { userFull } from "../presenters/index.ts";

const UNAUTHORIZED = fixedError(401, "401 Unauthorized");
const TWO_FACTOR = fixedError(
  401,
  "401 Unauthorized. You have 2FA enabled. Please use a personal access token to access the API",
);

/** Counts each try by its address and by the login, whether there is such a user or not. */
async function checkLimit({ store, signIns, exchange }: Context, login: string): Promise<void> {
  if (signIns === undefined) return;
  const wait = await signIns.consume(`from ${exchange.req.ip}`);
  if (wait > 0) throw tooMany(wait);
  const bucket = await signInBucket(store, login);
  const longer = bucket === undefined ? 0 : await signIns.consume(bucket);
  if (longer > 0) throw tooMany(longer);
}

function refuseWhenBusy(error: unknown): never {
  throw error instanceof SignInBusyError ? tooMany(1) : error;
}

export const createSession: Handler<"createSession"> = async ({ body }, context) => {
  const { store } = context;
  const login = (body?.email || body?.login || "").trim();
  await checkLimit(context, login);
  const user = await signIn(store, login, body?.password ?? "").catch(refuseWhenBusy);
  if (user === undefined) throw UNAUTHORIZED;
  // Shown only to a caller who knows the password.
  if (user.otpEnabledAt !== null) throw TWO_FACTOR;
  await recordSignIn(store, user);
  const private_token = await privateTokenOf(store, user.id);
  return { status: 201, body: { ...(await userFull(context, user)), private_token } };
};
