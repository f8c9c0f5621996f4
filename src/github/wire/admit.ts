import type { Exchange } from "../../http/dialect.ts";
import { NoSuchRoute } from "../../http/dialect.ts";
import { refresh } from "../../people/people.ts";
import type { Context } from "./context.ts";
import type { Spent } from "./limits.ts";
import { judgeAccept, judgeVersion } from "./negotiation.ts";
import { Refusal } from "./refusal.ts";
import { identify } from "./viewer.ts";

const NO_USER_AGENT =
  "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent " +
  "header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). " +
  "Check https://developer.github.com for other possible causes.\r\n";

const DOCS = "https://docs.github.com";
const ANONYMOUS_LIMIT = `${DOCS}/rest/overview/resources-in-the-rest-api#rate-limiting`;
const LIMIT = `${DOCS}/en/rest/using-the-rest-api/getting-started-with-the-rest-api#rate-limiting`;
const SECONDARY = `${DOCS}/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits`;

/** github.com has these and Enterprise Server has not, whose form of the address has a prefix. */
const ONLY_AT_THE_ROOT: ReadonlySet<string> = new Set(["meta/get-all-versions"]);

const isRouted = ({ match, prefix }: Pick<Exchange, "match" | "prefix">): boolean =>
  match !== undefined && (prefix === "" || !ONLY_AT_THE_ROOT.has(match.target.id));

/**
 * What is looked at before any operation is, in GitHub's own order (contract, section 2): a path
 * that leads nowhere hides even a bad credential, and a bad credential hides a bad version.
 */
export async function admit(exchange: Exchange<Context>): Promise<void> {
  const { context, req } = exchange;
  refresh(context.people);
  if (!req.headers["user-agent"]) throw new Refusal(403, NO_USER_AGENT, { plain: true });
  if (!isRouted(exchange)) {
    if (req.headers.authorization === undefined) await count(context);
    throw new NoSuchRoute();
  }
  await identify(context);
  await count(context);
  judgeVersion(context);
  judgeAccept(context);
  if (context.settings.privateMode && context.caller === undefined) {
    throw new Refusal(401, "Must authenticate to access this API.", { documentation: "root" });
  }
  if (context.settings.limits !== undefined) await slowDown(context);
}

/** Counts the request against the caller's limit, where there is one, and refuses it above that. */
async function count(context: Context): Promise<void> {
  const { settings, caller, exchange } = context;
  const { limits } = settings;
  if (limits === undefined) return;
  const address = exchange.req.ip ?? "";
  const user = caller?.user.id;
  if (exchange.match?.target.id === "rate-limit/get") {
    context.spent = await limits.look(user, address);
    return;
  }
  context.spent = await limits.count(user, address);
  if (context.spent.exceeded) throw exceeded(context, context.spent, address);
}

function exceeded({ caller, requestId, people }: Context, _spent: Spent, address: string): Refusal {
  if (caller === undefined) {
    const advice =
      "(But here's the good news: Authenticated requests get a higher rate limit. Check out the " +
      "documentation for more details.)";
    return new Refusal(403, `API rate limit exceeded for ${address}. ${advice}`, {
      documentation: { url: ANONYMOUS_LIMIT },
      withStatus: false,
    });
  }
  const time = new Date(people.clock()).toISOString().replace("T", " ").slice(0, 19);
  const message =
    `API rate limit exceeded for user ID ${caller.user.id}. If you reach out to GitHub Support for ` +
    `help, please include the request ID ${requestId} and timestamp ${time} UTC.`;
  return new Refusal(403, message, { documentation: { url: LIMIT } });
}

/** GitHub's secondary limit, for those who write too fast. */
async function slowDown({ settings, caller, exchange }: Context): Promise<void> {
  const { method } = exchange.req;
  if (settings.limits === undefined || method === "GET" || method === "HEAD") return;
  const wait = await settings.limits.waitToWrite(caller?.user.id, exchange.req.ip ?? "");
  if (wait === 0) return;
  throw new Refusal(
    403,
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    { documentation: { url: SECONDARY }, headers: ["Retry-After", String(wait)] },
  );
}
