import { createHash } from "node:crypto";
import { toGitLabRelease } from "../../src/gitlab/versions.ts";
import type { Caller } from "./callers.ts";
import { fingerprint, sshKey } from "./cast.ts";
import type { Part, Request, Table } from "./row.ts";

/**
 * Scopes that open what needs them (docs: personal access token scopes): `read_user` opens GETs
 * about users and events and nothing else. GitHub's `user` counts as `read_user`, and opens follows.
 */
const READ = ["api", "read_api", "read_user", "user"];
const GET = ["api", "read_api"];
const WRITE = ["api"];
const FOLLOW = ["api", "user", "user:follow"];
const ROTATE = ["api", "self_rotate"];
const RUNNER = ["api", "create_runner"];

interface Row extends Request {
  readonly scopes: readonly string[] | "any";
  /** To an anonymous caller: 401 where the vendor asks who is calling, 403 where it says no. */
  readonly anonymous: number;
  readonly user: number;
  readonly admin: number;
  /** Whether the token itself is meant, which then has to be a personal access token. */
  readonly ofToken?: true;
  /** Whether it has to be a token that its owner made. */
  readonly ofOwner?: true;
}

type Answers = readonly [anonymous: number, user: number, admin: number];
const row = (scopes: Row["scopes"], answers: Answers, more: Request = {}): Row => {
  const [anonymous, user, admin] = answers;
  return { ...{ scopes, anonymous, user, admin }, ...more };
};
/** One's own: every authenticated caller. */
const own = (scopes: Row["scopes"], ok: number, more?: Request) => row(scopes, [401, ok, ok], more);
/** For administrators alone. */
const admin = (scopes: Row["scopes"], ok: number, more?: Request) =>
  row(scopes, [401, 403, ok], more);
/** For everybody, strangers too. */
const open = (scopes: Row["scopes"], more?: Request) => row(scopes, [200, 200, 200], more);
/** For everybody but strangers, who are told no (not: who are you?) by the group of users' GETs. */
const shut = (
  scopes: Row["scopes"],
  answers: readonly [user: number, admin: number],
  more?: Request,
) => row(scopes, [403, ...answers], more);

const at = (name: keyof Part["cast"]["ids"]): Request => ({
  path: { id: ({ cast }) => cast.ids[name] },
});
const petra = at("petra");
const self: Request = { path: { id: ({ cast, who }) => cast.ids[who] } };
const spareOf = (name: keyof Part["cast"]["ids"]): Request => ({
  path: { id: ({ cast }) => cast.things[name].token },
});
const gpg = { body: ({ cast }: Part) => ({ key: cast.newGpgKey }) };
const ssh = { body: { title: "new", key: sshKey(200) } };
const newToken = { body: { name: "new", scopes: ["api"] } };
const newUser = {
  body: {
    ...{ email: "new@fresh.test", name: "New", username: "new" },
    force_random_password: true,
  },
};

/** The fingerprint of vera's key, as ssh-keygen prints it. */
function printOfVera({ cast }: Part): string {
  const blob = Buffer.from(sshKey(cast.ids.vera).split(" ")[1] ?? "", "base64");
  const digest = createHash("sha256").update(blob).digest("base64");
  return `fingerprint=${encodeURIComponent(fingerprint(digest))}`;
}

const rows: Record<string, Row> = {
  listUsers: shut(READ, [200, 200]),
  "listUsers: by username": open(READ, { query: "username=vera" }),
  "listUsers: by identity": row(READ, [401, 403, 200], {
    query: "username=vera&extern_uid=uid-vera&provider=saml",
  }),
  getUser: shut(READ, [200, 200]),
  "getUser: private": shut(READ, [200, 200], petra),
  "getUser: blocked": shut(READ, [200, 200], at("blake")),
  createUser: admin(WRITE, 201, newUser),
  updateUser: admin(WRITE, 200, { body: { bio: "new" } }),
  "updateUser: oneself": admin(WRITE, 200, { ...self, body: { admin: true } }),
  deleteUser: admin(WRITE, 204),
  getUserAssociationsCount: row(READ, [401, 403, 200]),
  "getUserAssociationsCount: one's own": own(READ, 200, self),
  disableTwoFactor: admin(WRITE, 204),
  "disableTwoFactor: an administrator's": admin(WRITE, 403, at("ada")),
  deleteUserIdentity: admin(WRITE, 204),

  activateUser: admin(WRITE, 201),
  deactivateUser: admin(WRITE, 201),
  blockUser: admin(WRITE, 201),
  unblockUser: admin(WRITE, 201, at("blake")),
  banUser: admin(WRITE, 201),
  unbanUser: admin(WRITE, 201, at("bane")),
  approveUser: admin(WRITE, 201, at("penny")),
  rejectUser: admin(WRITE, 200, at("penny")),

  createSupportPin: own(WRITE, 201),
  getSupportPin: own(READ, 404),
  getUserSupportPin: admin(READ, 404),
  revokeUserSupportPin: admin(WRITE, 404),
  listServiceAccounts: admin(GET, 200),
  createServiceAccount: admin(WRITE, 201),
  updateServiceAccount: admin(WRITE, 404),

  followUser: own(FOLLOW, 201, petra),
  unfollowUser: own(FOLLOW, 201),
  listFollowers: shut(READ, [200, 200]),
  listFollowing: shut(READ, [200, 200]),
  "listFollowers: private": shut(READ, [404, 200], petra),
  "listFollowing: private": shut(READ, [404, 200], petra),

  getCurrentUser: own(READ, 200),
  listUserActivities: own(READ, 200),
  getUserCounts: own(GET, 200),
  getCurrentUserStatus: own(READ, 200),
  setUserStatus: own(WRITE, 200, { body: { message: "new" } }),
  updateUserStatus: own(WRITE, 200, { body: { message: "new" } }),
  getUserStatus: open(READ),
  getUserPreferences: own(READ, 200),
  updateUserPreferences: own(WRITE, 200, { body: { show_whitespace_in_diffs: false } }),
  setUserAvatar: own(WRITE, 200, { body: avatarForm }),
  getAvatar: open(GET, { query: "email=petra@example.test" }),
  updateCreditCardValidation: admin(WRITE, 200, {
    body: {
      ...{ credit_card_validated_at: "2026-01-01", credit_card_type: "visa" },
      ...{ credit_card_expiration_month: 1, credit_card_expiration_year: 2030 },
      ...{ credit_card_holder_name: "Vera", credit_card_mask_number: "1111" },
    },
  }),
  // A runner for everybody is the administrators' to make.
  createRunner: admin(RUNNER, 201, { body: { runner_type: "instance_type" } }),

  listEvents: own(READ, 200),
  listUserEvents: open(READ),
  listUserMemberships: admin(READ, 200),
  listUserProjects: open(GET),
  listUserStarredProjects: open(GET),
  listUserContributedProjects: open(GET),
  // vera maintains a project, no other user does; an administrator shares them all.
  listUserProjectDeployKeys: row(READ, [401, 403, 200]),

  listCurrentUserEmails: own(READ, 200),
  getCurrentUserEmail: own(READ, 200),
  addCurrentUserEmail: own(WRITE, 201, { body: { email: "new@fresh.test" } }),
  deleteCurrentUserEmail: own(WRITE, 204),
  "getCurrentUserEmail: another's": own(READ, 404, {
    path: { email_id: ({ cast }) => cast.things.vera.email },
  }),
  listUserEmails: admin(READ, 200),
  addUserEmail: admin(WRITE, 201, { body: { email: "new@fresh.test" } }),
  deleteUserEmail: admin(WRITE, 204),

  listCurrentUserKeys: own(READ, 200),
  getCurrentUserKey: own(READ, 200),
  // An administrator does not find others' keys there either.
  "getCurrentUserKey: another's": own(READ, 404, {
    path: { key_id: ({ cast }) => cast.things.vera.sshKey },
  }),
  addCurrentUserKey: own(WRITE, 201, ssh),
  deleteCurrentUserKey: own(WRITE, 204),
  "deleteCurrentUserKey: another's": own(WRITE, 404, {
    path: { key_id: ({ cast }) => cast.things.vera.sshKey },
  }),
  listUserKeys: open(READ),
  getUserKey: open(READ),
  addUserKey: admin(WRITE, 201, ssh),
  deleteUserKey: admin(WRITE, 204),
  getKey: admin(GET, 200),
  findKey: admin(GET, 200, { query: printOfVera }),

  listCurrentUserGpgKeys: own(READ, 200),
  getCurrentUserGpgKey: own(READ, 200),
  addCurrentUserGpgKey: own(WRITE, 201, gpg),
  deleteCurrentUserGpgKey: own(WRITE, 204),
  revokeCurrentUserGpgKey: own(WRITE, 202),
  listUserGpgKeys: open(READ),
  getUserGpgKey: open(READ),
  addUserGpgKey: admin(WRITE, 201, gpg),
  deleteUserGpgKey: admin(WRITE, 204),
  revokeUserGpgKey: admin(WRITE, 202),

  listUserCustomAttributes: shut(READ, [403, 200]),
  getUserCustomAttribute: shut(READ, [403, 200]),
  setUserCustomAttribute: admin(WRITE, 200, { body: { value: "new" } }),
  deleteUserCustomAttribute: admin(WRITE, 204),

  listImpersonationTokens: admin(READ, 200),
  getImpersonationToken: admin(READ, 200),
  createImpersonationToken: admin(WRITE, 201, newToken),
  revokeImpersonationToken: admin(WRITE, 204),
  createPersonalAccessToken: admin(WRITE, 201, newToken),
  createLimitedPersonalAccessToken: own(WRITE, 201, {
    body: { name: "new", scopes: ["k8s_proxy"] },
  }),

  listAuditEvents: admin(GET, 200),
  getAuditEvent: admin(GET, 200, { path: { id: 1 } }),

  listPersonalAccessTokens: own(GET, 200),
  "listPersonalAccessTokens: another's": row(GET, [401, 401, 200], {
    query: ({ cast }) => `user_id=${cast.ids.vera}`,
  }),
  getPersonalAccessToken: own(GET, 200),
  "getPersonalAccessToken: another's": row(GET, [401, 401, 200], spareOf("vera")),
  "getPersonalAccessToken: an impersonation of oneself": row(GET, [401, 401, 200], {
    path: { id: ({ cast, who }) => cast.things[who].impersonation },
  }),
  revokePersonalAccessToken: own(WRITE, 204),
  "revokePersonalAccessToken: another's": row(WRITE, [401, 400, 204], spareOf("vera")),
  rotatePersonalAccessToken: own(WRITE, 200),
  "rotatePersonalAccessToken: another's": row(WRITE, [401, 401, 200], spareOf("vera")),
  getOwnPersonalAccessToken: { ...own("any", 200), ofToken: true },
  // A token with which an administrator acts as the user can't end itself.
  revokeOwnPersonalAccessToken: { ...own("any", 204), ofToken: true, ofOwner: true },
  rotateOwnPersonalAccessToken: { ...own(ROTATE, 200), ofToken: true },

  getVersion: own(READ, 200),
  getMetadata: own(READ, 200),
};

function avatarForm(): FormData {
  const form = new FormData();
  form.set("avatar", new Blob([Buffer.from(GIF, "base64")], { type: "image/gif" }), "new.gif");
  return form;
}
/** The smallest picture of its kind. */
const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

const WHOM = { una: "una", vera: "vera", ROOT: "root", ada: "ada" } as const;
const ADMINISTRATORS = new Set<string>(["root", "ada"]);

/** GitHub's `site_admin` of an administrator counts as `api` and `sudo`. */
function wordsOf({ scopes, admin: is }: Caller): ReadonlySet<string> {
  return is && scopes.has("site_admin") ? new Set([...scopes, "api", "sudo"]) : scopes;
}

/** The one asked for, by name or by number. */
function target({ sudo = "" }: Caller) {
  if (sudo in WHOM) return WHOM[sudo as keyof typeof WHOM];
  return /^\d{1,3}$/.test(sudo) ? "una" : undefined;
}

const IMPERSONATION = new Set(["impersonation", "site administrator's"]);

function expected(row: Row, caller: Caller): number {
  const due = expectedOfAny(row, caller);
  const isWrong =
    (row.ofToken === true && caller.isPrivate === true) ||
    (row.ofOwner === true && IMPERSONATION.has(caller.name));
  return isWrong && due < 300 ? 400 : due;
}

function expectedOfAny({ scopes, anonymous, user, admin: ok }: Row, caller: Caller): number {
  const { standing, sudo } = caller;
  if (standing === "refused") return 401;
  if (standing === "shut out") return 403;
  if (standing === "anonymous") return sudo === undefined ? anonymous : 401;
  const words = wordsOf(caller);
  if (sudo !== undefined) {
    // In this order, so that no caller learns who exists (docs: Sudo).
    if (!caller.admin || !words.has("sudo")) return 403;
    const whom = target(caller);
    if (whom === undefined) return 404;
    // The scope `sudo` is all that is asked for; the rights are the other's.
    return ADMINISTRATORS.has(whom) ? ok : user;
  }
  if (scopes !== "any" && !scopes.some((scope) => words.has(scope))) return 403;
  return caller.admin ? ok : user;
}

export const table: Table<Row> = {
  prefix: "/api/v4",
  versions: [{ gitlabVersion: "17.6.0" }, { gitlabVersion: "18.11.0", gitlabUserLimits: false }],
  has: (operation, { gitlabVersion = "17.6.0", gitlabEdition = "ce" }) =>
    toGitLabRelease(gitlabVersion, gitlabEdition).hasOperation(operation),
  show: (text) => ({ "private-token": text }),
  rows,
  expected,
  runsFor: (caller) => {
    if (caller.standing !== "let in") return undefined;
    return caller.sudo === undefined ? caller.who : (target(caller) ?? caller.who);
  },
  tells: new Set([
    "createImpersonationToken",
    "createPersonalAccessToken",
    "createLimitedPersonalAccessToken",
    "rotatePersonalAccessToken",
    "rotateOwnPersonalAccessToken",
    "createRunner",
  ]),
  adminsSeeAll: true,
};
