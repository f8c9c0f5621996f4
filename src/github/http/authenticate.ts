import { isActing, storeFor } from "../../domain/credentials/acting.ts";
import { invalidate } from "../../domain/invalidation.ts";
import { addressOf } from "../../http/client-address.ts";
import type { Exchange } from "../../http/dialect.ts";
import { RouteNotFoundError } from "../../http/dialect.ts";
import type { Resource } from "../../http/rate-limits.ts";
import { hasOperation, type Release } from "../versions.ts";
import { ApiError } from "./api-error.ts";
import { negotiateApiVersion, negotiateMediaType } from "./content-negotiation.ts";
import type { Context } from "./context.ts";
import { authenticateCaller } from "./credentials.ts";

const NO_USER_AGENT =
  "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent " +
  "header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). " +
  "Check https://developer.github.com for other possible causes.\r\n";

const DOCS = "https://docs.github.com";
const ANONYMOUS_LIMIT = `${DOCS}/rest/overview/resources-in-the-rest-api#rate-limiting`;
const LIMIT = `${DOCS}/en/rest/using-the-rest-api/getting-started-with-the-rest-api#rate-limiting`;
const SECONDARY = `${DOCS}/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits`;

/** Has an address of its own, which is not below that of the REST API. */
const GRAPHQL = "graphql";

const isGraphql = ({ match }: Pick<Exchange, "match">): boolean => match?.target.id === GRAPHQL;

function isRouted(
  { match, prefix }: Pick<Exchange, "match" | "prefix">,
  release: Release,
): boolean {
  if (match === undefined) return false;
  const { id } = match.target;
  // One level above the REST API there is nothing else.
  if (prefix === "/api") return id === GRAPHQL;
  return prefix === "" || (id !== GRAPHQL && hasOperation(release, id));
}

/**
 * What is looked at before any operation is, in GitHub's own order (contract, section 2): a path
 * that leads nowhere hides even a bad credential, and a bad credential hides a bad version.
 */
export async function authenticate(exchange: Exchange<Context>): Promise<void> {
  const { context, req } = exchange;
  const caughtUp = invalidate.catchUp(context.store);
  if (caughtUp !== undefined) await caughtUp;
  if (!req.headers["user-agent"]) throw new ApiError(403, NO_USER_AGENT, { plain: true });
  if (!isRouted(exchange, context.settings.release)) {
    if (req.headers.authorization === undefined) await count(context);
    else await countRefused(context);
    throw new RouteNotFoundError();
  }
  try {
    const authenticated = authenticateCaller(context);
    if (authenticated !== undefined) await authenticated;
  } catch (error) {
    await countRefused(context);
    throw error;
  }
  const { settings, caller } = context;
  if (isActing(req.method, caller)) await putDown(context);
  if (settings.limits !== undefined) await count(context);
  negotiateApiVersion(context);
  negotiateMediaType(context);
  if (settings.privateMode && caller === undefined) {
    throw new ApiError(401, "Must authenticate to access this API.", { documentation: "root" });
  }
  // Most of what is asked there changes nothing; `charge` counts what does.
  if (settings.limits !== undefined && !isGraphql(exchange)) await slowDown(context);
}

/** From here on, what the request changes is put down to its caller. */
async function putDown(context: Context): Promise<void> {
  const { caller, requestId, exchange } = context;
  context.store = await storeFor(context.store, {
    ...{ caller, requestId },
    method: exchange.req.method,
    via: "github",
    address: addressOf(exchange.req),
    operation: exchange.match?.target.id,
  });
}

/**
 * Counts a GraphQL operation by what it costs, beyond the one point that was counted already, and by
 * the changes that it makes, and refuses it above the caller's limits.
 */
export async function consumeRateLimit(
  context: Context,
  points: number,
  writes: number,
): Promise<void> {
  if (context.settings.limits === undefined) return;
  if (points > 1) await count(context, points - 1);
  if (writes > 0) await slowDown(context, writes);
}

/** Which of the caller's limits an operation counts against. */
export function resourceOf(operationId: string | undefined): Resource {
  if (operationId === GRAPHQL) return "graphql";
  return operationId?.startsWith("search/") === true ? "search" : "core";
}

/** Counts the request against the caller's limit, where there is one, and refuses it above that. */
async function count(context: Context, points = 1): Promise<void> {
  const { settings, caller, exchange } = context;
  const { limits } = settings;
  if (limits === undefined) return;
  const address = addressOf(exchange.req) ?? "";
  const user = caller?.user.id;
  if (exchange.match?.target.id === "rate-limit/get") {
    context.spent = await limits.look(user, address);
    return;
  }
  const resource = resourceOf(exchange.match?.target.id);
  context.spent = await limits.count(user, address, resource, points);
  if (context.spent.exceeded) throw rateLimitExceeded(context, address);
}

/** Counts what is refused to every caller, without headers; a made-up token is not free. */
async function countRefused(context: Context): Promise<void> {
  const { limits } = context.settings;
  if (limits === undefined) return;
  const address = addressOf(context.exchange.req) ?? "";
  if ((await limits.countRefused(address)).exceeded) throw rateLimitExceeded(context, address);
}

/** What is said to a caller whose limit is used up. */
export function rateLimitExceeded(
  { caller, requestId, store }: Context,
  address: string,
): ApiError {
  if (caller === undefined) {
    const advice =
      "(But here's the good news: Authenticated requests get a higher rate limit. Check out the " +
      "documentation for more details.)";
    return new ApiError(403, `API rate limit exceeded for ${address}. ${advice}`, {
      documentation: { url: ANONYMOUS_LIMIT },
      withStatus: false,
    });
  }
  const time = new Date(store.clock()).toISOString().replace("T", " ").slice(0, 19);
  const message =
    `API rate limit exceeded for user ID ${caller.user.id}. If you reach out to GitHub Support for ` +
    `help, please include the request ID ${requestId} and timestamp ${time} UTC.`;
  return new ApiError(403, message, { documentation: { url: LIMIT } });
}

/** GitHub's secondary limit, for those who write too fast. */
async function slowDown({ settings, caller, exchange }: Context, writes = 1): Promise<void> {
  const { method } = exchange.req;
  if (settings.limits === undefined || method === "GET" || method === "HEAD") return;
  const wait = await settings.limits.waitToWrite(
    caller?.user.id,
    addressOf(exchange.req) ?? "",
    writes,
  );
  if (wait > 0) throw secondaryRateLimitExceeded(wait);
}

/** What is said to a caller who is too fast, and after how many seconds to come again. */
export const secondaryRateLimitExceeded = (wait: number): ApiError =>
  new ApiError(
    403,
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    { documentation: { url: SECONDARY }, headers: ["Retry-After", String(wait)] },
  );
