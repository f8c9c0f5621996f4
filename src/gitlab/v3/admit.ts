import type { Exchange } from "../../http/dialect.ts";
import { PeopleError } from "../../people/errors.ts";
import { isImpersonation } from "../../people/issued-tokens.ts";
import { type Credential, judge } from "../../people/tokens.ts";
import { byId, byIdOrUsername } from "../../people/users.ts";
import { takeIn } from "../wire/admit.ts";
import type { Context } from "../wire/context.ts";
import { sudoOf, tokenOf } from "../wire/credentials.ts";
import { declarationOf } from "../wire/declared.ts";
import { decided, forbidden } from "../wire/refusal.ts";

const UNAUTHORIZED = decided(401, "401 Unauthorized");

/** Finds out who is calling and for whom; whoever signs in is nobody yet, whatever they show. */
export async function admit(exchange: Exchange<Context>): Promise<void> {
  const { context, match } = exchange;
  if (!(await takeIn(exchange)) || match === undefined) return;
  if (!declarationOf(match.target).anonymous) await identify(context);
}

/** This version tells nobody what is wrong with a token, nor with the account of its owner. */
async function identify(context: Context): Promise<void> {
  const token = tokenOf(context);
  if (token !== undefined) {
    const judged = await judge(context.people, token, () => context.exchange.req.ip);
    if (typeof judged === "string" || !mayCall(context, judged)) throw UNAUTHORIZED;
    context.caller = judged;
    context.viewer = await byId(context.people, judged.user.id);
  }
  const wanted = sudoOf(context);
  if (wanted !== undefined) await standIn(context, wanted);
}

const mayCall = ({ settings }: Context, { token, user }: Credential): boolean =>
  user.state === "active" &&
  user.type !== "internal" &&
  (settings.impersonation || !isImpersonation(token));

/** The caller comes first, so that nobody learns who exists. */
async function standIn(context: Context, wanted: string): Promise<void> {
  const { caller, people } = context;
  if (caller === undefined) throw UNAUTHORIZED;
  if (!caller.user.admin) throw forbidden("Must be admin to use sudo");
  if (caller.token.kind !== "private") {
    throw forbidden("Private token must be specified in order to use sudo");
  }
  try {
    context.viewer = await byIdOrUsername(people, wanted);
  } catch (error) {
    if (!(error instanceof PeopleError && error.kind === "not-found")) throw error;
    throw decided(404, `404 No user id or username for: ${wanted} Not Found`);
  }
  context.sudo = true;
}
