import { requests } from "../generated/gitlab-v4-requests.ts";
import type { Asked, Dialect, Exchange } from "../http/dialect.ts";
import { originOf } from "../http/origin.ts";
import type { People } from "../people/people.ts";
import { operations } from "./operations.ts";
import { admit, checkAdministrator } from "./wire/admit.ts";
import type { Context, GitLabSettings } from "./wire/context.ts";
import { checkGroups, refuse } from "./wire/errors.ts";
import { isDate } from "./wire/grape.ts";
import { PREFLIGHT } from "./wire/headers.ts";
import { Limiter } from "./wire/limiter.ts";
import { place } from "./wire/parameters.ts";
import { holds } from "./wire/scopes.ts";
import { send } from "./wire/send.ts";

/** The window in which looks at single users are counted. */
const LOOKUPS = 10 * 60 * 1000;

/** GitLab's REST API v4. */
export function gitlab(people: People, settings: GitLabSettings): Dialect<Context> {
  const { lookupLimit } = settings;
  const lookups = lookupLimit > 0 ? new Limiter(lookupLimit, LOOKUPS, people.clock) : undefined;
  return {
    name: "gitlab",
    document: requests,
    handlers: operations,
    security: {
      // Under sudo only the scope `sudo` is asked for, and it has been by now.
      token: ({ context: { caller, sudo } }, scopes) =>
        caller !== undefined && (sudo || holds(caller, scopes)),
      anonymous: ({ context: { caller } }) => caller === undefined,
    },
    validation: {
      allErrors: true,
      formats: { "grape-date": isDate, "grape-date-time": isDate, "grape-file": () => false },
    },
    hot: ["listUsers", "getCurrentUser", "followUser", "unfollowUser", "listFollowers"],
    routesByPattern: true,
    pathOf,
    claim,
    begin: (exchange) => begin({ people, settings, lookups }, exchange),
    preflight: ({ req }) =>
      req.method === "OPTIONS" && req.headers["access-control-request-method"] !== undefined
        ? { status: 204, headers: PREFLIGHT }
        : undefined,
    admit,
    read: (exchange, operation) => {
      checkAdministrator(exchange.context, operation);
      place(exchange, operation);
    },
    validated: checkGroups,
    send,
    refuse,
  };
}

/** By GitLab's credentials, or by a number where GitHub has names (at the bare root). */
function claim({ headers, url, path }: Asked): 0 | 1 | 2 {
  const shown = ["private-token", "job-token", "sudo"].some((name) => name in headers);
  if (shown || /[?&](?:private_token|sudo)=/.test(url)) return 2;
  return /^\/users\/\d+(?:\/|$)/.test(path) ? 1 : 0;
}

/** A slash or `.json` at the end changes nothing. */
function pathOf(path: string): string {
  const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  return trimmed.endsWith(".json") ? trimmed.slice(0, -".json".length) : trimmed;
}

function begin(
  lasting: Pick<Context, "people" | "settings" | "lookups">,
  exchange: Omit<Exchange, "context">,
): Context {
  const { people, settings } = lasting;
  return {
    ...lasting,
    exchange,
    base: people.caches.base(
      exchange.dialect,
      originOf(exchange.req, settings.publicUrl),
      exchange.prefix,
    ),
    requestId: people.random.uuid(),
    started: performance.now(),
    caller: undefined,
    viewer: undefined,
    sudo: false,
    parameters: {},
    uploads: new Map(),
  };
}
