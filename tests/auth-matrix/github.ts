import type { Caller } from "./callers.ts";
import { SOCIAL_ACCOUNT, sshKey } from "./cast.ts";
import type { Request, Table } from "./row.ts";

/**
 * Scopes that open what needs them (docs: scopes for OAuth apps), each list with what GitLab's
 * words stand for: `api` for everything of one's own, `read_api` and `read_user` for reading it.
 */
const PROFILE = ["user", "api"];
const FOLLOW = ["user", "user:follow", "api"];
const EMAILS = ["user", "user:email", "api", "read_api", "read_user"];
const READ_KEYS = [
  ...["admin:public_key", "write:public_key", "read:public_key"],
  ...["api", "read_api", "read_user"],
];
const WRITE_KEYS = ["admin:public_key", "write:public_key", "api"];
const ADMIN_KEYS = ["admin:public_key", "api"];
const READ_GPG_KEYS = [
  ...["admin:gpg_key", "write:gpg_key", "read:gpg_key"],
  ...["api", "read_api", "read_user"],
];
const WRITE_GPG_KEYS = ["admin:gpg_key", "write:gpg_key", "api"];
const ADMIN_GPG_KEYS = ["admin:gpg_key", "api"];
const READ_SIGNING_KEYS = [
  ...["admin:ssh_signing_key", "write:ssh_signing_key", "read:ssh_signing_key"],
  ...["api", "read_api", "read_user"],
];
const WRITE_SIGNING_KEYS = ["admin:ssh_signing_key", "write:ssh_signing_key", "api"];
const ADMIN_SIGNING_KEYS = ["admin:ssh_signing_key", "api"];
const ORGANIZATIONS = [
  ...["user", "read:user", "admin:org", "write:org", "read:org"],
  ...["api", "read_api", "read_user"],
];
const REPOSITORIES = ["repo", "api"];
/** What opens the audit log to an administrator (docs: audit log of an enterprise). */
const AUDIT_LOG = ["admin:enterprise", "audit_log", "read:audit_log"];

interface Row extends Request {
  /** Nothing; a token of any scope; one of these scopes; an administrator with site_admin. */
  readonly needs: "nothing" | "token" | readonly string[] | "site_admin";
  /** What a fine-grained token needs; write brings read with it. */
  readonly permission?: string;
  /** Whether only administrators have it, by one of the scopes or by site_admin. */
  readonly administrators?: true;
  readonly ok: number;
}

const open = (ok = 200): Row => ({ needs: "nothing", ok });
const token = (permission: string, ok = 200): Row => ({ needs: "token", permission, ok });
const scoped = (needs: readonly string[], permission: string, ok: number, more: Request = {}) => ({
  ...{ needs, permission, ok },
  ...more,
});
const admin = (ok: number, more: Request = {}): Row => ({ needs: "site_admin", ok, ...more });

const VIEWER = "query UserCurrent{viewer{login}}";
const kim = { path: { username: "kim" } };
const self = { path: { username: "root" } };
const blake = { path: { username: "blake" } };

const rows: Record<string, Row> = {
  "meta/root": open(),
  "meta/get": open(),
  "meta/get-zen": open(),
  "meta/get-octocat": open(),
  // Only github.com's form of the address has this one.
  "meta/get-all-versions": { ...open(), prefix: "" },
  // Limits are off, as on a fresh Enterprise Server.
  "rate-limit/get": open(404),

  // Beside the REST API; what it shows of the caller is what any token shows.
  graphql: { needs: "token", ok: 200, prefix: "/api", body: { query: VIEWER } },

  "users/list": open(),
  "users/get-by-username": open(),
  "users/get-by-username: suspended": { ...open(), ...blake },
  "users/get-by-id": open(),
  "users/list-followers-for-user": open(),
  "users/list-following-for-user": open(),
  "users/check-following-for-user": open(204),
  "users/list-followers-by-id": open(),
  "users/list-following-by-id": open(),
  "users/check-following-by-id": open(204),
  "users/list-public-keys-for-user": open(),

  "users/get-authenticated": { needs: "token", ok: 200 },
  "users/update-authenticated": scoped(PROFILE, "profile:write", 200, { body: { bio: "new" } }),

  "users/list-followers-for-authenticated-user": token("followers:read"),
  "users/list-followed-by-authenticated-user": token("followers:read"),
  "users/check-person-is-followed-by-authenticated": token("followers:read", 204),
  "users/follow": scoped(FOLLOW, "followers:write", 204),
  "users/unfollow": scoped(FOLLOW, "followers:write", 204),
  "users/follow: suspended": scoped(FOLLOW, "followers:write", 404, blake),

  "users/list-blocked-by-authenticated-user": scoped(PROFILE, "blocking:read", 200),
  "users/check-blocked": scoped(PROFILE, "blocking:read", 204, kim),
  "users/block": scoped(PROFILE, "blocking:write", 204),
  "users/unblock": scoped(PROFILE, "blocking:write", 204, kim),

  "users/list-emails-for-authenticated-user": scoped(EMAILS, "emails:read", 200),
  "users/list-public-emails-for-authenticated-user": scoped(EMAILS, "emails:read", 200),
  "users/add-email-for-authenticated-user": scoped(PROFILE, "emails:write", 201, {
    body: { emails: ["new@fresh.test"] },
  }),
  "users/delete-email-for-authenticated-user": scoped(PROFILE, "emails:write", 204, {
    body: ({ who }) => ({ emails: [`${who}.second@example.test`] }),
  }),
  "users/set-primary-email-visibility-for-authenticated-user": scoped(
    PROFILE,
    "emails:write",
    200,
    { body: { visibility: "private" } },
  ),

  "users/list-public-ssh-keys-for-authenticated-user": scoped(READ_KEYS, "keys:read", 200),
  "users/get-public-ssh-key-for-authenticated-user": scoped(READ_KEYS, "keys:read", 200),
  "users/get-public-ssh-key-for-authenticated-user: another's": scoped(
    READ_KEYS,
    "keys:read",
    404,
    { path: { key_id: ({ cast }) => cast.things.vera.sshKey } },
  ),
  "users/create-public-ssh-key-for-authenticated-user": scoped(WRITE_KEYS, "keys:write", 201, {
    body: { title: "new", key: sshKey(200) },
  }),
  "users/delete-public-ssh-key-for-authenticated-user": scoped(ADMIN_KEYS, "keys:write", 204),
  "users/delete-public-ssh-key-for-authenticated-user: another's": scoped(
    ADMIN_KEYS,
    "keys:write",
    404,
    { path: { key_id: ({ cast }) => cast.things.vera.sshKey } },
  ),

  "users/list-ssh-signing-keys-for-authenticated-user": scoped(
    READ_SIGNING_KEYS,
    "ssh_signing_keys:read",
    200,
  ),
  "users/get-ssh-signing-key-for-authenticated-user": scoped(
    READ_SIGNING_KEYS,
    "ssh_signing_keys:read",
    200,
  ),
  "users/get-ssh-signing-key-for-authenticated-user: another's": scoped(
    READ_SIGNING_KEYS,
    "ssh_signing_keys:read",
    404,
    { path: { ssh_signing_key_id: ({ cast }) => cast.things.vera.signingKey } },
  ),
  "users/create-ssh-signing-key-for-authenticated-user": scoped(
    WRITE_SIGNING_KEYS,
    "ssh_signing_keys:write",
    201,
    { body: { title: "new", key: sshKey(201) } },
  ),
  "users/delete-ssh-signing-key-for-authenticated-user": scoped(
    ADMIN_SIGNING_KEYS,
    "ssh_signing_keys:write",
    204,
  ),
  "users/delete-ssh-signing-key-for-authenticated-user: another's": scoped(
    ADMIN_SIGNING_KEYS,
    "ssh_signing_keys:write",
    404,
    { path: { ssh_signing_key_id: ({ cast }) => cast.things.vera.signingKey } },
  ),
  "users/list-ssh-signing-keys-for-user": open(),

  "users/list-gpg-keys-for-authenticated-user": scoped(READ_GPG_KEYS, "gpg_keys:read", 200),
  "users/get-gpg-key-for-authenticated-user": scoped(READ_GPG_KEYS, "gpg_keys:read", 200),
  "users/get-gpg-key-for-authenticated-user: another's": scoped(
    READ_GPG_KEYS,
    "gpg_keys:read",
    404,
    { path: { gpg_key_id: ({ cast }) => cast.things.vera.gpgKey } },
  ),
  "users/create-gpg-key-for-authenticated-user": scoped(WRITE_GPG_KEYS, "gpg_keys:write", 201, {
    body: ({ cast }) => ({ armored_public_key: cast.newGpgKey }),
  }),
  "users/delete-gpg-key-for-authenticated-user": scoped(ADMIN_GPG_KEYS, "gpg_keys:write", 204),
  "users/delete-gpg-key-for-authenticated-user: another's": scoped(
    ADMIN_GPG_KEYS,
    "gpg_keys:write",
    404,
    { path: { gpg_key_id: ({ cast }) => cast.things.vera.gpgKey } },
  ),
  "users/list-gpg-keys-for-user": open(),

  "users/list-social-accounts-for-authenticated-user": { needs: "token", ok: 200 },
  "users/add-social-account-for-authenticated-user": scoped(PROFILE, "profile:write", 201, {
    body: { account_urls: ["https://twitter.com/new"] },
  }),
  "users/delete-social-account-for-authenticated-user": scoped(PROFILE, "profile:write", 204, {
    body: { account_urls: [SOCIAL_ACCOUNT] },
  }),
  "users/list-social-accounts-for-user": open(),

  "users/get-context-for-user": { needs: REPOSITORIES, ok: 200 },
  "search/users": { ...open(), query: "q=vera" },

  "repos/list-for-user": open(),
  "orgs/list-for-user": open(),
  "gists/list-for-user": open(),
  "activity/list-repos-starred-by-user": open(),
  "activity/list-repos-watched-by-user": open(),
  "activity/list-events-for-authenticated-user": open(),
  "activity/list-public-events-for-user": open(),
  "activity/list-received-events-for-user": open(),
  "activity/list-received-public-events-for-user": open(),
  "repos/list-for-authenticated-user": { needs: "token", ok: 200 },
  "orgs/list-for-authenticated-user": { needs: ORGANIZATIONS, ok: 200 },
  "gists/list": { needs: "token", ok: 200 },
  "activity/list-repos-starred-by-authenticated-user": { needs: "token", ok: 200 },
  "activity/list-watched-repos-for-authenticated-user": { needs: "token", ok: 200 },

  "enterprise-admin/create-user": admin(201, { body: { login: "new", email: "new@fresh.test" } }),
  "enterprise-admin/update-username-for-user": admin(202, { body: { login: "renamed" } }),
  "enterprise-admin/delete-user": admin(204),
  "enterprise-admin/suspend-user": admin(204),
  "enterprise-admin/unsuspend-user": admin(204, blake),
  "enterprise-admin/promote-user-to-be-site-administrator": admin(204),
  "enterprise-admin/demote-site-administrator": admin(204),
  "enterprise-admin/create-impersonation-o-auth-token": admin(201, { body: { scopes: ["user"] } }),
  "enterprise-admin/delete-impersonation-o-auth-token": admin(204),
  "enterprise-admin/list-personal-access-tokens": admin(200),
  "enterprise-admin/delete-personal-access-token": admin(204),
  "enterprise-admin/get-user-stats": admin(200),
  "enterprise-admin/get-audit-log": {
    ...{ needs: AUDIT_LOG, administrators: true, ok: 200 },
    path: { enterprise: "octo-corp" },
  },
  "enterprise-admin/list-public-keys": admin(200),
  "enterprise-admin/delete-public-key": admin(204, {
    path: { key_ids: ({ cast }) => `${cast.things.vera.sshKey},${cast.things.una.sshKey}` },
  }),
  "enterprise-admin/update-ldap-mapping-for-user": admin(200, {
    body: { ldap_dn: "uid=vera,dc=example,dc=test" },
  }),
  "enterprise-admin/sync-ldap-mapping-for-user": admin(201),
  // Never themselves (docs: suspending, deleting and demoting users); ada is another to root.
  "enterprise-admin/delete-user: oneself": admin(403, self),
  "enterprise-admin/suspend-user: oneself": admin(403, self),
  "enterprise-admin/demote-site-administrator: oneself": admin(403, self),
};

/** `site_admin` of an administrator; GitLab's `api` and `sudo` together stand for it. */
const administers = ({ admin: is, scopes }: Caller): boolean =>
  is && (scopes.has("site_admin") || (scopes.has("api") && scopes.has("sudo")));

function expected(row: Row, caller: Caller): number {
  const { standing, scopes, permissions } = caller;
  if (standing === "refused") return 401;
  if (standing === "shut out") return 403;
  const { needs, permission, ok } = row;
  if (needs === "nothing") return ok;
  if (standing === "anonymous") return 401;
  const done = ok === 403 && caller.who !== "root" ? 204 : ok;
  if (permissions !== undefined) {
    // Fine-grained tokens administer nothing; the operation says 403, not 404.
    if (needs === "site_admin" || row.administrators) return 403;
    const held = permission === undefined || permissions.has(permission);
    return held || permissions.has(permission.replace(":read", ":write")) ? done : 403;
  }
  if (needs === "token") return done;
  // What the token may not see is not there.
  if (needs === "site_admin") return administers(caller) ? done : 404;
  if (row.administrators && administers(caller)) return done;
  if (row.administrators && !caller.admin) return 404;
  return needs.some((scope) => scopes.has(scope)) ? done : 404;
}

export const table: Table<Row> = {
  // Below the same prefix, GitLab's third version answers a caller with a credential of GitLab's.
  config: { gitlabV3: false, gitlabV4: false, gitlabRoot: false },
  prefix: "/api/v3",
  show: (text) => ({ authorization: `token ${text}` }),
  rows,
  expected,
  // There is no sudo here, and its header means nothing.
  runsFor: ({ standing, who }) => (standing === "let in" ? who : undefined),
  tells: new Set(["enterprise-admin/create-impersonation-o-auth-token"]),
  adminsSeeAll: false,
  showsAdminsAll: new Set(["enterprise-admin/update-ldap-mapping-for-user"]),
  // What a search adds to a user.
  shows: ["score"],
  versions: [{ githubVersion: "3.15.0" }, { githubVersion: "3.22.0" }],
};
