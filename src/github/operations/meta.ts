import type { components } from "../../generated/github-types.ts";
import { SerializedBody } from "../../http/handler.ts";
import type { RateLimitState } from "../../http/rate-limits.ts";
import { ApiError } from "../http/api-error.ts";
import type { Context, Handler } from "../http/context.ts";
import { apiVersionsOf, toVersion, versionOf } from "../versions.ts";

type Root = components["schemas"]["root"];

const SEARCH = "{&page,per_page,sort,order}";

function root({ base: { api, origin } }: Context): Root {
  return {
    current_user_url: `${api}/user`,
    current_user_authorizations_html_url: `${origin}/settings/connections/applications{/client_id}`,
    authorizations_url: `${api}/authorizations`,
    code_search_url: `${api}/search/code?q={query}${SEARCH}`,
    commit_search_url: `${api}/search/commits?q={query}${SEARCH}`,
    emails_url: `${api}/user/emails`,
    emojis_url: `${api}/emojis`,
    events_url: `${api}/events`,
    feeds_url: `${api}/feeds`,
    followers_url: `${api}/user/followers`,
    following_url: `${api}/user/following{/target}`,
    gists_url: `${api}/gists{/gist_id}`,
    hub_url: `${api}/hub`,
    issue_search_url: `${api}/search/issues?q={query}${SEARCH}`,
    issues_url: `${api}/issues`,
    keys_url: `${api}/user/keys`,
    label_search_url: `${api}/search/labels?q={query}&repository_id={repository_id}{&page,per_page}`,
    notifications_url: `${api}/notifications`,
    organization_url: `${api}/orgs/{org}`,
    organization_repositories_url: `${api}/orgs/{org}/repos{?type,page,per_page,sort}`,
    organization_teams_url: `${api}/orgs/{org}/teams`,
    public_gists_url: `${api}/gists/public`,
    rate_limit_url: `${api}/rate_limit`,
    repository_url: `${api}/repos/{owner}/{repo}`,
    repository_search_url: `${api}/search/repositories?q={query}${SEARCH}`,
    current_user_repositories_url: `${api}/user/repos{?type,page,per_page,sort}`,
    starred_url: `${api}/user/starred{/owner}{/repo}`,
    starred_gists_url: `${api}/gists/starred`,
    topic_search_url: `${api}/search/topics?q={query}{&page,per_page}`,
    user_url: `${api}/users/{user}`,
    user_organizations_url: `${api}/user/orgs`,
    user_repositories_url: `${api}/users/{user}/repos{?type,page,per_page,sort}`,
    user_search_url: `${api}/search/users?q={query}${SEARCH}`,
  };
}

export const getRoot: Handler<"meta/root"> = (_, context) => ({
  status: 200,
  body: toVersion("root", root(context), versionOf(context)),
});

export const get: Handler<"meta/get"> = (_, { settings }) => ({
  status: 200,
  body: { verifiable_password_authentication: false, installed_version: settings.version },
});

const window = ({ limit, used, remaining, reset }: RateLimitState) => ({
  limit,
  used,
  remaining,
  reset,
});

const [MINUTE, HOUR] = [60, 3600];

/**
 * Limits of APIs that are not served here, with the seconds that a window of theirs takes, in the
 * order of the vendor's example (docs: Get rate limit status for the authenticated user).
 */
const UNUSED: Readonly<Record<string, readonly [limit: number, seconds: number]>> = {
  integration_manifest: [5000, HOUR],
  source_import: [100, MINUTE],
  code_scanning_upload: [500, HOUR],
  actions_runner_registration: [10_000, HOUR],
  scim: [15_000, HOUR],
  dependency_snapshots: [100, MINUTE],
  dependency_sbom: [100, MINUTE],
  code_search: [10, MINUTE],
  code_scanning_autofix: [10, MINUTE],
  copilot_usage_records: [1000, HOUR],
};

export const getRateLimit: Handler<"rate-limit/get"> = async (_, context) => {
  const { caller, exchange, settings, spent } = context;
  const headers = ["Cache-Control", "no-cache"];
  if (spent === undefined) throw new ApiError(404, "Rate limiting is not enabled.", { headers });
  const address = exchange.req.ip ?? "";
  const [search, graphql] = await Promise.all(
    (["search", "graphql"] as const).map((resource) =>
      settings.limits?.look(caller?.user.id, address, resource),
    ),
  );
  const core = window(spent);
  const counted = { core, search: window(search ?? spent), graphql: window(graphql ?? spent) };
  const now = Math.floor(context.store.clock() / 1000);
  const unused = Object.entries(UNUSED).map(([name, [limit, seconds]]) => [
    name,
    { limit, used: 0, remaining: limit, reset: now + seconds },
  ]);
  const resources = { ...counted, ...Object.fromEntries(unused) };
  const spoken = versionOf(context);
  const overview = { resources: toVersion("rate-limit-resources", resources, spoken), rate: core };
  return { status: 200, body: toVersion("rate-limit-overview", overview, spoken), headers };
};

const SENTENCES = [
  "Follow with care.",
  "A graph is only as true as its edges.",
  "Two ends make a friendship; one makes a follower.",
  "Answer quickly, and never with a guess.",
  "What you can't count, don't show.",
] as const;

/** A sentence that changes with the minute, so that no client relies on it. */
const sentence = ({ store }: Context): string =>
  SENTENCES[Math.floor(store.clock() / 60_000) % SENTENCES.length] as string;

export const getZen: Handler<"meta/get-zen"> = (_, context) => ({
  status: 200,
  body: new SerializedBody(sentence(context), [], "text/plain;charset=utf-8"),
});

export const getOctocat: Handler<"meta/get-octocat"> = ({ query }, context) => {
  // The words are sent back as plain text, without control characters.
  const words = (query.s ?? sentence(context)).replace(/\p{Cc}/gu, " ").slice(0, 200);
  const line = "-".repeat(words.length + 2);
  const picture = [
    `   .${line}.`,
    `   | ${words} |`,
    `   '${line}'`,
    "      \\",
    "       \\  /\\___/\\",
    "         (  o o  )",
    "         (   ^   )   __",
    "          )     (___/ /",
    "         (  | |  ____/",
    "         (__|_|_)",
    "",
  ];
  const type = "application/octocat-stream";
  return { status: 200, body: new SerializedBody(Buffer.from(picture.join("\n")), [], type) };
};

export const getAllVersions: Handler<"meta/get-all-versions"> = (_, { settings }) => ({
  status: 200,
  body: [...apiVersionsOf(settings.release)],
});
