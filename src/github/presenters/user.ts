import type { LinkBase } from "../../cache/response-cache.ts";
import type { ListItem, User } from "../../domain/user.ts";
import type { components } from "../../generated/github-types.ts";

type Schemas = components["schemas"];
type SimpleUser = Schemas["simple-user"];
type PublicUser = Schemas["public-user"];
type PrivateUser = Schemas["private-user"];

/** `YYYY-MM-DDTHH:MM:SSZ`. */
export const timestamp = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** The older of GitHub's two generations of node ids, which Enterprise Server shows. */
export const nodeId = (id: number): string => Buffer.from(`04:User${id}`).toString("base64");

/** Without the API's prefix; `?` is where clients append a size. */
const avatarUrl = (id: number, { origin }: LinkBase): string => `${origin}/avatars/u/${id}?`;

export function simpleUser(user: ListItem, base: LinkBase): SimpleUser {
  const url = `${base.api}/users/${user.username}`;
  return {
    login: user.username,
    id: user.id,
    node_id: nodeId(user.id),
    avatar_url: avatarUrl(user.id, base),
    gravatar_id: "",
    url,
    html_url: `${base.origin}/${user.username}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type === "human" ? "User" : "Bot",
    user_view_type: "public",
    site_admin: user.admin,
  };
}

/** Unset text is null here, but for `blog`, which is empty. */
const orNull = (text: string): string | null => (text === "" ? null : text);

/** When the user, counters included, last changed. */
export const updatedAt = (user: User): number => Math.max(user.updatedAt, user.countedAt * 1000);

/** What every caller sees; the address only with a credential. */
export function publicUser(user: User, base: LinkBase, withEmail: boolean): PublicUser {
  return {
    ...simpleUser(user, base),
    user_view_type: "public",
    name: orNull(user.name),
    company: orNull(user.organization),
    blog: user.websiteUrl,
    location: orNull(user.location),
    email: withEmail ? orNull(user.publicEmail) : null,
    hireable: user.hireable,
    bio: orNull(user.bio),
    twitter_username: orNull(user.twitter),
    public_repos: user.publicRepos,
    public_gists: user.publicGists,
    followers: user.followers,
    following: user.following,
    created_at: timestamp(user.createdAt),
    updated_at: timestamp(updatedAt(user)),
  };
}

/**
 * A user whose profile the caller may not read: GitHub hides the counts of private profiles and
 * since when they are there. Its document wants dates, so they are the first there is.
 */
export const presentPrivateUser = (user: User, base: LinkBase): PublicUser => ({
  ...publicUser(user, base, false),
  ...{ followers: 0, following: 0, public_repos: 0, public_gists: 0 },
  ...{ created_at: timestamp(0), updated_at: timestamp(0) },
});

/** What `/user` shows a token without the scope for more. */
export function viewerUser(user: User, base: LinkBase): PublicUser {
  return withNotificationEmail(publicUser(user, base, true));
}

/** Enterprise Server bills its users for nothing. */
const USUAL_PLAN = { name: "enterprise", space: 0, collaborators: 0, private_repos: 0 };

/** What `/user` shows with the scope `user` or `read:user`. */
export function privateUser(user: User, base: LinkBase): PrivateUser {
  return {
    ...withNotificationEmail(publicUser(user, base, true)),
    user_view_type: "private",
    private_gists: user.privateGists,
    total_private_repos: user.totalPrivateRepos,
    owned_private_repos: user.ownedPrivateRepos,
    disk_usage: user.diskUsage,
    collaborators: user.collaborators,
    two_factor_authentication: user.otpEnabledAt !== null,
    plan: user.githubPlan ?? USUAL_PLAN,
  };
}

/** Its place is behind `twitter_username`. */
function withNotificationEmail(user: PublicUser): PublicUser {
  const { public_repos, public_gists, followers, following, created_at, updated_at, ...who } = user;
  const counts = { public_repos, public_gists, followers, following, created_at, updated_at };
  return { ...who, notification_email: user.email, ...counts };
}
