/** GitLab's editions: the free one, and the one with the Premium and Ultimate tiers. */
type Edition = "ce" | "ee";

/**
 * When something is there: from one version on, up to another (which no longer has it), in one
 * edition alone. `free` is the version in which the free edition got it too.
 */
interface Span {
  readonly since?: string;
  readonly until?: string;
  readonly edition?: Edition;
  readonly free?: string;
}

const EE: Span = { edition: "ee" };
const SERVICE_ACCOUNTS: Span = { edition: "ee", free: "18.11" };

/**
 * What begins and ends with which version, beside what all versions have. The vendor's pages say so
 * in their histories (docs.gitlab.com/api/users, /user_service_accounts, /personal_access_tokens,
 * /administration/settings/rate_limit_on_users_api); where they are silent, with GitLab 18.
 */
const OPERATIONS: Readonly<Record<string, Span>> = {
  createSupportPin: { since: "17.8" },
  getSupportPin: { since: "17.8" },
  getUserSupportPin: { since: "17.8" },
  revokeUserSupportPin: { since: "17.11" },
  listServiceAccounts: SERVICE_ACCOUNTS,
  createServiceAccount: SERVICE_ACCOUNTS,
  updateServiceAccount: { ...SERVICE_ACCOUNTS, since: "18.2" },
};

/** Parameters of queries, by operation. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, Span>>>> = {
  listUsers: {
    public_email: { since: "18.0" },
    saml_provider_id: { until: "18.2" },
  },
};

const ACCOUNT_INPUT: Readonly<Record<string, Span>> = {
  skype: { until: "18.0" },
  github: { since: "18.0" },
  shared_runners_minutes_limit: EE,
  extra_shared_runners_minutes_limit: EE,
  group_id_for_saml: EE,
  auditor: EE,
};
const USER: Readonly<Record<string, Span>> = { github: { since: "18.0" } };
const USER_PUBLIC: Readonly<Record<string, Span>> = {
  ...USER,
  preferred_language: { since: "18.0" },
  shared_runners_minutes_limit: EE,
  extra_shared_runners_minutes_limit: EE,
  scim_identities: EE,
};
const USER_WITH_ADMIN: Readonly<Record<string, Span>> = {
  ...USER_PUBLIC,
  email_reset_offered_at: { until: "18.3" },
  using_license_seat: EE,
  is_auditor: EE,
  provisioned_by_group_id: EE,
  enterprise_group_id: EE,
  enterprise_group_associated_at: EE,
};
const DESCRIBED: Readonly<Record<string, Span>> = { description: { since: "17.7" } };

/** Members of what is sent and answered, by schema. */
const MEMBERS = {
  "new-user": ACCOUNT_INPUT,
  "new-user-form": ACCOUNT_INPUT,
  "user-change": ACCOUNT_INPUT,
  "user-change-form": ACCOUNT_INPUT,
  user: USER,
  "user-public": USER_PUBLIC,
  "user-with-admin": USER_WITH_ADMIN,
  "user-details-with-admin": { ...USER_WITH_ADMIN, plan: EE, trial: EE },
  identity: { saml_provider_id: EE },
  "personal-access-token": DESCRIBED,
  "personal-access-token-with-token": DESCRIBED,
  "impersonation-token": DESCRIBED,
  "impersonation-token-with-token": DESCRIBED,
  "new-personal-access-token": DESCRIBED,
  "new-impersonation-token": DESCRIBED,
  "new-service-account": { email: { since: "17.9" } },
  "service-account": { email: { since: "17.9" }, unconfirmed_email: { since: "18.2" } },
} satisfies Readonly<Record<string, Readonly<Record<string, Span>>>>;

/** The schema of what an operation is sent, where it differs between versions. */
export const INPUT_SCHEMAS: Readonly<Record<string, VersionedSchema>> = {
  createUser: "new-user",
  updateUser: "user-change",
  createPersonalAccessToken: "new-personal-access-token",
  createLimitedPersonalAccessToken: "new-personal-access-token",
  createImpersonationToken: "new-impersonation-token",
  createServiceAccount: "new-service-account",
};

/** The schema of an answer, or of the rows of a list, of operations that answer nothing else. */
export const ANSWER_SCHEMAS: Readonly<Record<string, VersionedSchema>> = {
  listImpersonationTokens: "impersonation-token",
  createImpersonationToken: "impersonation-token-with-token",
  getImpersonationToken: "impersonation-token",
  listPersonalAccessTokens: "personal-access-token",
  getPersonalAccessToken: "personal-access-token",
  getOwnPersonalAccessToken: "personal-access-token",
  rotatePersonalAccessToken: "personal-access-token-with-token",
  rotateOwnPersonalAccessToken: "personal-access-token-with-token",
  createPersonalAccessToken: "personal-access-token-with-token",
  createLimitedPersonalAccessToken: "personal-access-token-with-token",
  listServiceAccounts: "service-account",
  createServiceAccount: "service-account",
  updateServiceAccount: "service-account",
};

export type VersionedSchema = keyof typeof MEMBERS;

/** Requests in a minute that each caller or address may make of an operation, from 18.1 on. */
const LIMITS: Readonly<Record<string, number>> = {
  listFollowers: 100,
  listFollowing: 100,
  getUserStatus: 240,
  listUserKeys: 120,
  getUserKey: 120,
  listUserGpgKeys: 120,
  getUserGpgKey: 120,
};
const LIMITS_SINCE = "18.1";
/** Service accounts of an instance without a licence. */
export const FREE_SERVICE_ACCOUNTS = 100;

/** A version and an edition of GitLab, and what it has. */
export interface GitLabRelease {
  readonly edition: Edition;
  /** As `/version` says it. */
  readonly text: string;
  /** Equal for releases that do not differ. */
  readonly key: string;
  hasOperation(id: string): boolean;
  hasParameter(operation: string, name: string): boolean;
  hasMember(schema: string, name: string): boolean;
  /** The members of an answer that this release has, in their order. */
  present<T extends object>(schema: VersionedSchema, answer: T): T;
  /** Requests in a minute, by operation. */
  readonly limits: Readonly<Record<string, number>>;
}

const numberOf = (version: string): number => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 1000 + minor;
};

const releases = new Map<string, GitLabRelease>();

export function toGitLabRelease(version: string, edition: Edition): GitLabRelease {
  const text = edition === "ee" ? `${version}-ee` : version;
  const known = releases.get(text) ?? createRelease(version, edition, text);
  releases.set(text, known);
  return known;
}

function createRelease(version: string, edition: Edition, text: string): GitLabRelease {
  const number = numberOf(version);
  const isIn = ({ since = "0.0", until, edition: only, free }: Span = {}): boolean => {
    const isCurrent =
      number >= numberOf(since) && (until === undefined || number < numberOf(until));
    const isMine = only === undefined || only === edition;
    return isCurrent && (isMine || (free !== undefined && number >= numberOf(free)));
  };
  const members: Readonly<Record<string, Readonly<Record<string, Span>>>> = MEMBERS;
  const hasMember = (schema: string, name: string) => isIn(members[schema]?.[name]);
  const missing = new Map(
    Object.keys(members).map((schema) => {
      const names = Object.keys(members[schema] ?? {});
      return [schema, new Set(names.filter((name) => !hasMember(schema, name)))];
    }),
  );
  return {
    edition,
    text,
    key: `${Math.floor(number / 1000)}.${number % 1000}-${edition}`,
    hasOperation: (id) => isIn(OPERATIONS[id]),
    hasParameter: (operation, name) => isIn(PARAMETERS[operation]?.[name]),
    hasMember,
    present: (schema, answer) => {
      const absent = missing.get(schema);
      const entries = Object.entries(answer).filter(([name]) => absent?.has(name) !== true);
      return Object.fromEntries(entries) as typeof answer;
    },
    limits: number >= numberOf(LIMITS_SINCE) ? LIMITS : {},
  };
}
