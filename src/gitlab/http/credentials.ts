import { isActing, storeFor } from "../../domain/credentials/acting.ts";
import {
  knownToken,
  type TokenRejection,
  verifyToken,
} from "../../domain/credentials/authenticate-token.ts";
import { revokeRotatedChain } from "../../domain/credentials/tokens.ts";
import { DomainError } from "../../domain/errors.ts";
import { type CallObstacle, callObstacle } from "../../domain/users/access.ts";
import { byIdOrUsername, getUserById } from "../../domain/users/users.ts";
import { addressOf } from "../../http/client-address.ts";
import { fixedError, forbidden, insufficientScope, tokenError } from "./api-error.ts";
import type { Context } from "./context.ts";

const asText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/**
 * The token that a request shows: a parameter wins over a header, and an empty one is none.
 * JOB-TOKEN is no credential for users, so a caller who sends nothing else is anonymous.
 */
export function tokenOf({ exchange: { req }, parameters }: Context): string | undefined {
  const [, bearer] = /^bearer +(\S+) *$/i.exec(req.headers.authorization ?? "") ?? [];
  return (
    asText(parameters.private_token) ??
    asText(req.headers["private-token"]) ??
    asText(parameters.access_token) ??
    bearer
  );
}

/** Finds out whose token it is and for whom the request runs. Refuses by throwing. */
export async function authenticateCaller(context: Context): Promise<void> {
  const token = tokenOf(context);
  if (token !== undefined) {
    const judged = knownToken(context.store, token) ?? (await verifyToken(context.store, token));
    if (judged === "revoked" && isRotation(context)) await revokeRotatedChain(context.store, token);
    if (typeof judged === "string") throw flawed(judged);
    const obstacle = callObstacle(context.store, judged, context.settings);
    if (obstacle !== undefined) throw refusalFor(obstacle, context.base);
    context.caller = judged;
    context.viewer = await getUserById(context.store, judged.user.id);
  }
  const sudoTarget = sudoOf(context);
  if (sudoTarget !== undefined) await impersonate(context, sudoTarget);
  const acting = putDown(context);
  if (acting !== undefined) await acting;
}

/** From here on, what the request changes is put down to its caller. */
export function putDown(context: Context): Promise<void> | undefined {
  const { caller, sudo, exchange } = context;
  return sudo || isActing(exchange.req.method, caller) ? act(context) : undefined;
}

async function act(context: Context): Promise<void> {
  const { caller, viewer, requestId, exchange } = context;
  context.store = await storeFor(context.store, {
    ...{ caller, viewer, requestId },
    method: exchange.req.method,
    via: exchange.dialect,
    address: addressOf(exchange.req),
    operation: exchange.match?.target.id,
  });
}

const ROTATIONS: ReadonlySet<string | undefined> = new Set([
  "rotateOwnPersonalAccessToken",
  "rotatePersonalAccessToken",
]);

const isRotation = ({ exchange: { match } }: Context): boolean => ROTATIONS.has(match?.target.id);

function flawed(flaw: TokenRejection | "impersonation") {
  switch (flaw) {
    case "impersonation":
      return tokenError(
        401,
        "invalid_token",
        "Token is an impersonation token but impersonation was disabled.",
      );
    case "unknown":
      return fixedError(401, "401 Unauthorized");
    case "revoked":
      return tokenError(
        401,
        "invalid_token",
        "Token was revoked. You have to re-authorize from the user.",
      );
    case "expired":
      return tokenError(
        401,
        "invalid_token",
        "Token is expired. You can either do re-authorization or token refresh.",
      );
  }
}

/** Why an account is refused, in the vendor's words (user_access_denied_reason.rb). */
function refusalFor(obstacle: CallObstacle, { origin }: Context["base"]) {
  switch (obstacle) {
    case "impersonation":
      return flawed("impersonation");
    case "internal":
      return forbidden("This action cannot be performed by internal users");
    case "blocked":
      return forbidden("Your account has been blocked.");
    case "pending":
      return forbidden(
        "Your account is pending approval from your administrator and hence blocked.",
      );
    case "deactivated":
      return forbidden(
        "Your account has been deactivated by your administrator. Please log back in from a web " +
          `browser to reactivate your account at ${origin}`,
      );
    case "unconfirmed":
      return forbidden(
        "Your primary email address is not confirmed. Please check your inbox for the " +
          "confirmation instructions. In case the link is expired, you can request a new " +
          `confirmation email at ${origin}/users/confirmation/new`,
      );
    case "password-expired":
      return forbidden(
        "Your password expired. Please access GitLab from a web browser to update your password.",
      );
  }
}

/** Whom the caller wants to stand in for; the parameter wins over the header. */
export function sudoOf({ exchange: { req }, parameters }: Context): string | undefined {
  const { sudo } = parameters;
  return asText(typeof sudo === "number" ? String(sudo) : sudo) ?? asText(req.headers.sudo);
}

/** The vendor looks at the caller first, so that callers do not learn who exists (docs: Sudo). */
async function impersonate(context: Context, sudoTarget: string): Promise<void> {
  const { caller, store } = context;
  if (caller === undefined) throw fixedError(401, "401 Unauthorized");
  if (!caller.user.admin) throw forbidden("Must be admin to use sudo");
  if (!caller.scopes.has("sudo") && !caller.scopes.has("site_admin")) {
    throw insufficientScope(["sudo"]);
  }
  try {
    context.viewer = await byIdOrUsername(store, sudoTarget);
  } catch (error) {
    if (!(error instanceof DomainError && error.kind === "not-found")) throw error;
    throw fixedError(404, `404 User with ID or username '${sudoTarget}' Not Found`);
  }
  context.sudo = true;
}
