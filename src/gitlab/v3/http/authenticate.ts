import { knownToken, verifyToken } from "../../../domain/credentials/authenticate-token.ts";
import { isNotFound } from "../../../domain/errors.ts";
import { callObstacle } from "../../../domain/users/access.ts";
import { byIdOrUsername, getUserById } from "../../../domain/users/users.ts";
import type { Exchange } from "../../../http/dialect.ts";
import { fixedError, forbidden } from "../../http/api-error.ts";
import { readRequest } from "../../http/authenticate.ts";
import type { Context } from "../../http/context.ts";
import { putDown, sudoOf, tokenOf } from "../../http/credentials.ts";
import { declarationOf } from "../../http/declared-parameters.ts";
import { countRequest, identifyWithinLimits } from "../../http/throttle.ts";

const UNAUTHORIZED = fixedError(401, "401 Unauthorized");

/** Finds the caller and for whom they act. Signing in is anonymous, even if the request has a token. */
export async function authenticate(exchange: Exchange<Context>): Promise<void> {
  const { context, match } = exchange;
  if (!(await readRequest(exchange)) || match === undefined) return countRequest(context);
  if (declarationOf(match.target).anonymous) await countRequest(context);
  else await identifyWithinLimits(context, identify);
  await putDown(context);
}

/** This version gives no reason why a token or the account of its owner is refused. */
async function identify(context: Context): Promise<void> {
  const token = tokenOf(context);
  if (token !== undefined) {
    const judged = knownToken(context.store, token) ?? (await verifyToken(context.store, token));
    if (
      typeof judged === "string" ||
      callObstacle(context.store, judged, context.settings) !== undefined
    )
      throw UNAUTHORIZED;
    context.caller = judged;
    context.viewer = await getUserById(context.store, judged.user.id);
  }
  const sudoTarget = sudoOf(context);
  if (sudoTarget !== undefined) await standIn(context, sudoTarget);
}

/** The caller comes first, so that callers do not learn who exists. */
async function standIn(context: Context, sudoTarget: string): Promise<void> {
  const { caller, store } = context;
  if (caller === undefined) throw UNAUTHORIZED;
  if (!caller.user.admin) throw forbidden("Must be admin to use sudo");
  if (caller.token.kind !== "private") {
    throw forbidden("Private token must be specified in order to use sudo");
  }
  try {
    context.viewer = await byIdOrUsername(store, sudoTarget);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw fixedError(404, `404 No user id or username for: ${sudoTarget} Not Found`);
  }
  context.sudo = true;
}
