import { privateTokenOf } from "../../people/private-tokens.ts";
import { signIn } from "../../people/sign-in.ts";
import type { Context } from "../wire/context.ts";
import { decided, tooMany } from "../wire/refusal.ts";
import type { Handler } from "./context.ts";
import { userFull } from "./shapes.ts";

const UNAUTHORIZED = decided(401, "401 Unauthorized");
const TWO_FACTOR = decided(
  401,
  "401 Unauthorized. You have 2FA enabled. Please use a personal access token to access the API",
);

/** Counts each try for where it comes from and for whom it asks, whether that is anybody or not. */
function checkLimit({ signIns, exchange }: Context, login: string): void {
  const waits = [`from ${exchange.req.ip}`, `to ${login.toLowerCase()}`].map(
    (caller) => signIns?.take(caller) ?? 0,
  );
  const wait = Math.max(...waits);
  if (wait > 0) throw tooMany(wait);
}

export const createSession: Handler<"createSession"> = async ({ body }, context) => {
  const { people } = context;
  const login = (body?.email || body?.login || "").trim();
  checkLimit(context, login);
  const user = await signIn(people, login, body?.password ?? "");
  if (user === undefined) throw UNAUTHORIZED;
  // Told to nobody who doesn't know the password.
  if (user.otpEnabledAt !== null) throw TWO_FACTOR;
  const private_token = await privateTokenOf(people, user.id);
  return { status: 201, body: { ...(await userFull(context, user)), private_token } };
};
