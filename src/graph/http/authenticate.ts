import type { Credential } from "../../domain/credential.ts";
import { storeFor } from "../../domain/credentials/acting.ts";
import { verifyToken } from "../../domain/credentials/authenticate-token.ts";
import { looksLikeToken } from "../../domain/credentials/token-text.ts";
import { invalidate } from "../../domain/invalidation.ts";
import { type CallObstacle, callObstacle } from "../../domain/users/access.ts";
import type { Exchange } from "../../http/dialect.ts";
import { ApiError } from "./api-error.ts";
import type { Context } from "./context.ts";

/** Scopes and permissions with which a token reads users as its owner sees them. */
const READS_USERS = ["read:user", "user", "read_user", "read_api", "api"];
const READS_FOLLOWERS = ["followers:read", "followers:write"];

const CHALLENGE = ["WWW-Authenticate", 'Bearer realm="followd"'];

const REFUSALS: Readonly<Record<CallObstacle, string>> = {
  impersonation: "Impersonation is switched off on this server.",
  internal: "This account is the server's own.",
  pending: "This account waits for an administrator's approval.",
  deactivated: "This account is deactivated.",
  unconfirmed: "The primary address of this account is not confirmed.",
  blocked: "This account is blocked.",
  "password-expired": "The password of this account has expired.",
};

/**
 * The token that a request shows, in any way of the dialects: `Authorization` with Bearer,
 * token or Basic, or `PRIVATE-TOKEN`. Cookies are not looked at, nor is the query: addresses are
 * kept in logs.
 */
function tokenOf({ headers }: Exchange["req"]): string | undefined {
  const { authorization = "", "private-token": gitlabToken } = headers;
  if (typeof gitlabToken === "string" && gitlabToken !== "") return gitlabToken;
  const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(authorization) ?? [];
  switch (scheme.toLowerCase()) {
    case "bearer":
    case "token":
      return value;
    case "basic":
      return tokenOfBasic(Buffer.from(value, "base64").toString("utf8").trimEnd());
    default:
      return undefined;
  }
}

/**
 * A token is the password of a pair, or its name where there is none, as `curl -u` sends it. The
 * name and password of an account are no credential here, as in GitHub's dialect.
 */
function tokenOfBasic(pair: string): string | undefined {
  const colon = pair.indexOf(":");
  if (colon === -1) return undefined;
  const candidate = pair.slice(colon + 1) || pair.slice(0, colon);
  return looksLikeToken(candidate) ? candidate : undefined;
}

/** Whether a token shows what its owner may see, and not only what anonymous callers see. */
const readsAsOwner = ({ scopes, permissions }: Credential): boolean =>
  permissions === null
    ? READS_USERS.some((scope) => scopes.has(scope))
    : READS_FOLLOWERS.some((word) => permissions.has(word));

/** Finds the caller. Refuses an invalid credential, and anonymous callers in private mode. */
export async function authenticate(exchange: Exchange<Context>): Promise<void> {
  const { context, req } = exchange;
  await invalidate.catchUp(context.store);
  const token = tokenOf(req);
  if (token !== undefined) {
    try {
      context.caller = await callerOf(context, token);
    } catch (error) {
      await count(context, true);
      throw error;
    }
    if (readsAsOwner(context.caller)) context.viewer = context.caller.user;
    context.store = await storeFor(context.store, {
      ...{ caller: context.caller, requestId: context.requestId, method: req.method },
      ...{ via: "graph", address: req.ip, operation: exchange.match?.target.id },
    });
  }
  await count(context, false);
  if (context.settings.privateMode && context.caller === undefined) {
    throw new ApiError(401, "This server asks for a token.", CHALLENGE);
  }
}

async function callerOf({ store, settings, exchange }: Context, token: string) {
  const { badCredentials } = settings;
  const address = exchange.req.ip ?? "";
  if (badCredentials !== undefined && (await badCredentials.isSpent(address))) {
    throw new ApiError(403, "Too many unknown tokens came from this address. Try again later.");
  }
  const found = await verifyToken(store, token);
  if (typeof found === "string") {
    await badCredentials?.consume(address);
    throw new ApiError(401, `This token is ${found}.`, CHALLENGE);
  }
  const obstacle = callObstacle(store, found, settings);
  if (obstacle !== undefined) throw new ApiError(403, REFUSALS[obstacle]);
  return found;
}

/** Counts the request against the limits that all dialects share, and refuses it above them. */
async function count({ settings, caller, exchange, store }: Context, isRefused: boolean) {
  const { limits } = settings;
  if (limits === undefined) return;
  const address = exchange.req.ip ?? "";
  const spent = isRefused
    ? await limits.countRefused(address)
    : await limits.count(caller?.user.id, address);
  if (!spent.exceeded) return;
  const seconds = Math.max(1, spent.reset - Math.floor(store.clock() / 1000));
  throw new ApiError(429, "Too many requests. Try again later.", ["Retry-After", String(seconds)]);
}
