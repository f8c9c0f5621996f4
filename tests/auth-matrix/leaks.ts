import { HIDDEN, type Name } from "./cast.ts";
import type { Table } from "./row.ts";

/** What of a user anybody may be shown, in GitHub's shapes (docs: simple and public user). */
const GITHUB = `login id node_id avatar_url gravatar_id url html_url followers_url following_url
  gists_url starred_url subscriptions_url organizations_url repos_url events_url
  received_events_url type user_view_type site_admin name company blog location email hireable bio
  twitter_username public_repos public_gists followers following created_at updated_at`;
const GITHUB_SELF = `notification_email private_gists total_private_repos owned_private_repos
  disk_usage collaborators two_factor_authentication plan`;
const GITHUB_ADMIN = "suspended_at";

/** And in GitLab's (docs: list users, get a single user as a regular user). */
const GITLAB = `id username name state locked avatar_url web_url created_at bio location
  public_email skype linkedin twitter discord github website_url organization job_title pronouns bot
  work_information followers following is_followed local_time`;
const GITLAB_SELF = `last_sign_in_at confirmed_at last_activity_on email theme_id color_scheme_id
  projects_limit current_sign_in_at identities can_create_group can_create_project
  two_factor_enabled external private_profile commit_email preferred_language`;
const GITLAB_ADMIN = `is_admin note namespace_id created_by email_reset_offered_at highest_role
  current_sign_in_ip last_sign_in_ip sign_in_count custom_attributes`;

const words = (...texts: string[]) => texts.join(" ").split(/\s+/);
const SHAPES = {
  github: {
    name: "login",
    open: words(GITHUB),
    self: words(GITHUB_SELF),
    admin: words(GITHUB_ADMIN),
  },
  gitlab: {
    name: "username",
    open: words(GITLAB),
    self: words(GITLAB_SELF),
    admin: words(GITLAB_SELF, GITLAB_ADMIN),
  },
};

/** Members that would show how something is kept. */
const KEPT = /passw|digest|secret|hash|otp|jti|salt|fingerprint_/i;
/** What the vendor itself tells: site administrators a hash, all whether passwords are checked. */
const TOLD = new Set(["hashed_token", "fingerprint", "verifiable_password_authentication"]);
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

export interface Told {
  readonly text: string;
  readonly table: Pick<Table, "tells" | "adminsSeeAll" | "shows" | "showsAdminsAll">;
  readonly operation: string;
  /** Who is told; undefined for a stranger. */
  readonly viewer: Name | undefined;
  readonly admin: boolean;
}

/** Everything in an answer that its reader may not know. */
export function leaksIn(told: Told): string[] {
  const { text, table, operation, viewer, admin } = told;
  const all = admin && table.adminsSeeAll;
  const found = HIDDEN.filter((mark) => text.includes(mark));
  if (JWT.test(text) && !table.tells.has(operation)) found.push("a token");
  if (!all && /NOTEMARK|ATTRIBUTE|203\.0\.113|198\.51\.100/.test(text)) found.push("notes or IPs");
  for (const [address, owner] of text.matchAll(/(\w+)(?:\.second)?@example\.test/g)) {
    if (!all && owner !== viewer) found.push(address);
  }
  // A document names what others send.
  const keys = operation === "openapi" ? [] : keysIn(jsonOf(text), told, all);
  return [...found, ...keys];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keysIn(value: unknown, told: Told, all: boolean): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => keysIn(each, told, all));
  if (typeof value !== "object" || value === null) return [];
  const keys = Object.keys(value);
  return [
    ...keys.filter((key) => KEPT.test(key) && !TOLD.has(key)),
    ...spareOf(value as Record<string, unknown>, told),
    ...Object.values(value).flatMap((each) => keysIn(each, told, all)),
  ];
}

/** The members of a user that this reader may not see. */
function spareOf(value: Record<string, unknown>, told: Told): string[] {
  const { viewer, admin, table, operation } = told;
  if (!("id" in value) || (admin && table.showsAdminsAll?.has(operation))) return [];
  const shape = Object.values(SHAPES).find(({ name }) => name in value);
  if (shape === undefined) return [];
  const allowed = new Set([...shape.open, ...(table.shows ?? [])]);
  if (value[shape.name] === viewer) for (const key of shape.self) allowed.add(key);
  if (admin) for (const key of shape.admin) allowed.add(key);
  if (admin && table.adminsSeeAll) for (const key of shape.self) allowed.add(key);
  return Object.keys(value).filter((key) => !allowed.has(key));
}
