import type { Handlers } from "../http/context.ts";
import * as activities from "./activities.ts";
import * as auditEvents from "./audit-events.ts";
import * as avatars from "./avatars.ts";
import * as counts from "./counts.ts";
import * as creditCards from "./credit-cards.ts";
import * as customAttributes from "./custom-attributes.ts";
import * as emails from "./emails.ts";
import * as events from "./events.ts";
import * as follows from "./follows.ts";
import * as gpgKeys from "./gpg-keys.ts";
import * as identities from "./identities.ts";
import * as impersonationTokens from "./impersonation-tokens.ts";
import * as keys from "./keys.ts";
import * as memberships from "./memberships.ts";
import * as meta from "./meta.ts";
import * as personalAccessTokens from "./personal-access-tokens.ts";
import * as preferences from "./preferences.ts";
import * as projects from "./projects.ts";
import * as runners from "./runners.ts";
import * as serviceAccounts from "./service-accounts.ts";
import * as states from "./states.ts";
import * as status from "./status.ts";
import * as supportPins from "./support-pins.ts";
import * as twoFactor from "./two-factor.ts";
import * as users from "./users.ts";
import * as administration from "./users-administration.ts";

/** The table of contents: every operation of the document and the function that answers it. */
export const operations: Handlers = {
  // follows
  followUser: follows.followUser,
  unfollowUser: follows.unfollowUser,
  listFollowers: follows.listFollowers,
  listFollowing: follows.listFollowing,

  // users
  listUsers: users.listUsers,
  getUser: users.getUser,
  getUserAssociationsCount: counts.getUserAssociationsCount,
  disableTwoFactor: twoFactor.disableTwoFactor,
  createUser: administration.createUser,
  updateUser: administration.updateUser,
  deleteUser: administration.deleteUser,

  // states
  blockUser: states.blockUser,
  unblockUser: states.unblockUser,
  deactivateUser: states.deactivateUser,
  activateUser: states.activateUser,
  banUser: states.banUser,
  unbanUser: states.unbanUser,
  approveUser: states.approveUser,
  rejectUser: states.rejectUser,

  // identities
  deleteUserIdentity: identities.deleteUserIdentity,

  // user
  getCurrentUser: users.getCurrentUser,
  getCurrentUserStatus: status.getCurrentUserStatus,
  setUserStatus: status.setUserStatus,
  updateUserStatus: status.updateUserStatus,
  getUserStatus: status.getUserStatus,
  getUserPreferences: preferences.getUserPreferences,
  updateUserPreferences: preferences.updateUserPreferences,
  getUserCounts: counts.getUserCounts,
  updateCreditCardValidation: creditCards.updateCreditCardValidation,
  setUserAvatar: avatars.setUserAvatar,
  getAvatar: avatars.getAvatar,

  // emails
  listCurrentUserEmails: emails.listCurrentUserEmails,
  addCurrentUserEmail: emails.addCurrentUserEmail,
  getCurrentUserEmail: emails.getCurrentUserEmail,
  deleteCurrentUserEmail: emails.deleteCurrentUserEmail,
  listUserEmails: emails.listUserEmails,
  addUserEmail: emails.addUserEmail,
  deleteUserEmail: emails.deleteUserEmail,

  // keys
  listCurrentUserKeys: keys.listCurrentUserKeys,
  addCurrentUserKey: keys.addCurrentUserKey,
  getCurrentUserKey: keys.getCurrentUserKey,
  deleteCurrentUserKey: keys.deleteCurrentUserKey,
  listUserKeys: keys.listUserKeys,
  addUserKey: keys.addUserKey,
  getUserKey: keys.getUserKey,
  deleteUserKey: keys.deleteUserKey,
  findKey: keys.findKey,
  getKey: keys.getKey,

  // gpg-keys
  listCurrentUserGpgKeys: gpgKeys.listCurrentUserGpgKeys,
  addCurrentUserGpgKey: gpgKeys.addCurrentUserGpgKey,
  getCurrentUserGpgKey: gpgKeys.getCurrentUserGpgKey,
  deleteCurrentUserGpgKey: gpgKeys.deleteCurrentUserGpgKey,
  revokeCurrentUserGpgKey: gpgKeys.revokeCurrentUserGpgKey,
  listUserGpgKeys: gpgKeys.listUserGpgKeys,
  addUserGpgKey: gpgKeys.addUserGpgKey,
  getUserGpgKey: gpgKeys.getUserGpgKey,
  deleteUserGpgKey: gpgKeys.deleteUserGpgKey,
  revokeUserGpgKey: gpgKeys.revokeUserGpgKey,

  // custom-attributes
  listUserCustomAttributes: customAttributes.listUserCustomAttributes,
  getUserCustomAttribute: customAttributes.getUserCustomAttribute,
  setUserCustomAttribute: customAttributes.setUserCustomAttribute,
  deleteUserCustomAttribute: customAttributes.deleteUserCustomAttribute,

  // impersonation-tokens, personal-access-tokens
  listImpersonationTokens: impersonationTokens.listImpersonationTokens,
  createImpersonationToken: impersonationTokens.createImpersonationToken,
  getImpersonationToken: impersonationTokens.getImpersonationToken,
  revokeImpersonationToken: impersonationTokens.revokeImpersonationToken,
  listPersonalAccessTokens: personalAccessTokens.listPersonalAccessTokens,
  getPersonalAccessToken: personalAccessTokens.getPersonalAccessToken,
  revokePersonalAccessToken: personalAccessTokens.revokePersonalAccessToken,
  rotatePersonalAccessToken: personalAccessTokens.rotatePersonalAccessToken,
  getOwnPersonalAccessToken: personalAccessTokens.getOwnPersonalAccessToken,
  revokeOwnPersonalAccessToken: personalAccessTokens.revokeOwnPersonalAccessToken,
  rotateOwnPersonalAccessToken: personalAccessTokens.rotateOwnPersonalAccessToken,
  createPersonalAccessToken: personalAccessTokens.createPersonalAccessToken,
  createLimitedPersonalAccessToken: personalAccessTokens.createLimitedPersonalAccessToken,

  // events, activities, memberships
  listEvents: events.listEvents,
  listUserEvents: events.listUserEvents,
  listUserActivities: activities.listUserActivities,
  listUserMemberships: memberships.listUserMemberships,

  // audit-events
  listAuditEvents: auditEvents.listAuditEvents,
  getAuditEvent: auditEvents.getAuditEvent,

  // support-pins, service-accounts
  createSupportPin: supportPins.createSupportPin,
  getSupportPin: supportPins.getSupportPin,
  getUserSupportPin: supportPins.getUserSupportPin,
  revokeUserSupportPin: supportPins.revokeUserSupportPin,
  listServiceAccounts: serviceAccounts.listServiceAccounts,
  createServiceAccount: serviceAccounts.createServiceAccount,
  updateServiceAccount: serviceAccounts.updateServiceAccount,

  // runners, projects, meta
  createRunner: runners.createRunner,
  listUserProjects: projects.listUserProjects,
  listUserStarredProjects: projects.listUserStarredProjects,
  listUserContributedProjects: projects.listUserContributedProjects,
  listUserProjectDeployKeys: projects.listUserProjectDeployKeys,
  getVersion: meta.getVersion,
  getMetadata: meta.getMetadata,
};
