import { requests } from "../generated/gitlab-v4-requests.ts";
import type { Asked, Dialect } from "../http/dialect.ts";
import { Limiter } from "../http/limiter.ts";
import type { People } from "../people/people.ts";
import { operations } from "./operations.ts";
import { admit } from "./wire/admit.ts";
import type { Context, GitLabSettings } from "./wire/context.ts";
import { refuse } from "./wire/errors.ts";
import { begin, manners, showsCredential } from "./wire/manners.ts";

/** The window in which looks at single users are counted. */
const LOOKUPS = 10 * 60 * 1000;

/** GitLab's REST API v4. */
export function gitlab(people: People, settings: GitLabSettings): Dialect<Context> {
  const { lookupLimit } = settings;
  const lookups =
    lookupLimit > 0 ? new Limiter<number>(lookupLimit, LOOKUPS, people.clock) : undefined;
  const lasting = { people, settings, lookups, signIns: undefined };
  return {
    ...manners,
    name: "gitlab",
    document: requests,
    handlers: operations,
    hot: ["listUsers", "getCurrentUser", "followUser", "unfollowUser", "listFollowers"],
    claim,
    begin: (exchange) => begin(lasting, exchange),
    admit,
    refuse,
  };
}

/** By GitLab's credentials, or by a number where GitHub has names (at the bare root). */
function claim(asked: Asked): 0 | 1 | 3 {
  if (showsCredential(asked)) return 3;
  return /^\/users\/\d+(?:\/|$)/.test(asked.path) ? 1 : 0;
}
