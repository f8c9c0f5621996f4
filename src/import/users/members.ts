import { isPasswordHash } from "../../domain/credentials/password-hashes.ts";
import { isEmailAddress } from "../../domain/profile/emails.ts";
import { isUsername } from "../../domain/users/usernames.ts";
import {
  day,
  dictionary,
  either,
  flag,
  type InputOf,
  isText,
  list,
  nullable,
  object,
  oneOf,
  type Reader,
  text,
  textThat,
  time,
  type ValueOf,
  wholeNumber,
} from "./readers.ts";

const MAX_TEXT = 1024;
const MAX_LONG_TEXT = 16_384;
const MAX_KEY = 100_000;
const MAX_LEVEL = 2 ** 31 - 1;

const username = textThat(
  255,
  isUsername,
  "is no username: up to 255 letters, digits, “_”, “-” and “.”",
);
const address = textThat(254, isEmailAddress, "could not be an e-mail address");
const url = text(2048);
const count = wholeNumber(0, MAX_LEVEL);

const email = object({
  id: wholeNumber(1),
  email: address,
  primary: flag,
  confirmed_at: nullable(time),
  visibility: nullable(oneOf("public", "private")),
  created_at: time,
});

const sshKey = object({
  id: wholeNumber(1),
  title: text(255),
  key: text(MAX_LONG_TEXT),
  usage_type: oneOf("auth", "signing", "auth_and_signing"),
  expires_at: nullable(time),
  last_used_at: nullable(time),
  created_at: time,
});

const sshSigningKey = object({
  id: wholeNumber(1),
  title: text(255),
  key: text(MAX_LONG_TEXT),
  created_at: time,
});

const gpgKey = object({
  id: wholeNumber(1),
  name: nullable(text(255)),
  key: text(MAX_KEY),
  created_at: time,
});

const membership = object({
  source_id: wholeNumber(1),
  source_name: text(255),
  source_type: oneOf("Namespace", "Project"),
  access_level: wholeNumber(0, 100),
});

const identity = object({
  provider: text(255),
  extern_uid: text(255),
  saml_provider_id: nullable(wholeNumber(1)),
});

const scimIdentity = object({
  extern_uid: text(255),
  group_id: nullable(wholeNumber(1)),
  active: flag,
});

const githubPlan = object({
  name: text(255),
  space: count,
  collaborators: count,
  private_repos: count,
});

const attribute = object({ key: text(255), value: text(MAX_LONG_TEXT) });
type Attribute = ValueOf<typeof attribute>;

/** Members that are a column of the user's row under the same name. */
export const COLUMNS = {
  id: wholeNumber(1),
  username,
  name: nullable(text(255)),
  state: oneOf(
    "active",
    "blocked",
    "ldap_blocked",
    "banned",
    "deactivated",
    "blocked_pending_approval",
  ),
  type: oneOf("human", "project_bot", "internal", "service_account"),
  admin: flag,
  created_at: time,
  updated_at: time,
  bio: nullable(text(MAX_TEXT)),
  location: nullable(text(MAX_TEXT)),
  organization: nullable(text(MAX_TEXT)),
  website_url: nullable(url),
  twitter: nullable(text(MAX_TEXT)),
  linkedin: nullable(text(MAX_TEXT)),
  skype: nullable(text(MAX_TEXT)),
  discord: nullable(text(MAX_TEXT)),
  job_title: nullable(text(MAX_TEXT)),
  pronouns: nullable(text(MAX_TEXT)),
  hireable: nullable(flag),
  public_email: nullable(text(254)),
  commit_email: nullable(text(254)),
  unconfirmed_email: nullable(address),
  timezone: nullable(textThat(100, isTimeZone, "is no time zone, as Europe/Berlin")),
  note: nullable(text(MAX_LONG_TEXT)),
  external: flag,
  private_profile: flag,
  enabled_following: flag,
  can_create_group: flag,
  projects_limit: count,
  theme_id: wholeNumber(1, 100),
  color_scheme_id: wholeNumber(1, 100),
  suspended_reason: nullable(text(MAX_TEXT)),
  suspended_at: nullable(time),
  confirmed_at: nullable(time),
  password_hash: nullable(
    textThat(1024, isPasswordHash, "is no argon2id, bcrypt or pbkdf2-sha512 hash of bearable cost"),
  ),
  password_expires_at: nullable(time),
  email_reset_offered_at: nullable(time),
  otp_secret: nullable(textThat(255, isBase32, "is not base32")),
  otp_enabled_at: nullable(time),
  failed_attempts: count,
  locked_at: nullable(time),
  sign_in_count: count,
  current_sign_in_at: nullable(time),
  current_sign_in_ip: nullable(text(45)),
  last_sign_in_at: nullable(time),
  last_sign_in_ip: nullable(text(45)),
  last_activity_on: nullable(day),
  auditor: flag,
  shared_runners_minutes_limit: nullable(count),
  extra_shared_runners_minutes_limit: nullable(count),
  provisioned_by_group_id: nullable(wholeNumber(1)),
  enterprise_group_id: nullable(wholeNumber(1)),
  enterprise_group_associated_at: nullable(time),
  plan: nullable(text(MAX_TEXT)),
  trial: flag,
  github: nullable(text(MAX_TEXT)),
  preferred_language: text(20),
  public_repos: count,
  public_gists: count,
  private_gists: count,
  total_private_repos: count,
  owned_private_repos: count,
  disk_usage: count,
  collaborators: count,
  github_plan: nullable(githubPlan),
} satisfies Readonly<Record<string, Reader<unknown>>>;

/** Members that stand in tables of their own, or say in other words what a column has. */
const PARTS = {
  email: nullable(address),
  emails: list(either(isText, address, email)),
  ssh_keys: list(either(isText, text(MAX_LONG_TEXT), sshKey)),
  ssh_signing_keys: list(either(isText, text(MAX_LONG_TEXT), sshSigningKey)),
  gpg_keys: list(either(isText, text(MAX_KEY), gpgKey), 1000, splitBlocks),
  identities: list(identity, 1000),
  scim_identities: list(scimIdentity, 1000),
  custom_attributes: either<Record<string, string>, Attribute[]>(
    (value) => !Array.isArray(value),
    dictionary(MAX_LONG_TEXT),
    list(attribute),
  ),
  memberships: list(membership),
  counts: object({
    groups: count,
    projects: count,
    issues: count,
    merge_requests: count,
    assigned_issues: count,
    assigned_merge_requests: count,
    review_requested_merge_requests: count,
    todos: count,
  }),
  preferences: object({
    view_diffs_file_by_file: flag,
    show_whitespace_in_diffs: flag,
    pass_user_identities_to_ci_jwt: flag,
  }),
  status: nullable(
    object({
      emoji: text(100),
      message: nullable(text(100)),
      availability: oneOf("not_set", "busy"),
      clear_status_at: nullable(time),
    }),
  ),
  social_accounts: list(url, 1000),
  follows: list(username, 1_000_000),
  blocks: list(username, 1_000_000),
  created_by: nullable(username),
  suspended: flag,
  locked: flag,
  bot: flag,
  two_factor_enabled: flag,
} satisfies Readonly<Record<string, Reader<unknown>>>;

/** Every member of a user: in imports, in seeds and in requests to the controls of a test server. */
export const MEMBERS = { ...COLUMNS, ...PARTS };

/** What was read of a user, times as milliseconds. */
export type ParsedUser = { [K in keyof typeof MEMBERS]?: ValueOf<(typeof MEMBERS)[K]> };

/** A user as files and seeds say it. Times are texts, as 2024-05-31T08:00:00Z. */
export type UserInput = { [K in keyof ParsedUser]?: InputOf<ParsedUser[K]> } & { username: string };

/** Names that the vendors' own answers have for the same members. */
export const ALIASES: Readonly<Record<string, keyof typeof MEMBERS>> = {
  login: "username",
  is_admin: "admin",
  site_admin: "admin",
  company: "organization",
  blog: "website_url",
  twitter_username: "twitter",
  keys: "ssh_keys",
  primary_email: "email",
};

/** What `export users` writes and no import can set: these follow from the follows. */
export const DERIVED: ReadonlySet<string> = new Set(["followers", "following"]);

/** Asking ICU takes longer than all the rest of a line, and a file has few zones. */
const timeZones = new Set<string>();
const MAX_TIME_ZONES = 1000;

function isTimeZone(name: string): boolean {
  if (timeZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
  } catch {
    return false;
  }
  if (timeZones.size < MAX_TIME_ZONES) timeZones.add(name);
  return true;
}

const BLOCK_END = /(?<=-----END PGP PUBLIC KEY BLOCK-----)\s*/;

function splitBlocks(value: string): string[] {
  return value.split(BLOCK_END).filter((block) => block !== "");
}

function isBase32(value: string): boolean {
  return /^[A-Z2-7]+=*$/.test(value);
}
