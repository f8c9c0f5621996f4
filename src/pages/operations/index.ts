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

type Row = readonly [
  id: string,
  method: "GET" | "POST",
  route: string,
  handler: PageHandler,
  maxFileBytes?: number,
];

/** One user's page, and below it what its forms do. */
const USER = "/-/admin/users/{username}";

/** Open to every caller, in private mode as well. */
const PUBLIC_PAGES: readonly Row[] = [
  ["home", "GET", "/", home.showHome],
  ["sign-in", "GET", "/login", signIn.showSignIn],
  ["sign-in-gitlab", "GET", "/users/sign_in", signIn.showSignIn],
  ["sign-in/try", "POST", "/login", signIn.signIn],
  ["second-factor", "GET", "/login/two-factor", signIn.showSecondFactor],
  ["second-factor/try", "POST", "/login/two-factor", signIn.giveSecondFactor],
  ["expired-password", "GET", "/login/expired-password", signIn.showExpiredPassword],
  ["expired-password/change", "POST", "/login/expired-password", signIn.changeExpiredPassword],
  ["forgotten-password", "GET", "/login/forgotten-password", links.showForgottenPassword],
  ["forgotten-password/mail", "POST", "/login/forgotten-password", links.mailPasswordLink],
  ["new-password", "GET", "/login/new-password", links.showNewPassword],
  ["new-password/choose", "POST", "/login/new-password", links.chooseNewPassword],
  ["password-link", "GET", "/-/password", links.redirectToNewPassword],
  ["sign-out", "POST", "/logout", signIn.signOut],
  ["inspector", "GET", "/-/dev", inspector.showInspector],
];

const PUBLIC_FILES: readonly Row[] = [
  ["asset", "GET", "/-/assets/{hash}/{name}", files.showAsset],
  ["favicon", "GET", "/favicon.ico", files.showFavicon],
];

/** Open to every caller, unless private mode is on. */
const PAGES: readonly Row[] = [
  ["search", "GET", "/search", home.showSearch],
  ["not-found", "GET", "/-/not-found", files.showNotFound],
  ["profile", "GET", "/{username}", profile.showProfile],
  ["followers", "GET", "/users/{username}/followers", profile.showFollowers],
  ["following", "GET", "/users/{username}/following", profile.showFollowing],
  ["explorer", "GET", "/-/graph", explorer.showGraph],
  ["explorer/user", "GET", "/-/graph/{username}", explorer.showGraphOf],
];

const FILES: readonly Row[] = [
  ["user-file", "GET", "/-/files/{username}/{ending}", files.showUserFile],
  ["explorer/data", "GET", "/-/graph-data/{username}", explorer.graphData],
];

/** For callers who have signed in. */
const OWN_PAGES: readonly Row[] = [
  ["follow", "POST", "/-/people/{username}/follow", profile.followUser],
  ["unfollow", "POST", "/-/people/{username}/unfollow", profile.unfollowUser],
  ["block", "POST", "/-/people/{username}/block", profile.blockUser],
  ["unblock", "POST", "/-/people/{username}/unblock", profile.unblockUser],
  ["settings", "GET", "/settings", settings.showProfileSettings],
  ["settings/profile", "POST", "/settings/profile", settings.saveProfile],
  ["settings/picture", "POST", "/settings/picture", settings.savePicture, MAX_PICTURE_FORM_BYTES],
  ["settings/picture/remove", "POST", "/settings/picture/remove", settings.removePicture],
  ["settings/status", "POST", "/settings/status", settings.saveStatus],
  ["settings/emails", "GET", "/settings/emails", keys.showEmails],
  ["settings/emails/add", "POST", "/settings/emails", keys.addEmail],
  ["settings/emails/remove", "POST", "/settings/emails/{id}/remove", keys.removeEmail],
  ["settings/emails/primary", "POST", "/settings/emails/{id}/primary", keys.makeEmailPrimary],
  ["settings/keys", "GET", "/settings/keys", keys.showKeys],
  ["settings/ssh-keys/add", "POST", "/settings/keys/ssh", keys.addSshKey],
  ["settings/ssh-keys/remove", "POST", "/settings/keys/ssh/{id}/remove", keys.removeSshKey],
  ["settings/gpg-keys/add", "POST", "/settings/keys/gpg", keys.addGpgKey],
  ["settings/gpg-keys/remove", "POST", "/settings/keys/gpg/{id}/remove", keys.removeGpgKey],
  ["settings/signing-keys/add", "POST", "/settings/keys/signing", preferences.addSigningKey],
  [
    "settings/signing-keys/remove",
    "POST",
    "/settings/keys/signing/{id}/remove",
    preferences.removeSigningKey,
  ],
  ["settings/social", "GET", "/settings/social-accounts", preferences.showSocialAccounts],
  ["settings/social/add", "POST", "/settings/social-accounts", preferences.addSocialAccount],
  [
    "settings/social/remove",
    "POST",
    "/settings/social-accounts/remove",
    preferences.removeSocialAccount,
  ],
  ["settings/blocked", "GET", "/settings/blocked", preferences.showBlocked],
  ["settings/preferences", "GET", "/settings/preferences", preferences.showPreferences],
  ["settings/preferences/save", "POST", "/settings/preferences", preferences.savePreferences],
  [
    "settings/support-pin/make",
    "POST",
    "/settings/preferences/support-pin",
    preferences.makeSupportPin,
  ],
  [
    "settings/support-pin/end",
    "POST",
    "/settings/preferences/support-pin/end",
    preferences.endSupportPin,
  ],
  ["settings/tokens", "GET", "/settings/tokens", credentials.showTokens],
  ["settings/tokens/create", "POST", "/settings/tokens", credentials.createToken],
  ["settings/tokens/revoke", "POST", "/settings/tokens/{id}/revoke", credentials.revokeToken],
  ["settings/password", "GET", "/settings/password", credentials.showPassword],
  ["settings/password/change", "POST", "/settings/password", credentials.savePassword],
  ["settings/two-factor", "GET", "/settings/two-factor", credentials.showTwoFactor],
  [
    "settings/two-factor/enable",
    "POST",
    "/settings/two-factor/enable",
    credentials.enableTwoFactor,
  ],
  [
    "settings/two-factor/disable",
    "POST",
    "/settings/two-factor/disable",
    credentials.disableTwoFactor,
  ],
  [
    "settings/two-factor/codes",
    "POST",
    "/settings/two-factor/recovery-codes",
    credentials.renewRecoveryCodes,
  ],
  ["settings/sessions", "GET", "/settings/sessions", credentials.showSessions],
  ["settings/sessions/end", "POST", "/settings/sessions/{id}/end", credentials.endOneSession],
  [
    "settings/sessions/end-others",
    "POST",
    "/settings/sessions/end-others",
    credentials.endOtherSessions,
  ],
  ["settings/sessions/end-all", "POST", "/settings/sessions/end-all", credentials.endAllSessions],
];

const ADMIN_PAGES: readonly Row[] = [
  ["admin", "GET", "/admin", admin.showDashboard],
  ["admin/import", "GET", "/admin/import", adminFiles.showImport],
  ["admin/import/start", "POST", "/-/admin/import", adminFiles.importFile, MAX_IMPORT_BYTES],
  ["admin/export", "GET", "/admin/export", adminFiles.showExport],
  ["admin/export/follows", "GET", "/-/admin/export/follows", adminFiles.exportFollows],
  ["admin/export/users", "GET", "/-/admin/export/users", adminFiles.exportUsers],
  ["admin/audit", "GET", "/admin/audit", admin.showAudit],
  ["admin/users", "GET", "/admin/users", adminUsers.showUsers],
  ["admin/users/bulk", "POST", "/-/admin/users", adminUsers.performBulk],
  ["admin/users/new", "GET", "/admin/new-user", adminUser.showNewUser],
  ["admin/users/create", "POST", "/-/admin/new-user", adminUser.createUser],
  ["admin/user", "GET", "/admin/users/{username}", adminUser.showUser],
  ["admin/user/ask", "GET", `${USER}/{action}`, adminUsers.askForAction],
  ["admin/user/act", "POST", `${USER}/{action}`, adminUsers.performAction],
  ["admin/user/update", "POST", `${USER}/update`, adminUser.saveUser],
  ["admin/user/password", "POST", `${USER}/password`, adminUser.setUserPassword],
  ["admin/user/emails/add", "POST", `${USER}/emails`, adminUser.addUserEmail],
  ["admin/user/emails/remove", "POST", `${USER}/emails/{id}/remove`, adminUser.removeUserEmail],
  [
    "admin/user/emails/primary",
    "POST",
    `${USER}/emails/{id}/primary`,
    adminUser.makeUserEmailPrimary,
  ],
  ["admin/user/identities/add", "POST", `${USER}/identities`, adminUser.addIdentity],
  [
    "admin/user/identities/remove",
    "POST",
    `${USER}/identities/{provider}/remove`,
    adminUser.removeIdentity,
  ],
  [
    "admin/user/ssh-keys/remove",
    "POST",
    `${USER}/ssh-keys/{id}/remove`,
    adminThings.removeUserSshKey,
  ],
  [
    "admin/user/gpg-keys/remove",
    "POST",
    `${USER}/gpg-keys/{id}/remove`,
    adminThings.removeUserGpgKey,
  ],
  ["admin/user/ssh-keys/add", "POST", `${USER}/ssh-keys`, adminThings.addUserSshKey],
  ["admin/user/gpg-keys/add", "POST", `${USER}/gpg-keys`, adminThings.addUserGpgKey],
  ["admin/user/attributes/set", "POST", `${USER}/attributes`, adminThings.setAttribute],
  [
    "admin/user/attributes/remove",
    "POST",
    `${USER}/attributes/{key}/remove`,
    adminThings.removeAttribute,
  ],
  ["admin/user/tokens/create", "POST", `${USER}/tokens`, adminUser.createUserToken],
  ["admin/user/tokens/revoke", "POST", `${USER}/tokens/{id}/revoke`, adminUser.revokeUserToken],
];

type Options = Partial<Pick<PageOperation, "access" | "isForPrograms" | "isPublic">>;

/** The pages' table of contents: every address, who may ask, and the function that answers. */
const TABLE: readonly (readonly [Options, readonly Row[]])[] = [
  [{ isPublic: true }, PUBLIC_PAGES],
  [{ isPublic: true, isForPrograms: true }, PUBLIC_FILES],
  [{}, PAGES],
  [{ isForPrograms: true }, FILES],
  [{ access: "signed-in" }, OWN_PAGES],
  [{ access: "admin" }, ADMIN_PAGES],
];

/** A row as an operation, so that metrics, the log and the router take it as they take any. */
const toOperation = (
  [id, method, route, handler, maxFileBytes = 0]: Row,
  options: Options,
): PageOperation => ({
  ...{ id: `pages/${id}`, method, route, handler, maxFileBytes },
  ...{ access: "anyone", isForPrograms: method === "POST", isPublic: false },
  ...options,
  ...{ schema: { security: [], parameters: [] }, components: {}, requirements: [] },
  answer: () => {
    throw new Error("Pages answer by their handlers.");
  },
});

export const pageOperations: readonly PageOperation[] = TABLE.flatMap(([options, rows]) =>
  rows.map((row) => toOperation(row, options)),
);
