import type { PageHandler, PageOperation } from "../http/context.ts";
import * as admin from "./admin.ts";
import * as adminFiles from "./admin-files.ts";
import * as adminUser from "./admin-user.ts";
import * as adminThings from "./admin-user-things.ts";
import * as adminUsers from "./admin-users.ts";
import * as explorer from "./explorer.ts";
import * as files from "./files.ts";
import * as home from "./home.ts";
import * as inspector from "./inspector.ts";
import * as links from "./password-links.ts";
import * as profile from "./profile.ts";
import * as settings from "./settings.ts";
import * as credentials from "./settings-credentials.ts";
import * as keys from "./settings-keys.ts";
import * as preferences from "./settings-preferences.ts";
import * as signIn from "./sign-in.ts";

const MAX_PICTURE_FORM_BYTES = 2 ** 20;
const MAX_IMPORT_BYTES = 100 * 2 ** 20;

type Options = Partial<
  Pick<PageOperation, "access" | "isForPrograms" | "isPublic" | "maxFileBytes">
>;
type Row = readonly [id: string, method: "GET" | "POST", route: string, PageHandler, Options?];

const PUBLIC = { isPublic: true } as const;
const FILE = { isPublic: true, isForPrograms: true } as const;
const OWN = { access: "signed-in" } as const;
const ADMIN = { access: "admin" } as const;
/** One user's page, and below it what its forms do. */
const USER = "/-/admin/users/{username}";

/** The pages' table of contents: every address, who may ask, and the function that answers. */
const ROWS: readonly Row[] = [
  ["home", "GET", "/", home.showHome, PUBLIC],
  ["search", "GET", "/search", home.showSearch],
  ["sign-in", "GET", "/login", signIn.showSignIn, PUBLIC],
  ["sign-in-gitlab", "GET", "/users/sign_in", signIn.showSignIn, PUBLIC],
  ["sign-in/try", "POST", "/login", signIn.signIn, PUBLIC],
  ["second-factor", "GET", "/login/two-factor", signIn.showSecondFactor, PUBLIC],
  ["second-factor/try", "POST", "/login/two-factor", signIn.giveSecondFactor, PUBLIC],
  ["expired-password", "GET", "/login/expired-password", signIn.showExpiredPassword, PUBLIC],
  [
    "expired-password/change",
    "POST",
    "/login/expired-password",
    signIn.changeExpiredPassword,
    PUBLIC,
  ],
  ["forgotten-password", "GET", "/login/forgotten-password", links.showForgottenPassword, PUBLIC],
  ["forgotten-password/mail", "POST", "/login/forgotten-password", links.mailPasswordLink, PUBLIC],
  ["new-password", "GET", "/login/new-password", links.showNewPassword, PUBLIC],
  ["new-password/choose", "POST", "/login/new-password", links.chooseNewPassword, PUBLIC],
  ["password-link", "GET", "/-/password", links.leadToNewPassword, PUBLIC],
  ["sign-out", "POST", "/logout", signIn.signOut, PUBLIC],
  ["asset", "GET", "/-/assets/{hash}/{name}", files.showAsset, FILE],
  ["favicon", "GET", "/favicon.ico", files.showFavicon, FILE],
  ["user-file", "GET", "/-/files/{username}/{ending}", files.showUserFile, { isForPrograms: true }],
  ["not-found", "GET", "/-/not-found", files.showNotFound],
  ["profile", "GET", "/{username}", profile.showProfile],
  ["followers", "GET", "/users/{username}/followers", profile.showFollowers],
  ["following", "GET", "/users/{username}/following", profile.showFollowing],
  ["follow", "POST", "/-/people/{username}/follow", profile.followUser, OWN],
  ["unfollow", "POST", "/-/people/{username}/unfollow", profile.unfollowUser, OWN],
  ["block", "POST", "/-/people/{username}/block", profile.blockUser, OWN],
  ["unblock", "POST", "/-/people/{username}/unblock", profile.unblockUser, OWN],
  ["settings", "GET", "/settings", settings.showProfileSettings, OWN],
  ["settings/profile", "POST", "/settings/profile", settings.saveProfile, OWN],
  [
    "settings/picture",
    "POST",
    "/settings/picture",
    settings.savePicture,
    { ...OWN, maxFileBytes: MAX_PICTURE_FORM_BYTES },
  ],
  ["settings/picture/remove", "POST", "/settings/picture/remove", settings.removePicture, OWN],
  ["settings/status", "POST", "/settings/status", settings.saveStatus, OWN],
  ["settings/emails", "GET", "/settings/emails", keys.showEmails, OWN],
  ["settings/emails/add", "POST", "/settings/emails", keys.addEmail, OWN],
  ["settings/emails/remove", "POST", "/settings/emails/{id}/remove", keys.removeEmail, OWN],
  ["settings/emails/primary", "POST", "/settings/emails/{id}/primary", keys.makeEmailPrimary, OWN],
  ["settings/keys", "GET", "/settings/keys", keys.showKeys, OWN],
  ["settings/ssh-keys/add", "POST", "/settings/keys/ssh", keys.addSshKey, OWN],
  ["settings/ssh-keys/remove", "POST", "/settings/keys/ssh/{id}/remove", keys.removeSshKey, OWN],
  ["settings/gpg-keys/add", "POST", "/settings/keys/gpg", keys.addGpgKey, OWN],
  ["settings/gpg-keys/remove", "POST", "/settings/keys/gpg/{id}/remove", keys.removeGpgKey, OWN],
  ["settings/signing-keys/add", "POST", "/settings/keys/signing", preferences.addSigningKey, OWN],
  [
    "settings/signing-keys/remove",
    "POST",
    "/settings/keys/signing/{id}/remove",
    preferences.removeSigningKey,
    OWN,
  ],
  ["settings/social", "GET", "/settings/social-accounts", preferences.showSocialAccounts, OWN],
  ["settings/social/add", "POST", "/settings/social-accounts", preferences.addSocialAccount, OWN],
  [
    "settings/social/remove",
    "POST",
    "/settings/social-accounts/remove",
    preferences.removeSocialAccount,
    OWN,
  ],
  ["settings/blocked", "GET", "/settings/blocked", preferences.showBlocked, OWN],
  ["settings/preferences", "GET", "/settings/preferences", preferences.showPreferences, OWN],
  ["settings/preferences/save", "POST", "/settings/preferences", preferences.savePreferences, OWN],
  [
    "settings/support-pin/make",
    "POST",
    "/settings/preferences/support-pin",
    preferences.makeSupportPin,
    OWN,
  ],
  [
    "settings/support-pin/end",
    "POST",
    "/settings/preferences/support-pin/end",
    preferences.endSupportPin,
    OWN,
  ],
  ["settings/tokens", "GET", "/settings/tokens", credentials.showTokens, OWN],
  ["settings/tokens/create", "POST", "/settings/tokens", credentials.createToken, OWN],
  ["settings/tokens/revoke", "POST", "/settings/tokens/{id}/revoke", credentials.revokeToken, OWN],
  ["settings/password", "GET", "/settings/password", credentials.showPassword, OWN],
  ["settings/password/change", "POST", "/settings/password", credentials.savePassword, OWN],
  ["settings/two-factor", "GET", "/settings/two-factor", credentials.showTwoFactor, OWN],
  [
    "settings/two-factor/enable",
    "POST",
    "/settings/two-factor/enable",
    credentials.enableTwoFactor,
    OWN,
  ],
  [
    "settings/two-factor/disable",
    "POST",
    "/settings/two-factor/disable",
    credentials.disableTwoFactor,
    OWN,
  ],
  [
    "settings/two-factor/codes",
    "POST",
    "/settings/two-factor/recovery-codes",
    credentials.renewRecoveryCodes,
    OWN,
  ],
  ["settings/sessions", "GET", "/settings/sessions", credentials.showSessions, OWN],
  ["settings/sessions/end", "POST", "/settings/sessions/{id}/end", credentials.endOneSession, OWN],
  [
    "settings/sessions/end-others",
    "POST",
    "/settings/sessions/end-others",
    credentials.endOtherSessions,
    OWN,
  ],
  [
    "settings/sessions/end-all",
    "POST",
    "/settings/sessions/end-all",
    credentials.endAllSessions,
    OWN,
  ],
  ["inspector", "GET", "/-/dev", inspector.showInspector, PUBLIC],
  ["explorer", "GET", "/-/graph", explorer.showGraph],
  ["explorer/user", "GET", "/-/graph/{username}", explorer.showGraphOf],
  ["explorer/data", "GET", "/-/graph-data/{username}", explorer.graphData, { isForPrograms: true }],
  ["admin", "GET", "/admin", admin.showDashboard, ADMIN],
  ["admin/import", "GET", "/admin/import", adminFiles.showImport, ADMIN],
  [
    "admin/import/start",
    "POST",
    "/-/admin/import",
    adminFiles.importFile,
    { ...ADMIN, maxFileBytes: MAX_IMPORT_BYTES },
  ],
  ["admin/export", "GET", "/admin/export", adminFiles.showExport, ADMIN],
  ["admin/export/follows", "GET", "/-/admin/export/follows", adminFiles.exportFollows, ADMIN],
  ["admin/export/users", "GET", "/-/admin/export/users", adminFiles.exportUsers, ADMIN],
  ["admin/audit", "GET", "/admin/audit", admin.showAudit, ADMIN],
  ["admin/users", "GET", "/admin/users", adminUsers.showUsers, ADMIN],
  ["admin/users/bulk", "POST", "/-/admin/users", adminUsers.performBulk, ADMIN],
  ["admin/users/new", "GET", "/admin/new-user", adminUser.showNewUser, ADMIN],
  ["admin/users/create", "POST", "/-/admin/new-user", adminUser.createUser, ADMIN],
  ["admin/user", "GET", "/admin/users/{username}", adminUser.showUser, ADMIN],
  ["admin/user/ask", "GET", `${USER}/{action}`, adminUsers.askForAction, ADMIN],
  ["admin/user/act", "POST", `${USER}/{action}`, adminUsers.performAction, ADMIN],
  ["admin/user/update", "POST", `${USER}/update`, adminUser.saveUser, ADMIN],
  ["admin/user/password", "POST", `${USER}/password`, adminUser.setUserPassword, ADMIN],
  ["admin/user/emails/add", "POST", `${USER}/emails`, adminUser.addUserEmail, ADMIN],
  [
    "admin/user/emails/remove",
    "POST",
    `${USER}/emails/{id}/remove`,
    adminUser.removeUserEmail,
    ADMIN,
  ],
  [
    "admin/user/emails/primary",
    "POST",
    `${USER}/emails/{id}/primary`,
    adminUser.makeUserEmailPrimary,
    ADMIN,
  ],
  ["admin/user/identities/add", "POST", `${USER}/identities`, adminUser.addIdentity, ADMIN],
  [
    "admin/user/identities/remove",
    "POST",
    `${USER}/identities/{provider}/remove`,
    adminUser.removeIdentity,
    ADMIN,
  ],
  [
    "admin/user/ssh-keys/remove",
    "POST",
    `${USER}/ssh-keys/{id}/remove`,
    adminThings.removeUserSshKey,
    ADMIN,
  ],
  [
    "admin/user/gpg-keys/remove",
    "POST",
    `${USER}/gpg-keys/{id}/remove`,
    adminThings.removeUserGpgKey,
    ADMIN,
  ],
  ["admin/user/ssh-keys/add", "POST", `${USER}/ssh-keys`, adminThings.addUserSshKey, ADMIN],
  ["admin/user/gpg-keys/add", "POST", `${USER}/gpg-keys`, adminThings.addUserGpgKey, ADMIN],
  ["admin/user/attributes/set", "POST", `${USER}/attributes`, adminThings.setAttribute, ADMIN],
  [
    "admin/user/attributes/remove",
    "POST",
    `${USER}/attributes/{key}/remove`,
    adminThings.removeAttribute,
    ADMIN,
  ],
  ["admin/user/tokens/create", "POST", `${USER}/tokens`, adminUser.createUserToken, ADMIN],
  [
    "admin/user/tokens/revoke",
    "POST",
    `${USER}/tokens/{id}/revoke`,
    adminUser.revokeUserToken,
    ADMIN,
  ],
];

/** A row as an operation, so that metrics, the log and the router take it as they take any. */
const operationOf = ([id, method, route, handler, options = {}]: Row): PageOperation => ({
  ...{ id: `pages/${id}`, method, route, handler },
  ...{ access: "anyone", isForPrograms: method === "POST", isPublic: false, maxFileBytes: 0 },
  ...options,
  ...{ schema: { security: [], parameters: [] }, components: {}, requirements: [] },
  answer: () => {
    throw new Error("Pages answer by their handlers.");
  },
});

export const pageOperations: readonly PageOperation[] = ROWS.map(operationOf);
