import { authenticateToken, knownToken } from "../../domain/credentials/authenticate-token.ts";
import { looksLikeToken } from "../../domain/credentials/token-text.ts";
import { type CallObstacle, callObstacle } from "../../domain/users/access.ts";
import { addressOf } from "../../http/client-address.ts";
import { ApiError } from "./api-error.ts";
import type { Context } from "./context.ts";

/** What may be a token, and whether it can be nothing else. */
interface ShownToken {
  readonly text: string;
  readonly isCertain: boolean;
}

/**
 * The token that a request shows. `token` and `Bearer` are alike, in any case; Basic carries the
 * token as its password, or as its name with an empty one; `base64` takes along the line feed that
 * `echo` writes. What is neither is no credential at all.
 */
function tokenOf(authorization: string | undefined): ShownToken | undefined {
  if (authorization === undefined) return undefined;
  const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(authorization) ?? [];
  switch (scheme.toLowerCase()) {
    case "token":
    case "bearer":
      return { text: value, isCertain: true };
    case "basic":
      return tokenOfBasic(Buffer.from(value, "base64").toString("utf8").trimEnd());
    default:
      return undefined;
  }
}

function tokenOfBasic(pair: string): ShownToken | undefined {
  const colon = pair.indexOf(":");
  if (colon === -1) return undefined;
  const [name, password] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const candidate = password === "" || password === "x-oauth-basic" ? name : password;
  return candidate === "" ? undefined : { text: candidate, isCertain: looksLikeToken(candidate) };
}

const root = { documentation: "root" } as const;
const BAD_CREDENTIALS = "Bad credentials";
const SUSPENDED = new ApiError(403, "Sorry. Your account was suspended.", root);
const REFUSALS: Readonly<Record<CallObstacle, ApiError>> = {
  impersonation: new ApiError(401, BAD_CREDENTIALS, root),
  internal: SUSPENDED,
  pending: SUSPENDED,
  deactivated: SUSPENDED,
  blocked: SUSPENDED,
  unconfirmed: new ApiError(403, "At least one email address must be verified to do that.", root),
  "password-expired": new ApiError(403, "Your password expired. Sign in to choose another.", root),
};
const TOO_MANY = "Maximum number of login attempts exceeded. Please try again later.";

/**
 * Finds the caller. Refuses an unknown credential and a suspended caller, and after
 * too many of the former every credential from that address, good ones too: a token that is
 * unknown does not say whose it should be (docs: Authenticating to the REST API, failed login limit).
 */
export function authenticateCaller(context: Context): Promise<void> | undefined {
  const token = tokenOf(context.exchange.req.headers.authorization);
  return token && authenticateBy(token, context);
}

async function authenticateBy(token: ShownToken, context: Context): Promise<void> {
  const { store, settings, exchange } = context;
  const { badCredentials } = settings;
  const address = badCredentials === undefined ? "" : (addressOf(exchange.req) ?? "");
  if (badCredentials !== undefined && (await badCredentials.isSpent(address)))
    throw new ApiError(403, TOO_MANY, root);
  const caller = knownToken(store, token.text) ?? (await authenticateToken(store, token.text));
  if (caller === undefined) {
    await badCredentials?.consume(address);
    // GitHub ignores the name and password of an account, and answers as to an anonymous caller.
    if (!token.isCertain) return;
    throw new ApiError(401, BAD_CREDENTIALS, root);
  }
  const obstacle = callObstacle(store, caller, settings);
  if (obstacle !== undefined) throw REFUSALS[obstacle];
  context.caller = caller;
}
