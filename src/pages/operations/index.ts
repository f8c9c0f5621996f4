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

/** Where the forms of a user's page lead. */
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
];

/** Below `/settings`. */
const SETTINGS: readonly Row[] = [
  ["profile", "POST", "/profile", settings.saveProfile],
  ["picture", "POST", "/picture", settings.savePicture, MAX_PICTURE_FORM_BYTES],
  ["picture/remove", "POST", "/picture/remove", settings.removePicture],
  ["status", "POST", "/status", settings.saveStatus],
  ["emails", "GET", "/emails", keys.showEmails],
  ["emails/add", "POST", "/emails", keys.addEmail],
  ["emails/remove", "POST", "/emails/{id}/remove", keys.removeEmail],
  ["emails/primary", "POST", "/emails/{id}/primary", keys.makeEmailPrimary],
  ["keys", "GET", "/keys", keys.showKeys],
  ["ssh-keys/add", "POST", "/keys/ssh", keys.addSshKey],
  ["ssh-keys/remove", "POST", "/keys/ssh/{id}/remove", keys.removeSshKey],
  ["gpg-keys/add", "POST", "/keys/gpg", keys.addGpgKey],
  ["gpg-keys/remove", "POST", "/keys/gpg/{id}/remove", keys.removeGpgKey],
  ["signing-keys/add", "POST", "/keys/signing", preferences.addSigningKey],
  ["signing-keys/remove", "POST", "/keys/signing/{id}/remove", preferences.removeSigningKey],
  ["social", "GET", "/social-accounts", preferences.showSocialAccounts],
  ["social/add", "POST", "/social-accounts", preferences.addSocialAccount],
  ["social/remove", "POST", "/social-accounts/remove", preferences.removeSocialAccount],
  ["blocked", "GET", "/blocked", preferences.showBlocked],
  ["preferences", "GET", "/preferences", preferences.showPreferences],
  ["preferences/save", "POST", "/preferences", preferences.savePreferences],
  ["support-pin/make", "POST", "/preferences/support-pin", preferences.makeSupportPin],
  ["support-pin/end", "POST", "/preferences/support-pin/end", preferences.endSupportPin],
  ["tokens", "GET", "/tokens", credentials.showTokens],
  ["tokens/create", "POST", "/tokens", credentials.createToken],
  ["tokens/revoke", "POST", "/tokens/{id}/revoke", credentials.revokeToken],
  ["password", "GET", "/password", credentials.showPassword],
  ["password/change", "POST", "/password", credentials.savePassword],
  ["two-factor", "GET", "/two-factor", credentials.showTwoFactor],
  ["two-factor/enable", "POST", "/two-factor/enable", credentials.enableTwoFactor],
  ["two-factor/disable", "POST", "/two-factor/disable", credentials.disableTwoFactor],
  ["two-factor/codes", "POST", "/two-factor/recovery-codes", credentials.renewRecoveryCodes],
  ["sessions", "GET", "/sessions", credentials.showSessions],
  ["sessions/end", "POST", "/sessions/{id}/end", credentials.endOneSession],
  ["sessions/end-others", "POST", "/sessions/end-others", credentials.endOtherSessions],
  ["sessions/end-all", "POST", "/sessions/end-all", credentials.endAllSessions],
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
];

/** Below the address of one user's forms. */
const ADMIN_USER: readonly Row[] = [
  ["update", "POST", "/update", adminUser.saveUser],
  ["password", "POST", "/password", adminUser.setUserPassword],
  ["emails/add", "POST", "/emails", adminUser.addUserEmail],
  ["emails/remove", "POST", "/emails/{id}/remove", adminUser.removeUserEmail],
  ["emails/primary", "POST", "/emails/{id}/primary", adminUser.makeUserEmailPrimary],
  ["identities/add", "POST", "/identities", adminUser.addIdentity],
  ["identities/remove", "POST", "/identities/{provider}/remove", adminUser.removeIdentity],
  ["ssh-keys/remove", "POST", "/ssh-keys/{id}/remove", adminThings.removeUserSshKey],
  ["gpg-keys/remove", "POST", "/gpg-keys/{id}/remove", adminThings.removeUserGpgKey],
  ["ssh-keys/add", "POST", "/ssh-keys", adminThings.addUserSshKey],
  ["gpg-keys/add", "POST", "/gpg-keys", adminThings.addUserGpgKey],
  ["attributes/set", "POST", "/attributes", adminThings.setAttribute],
  ["attributes/remove", "POST", "/attributes/{key}/remove", adminThings.removeAttribute],
  ["tokens/create", "POST", "/tokens", adminUser.createUserToken],
  ["tokens/revoke", "POST", "/tokens/{id}/revoke", adminUser.revokeUserToken],
];

interface Section extends Partial<Pick<PageOperation, "access" | "isForPrograms" | "isPublic">> {
  rows: readonly Row[];
  /** What the ids and the routes of its rows begin with. */
  id?: string;
  below?: string;
}

/** The pages' table of contents: every address, who may ask, and the function that answers. */
const TABLE: readonly Section[] = [
  { isPublic: true, rows: PUBLIC_PAGES },
  { isPublic: true, isForPrograms: true, rows: PUBLIC_FILES },
  { rows: PAGES },
  { isForPrograms: true, rows: FILES },
  { access: "signed-in", rows: OWN_PAGES },
  { access: "signed-in", id: "settings/", below: "/settings", rows: SETTINGS },
  { access: "admin", rows: ADMIN_PAGES },
  { access: "admin", id: "admin/user/", below: USER, rows: ADMIN_USER },
];

/** A row as an operation, so that metrics, the log and the router take it as they take any. */
const toOperation = (
  [name, method, path, handler, maxFileBytes = 0]: Row,
  { id = "", below = "", ...options }: Omit<Section, "rows">,
): PageOperation => ({
  ...{ id: `pages/${id}${name}`, method, route: below + path, handler, maxFileBytes },
  ...{ access: "anyone", isForPrograms: method === "POST", isPublic: false },
  ...options,
  ...{ schema: { security: [], parameters: [] }, components: {}, requirements: [] },
  answer: () => {
    throw new Error("Pages answer by their handlers.");
  },
});

export const pageOperations: readonly PageOperation[] = TABLE.flatMap(({ rows, ...section }) =>
  rows.map((row) => toOperation(row, section)),
);
