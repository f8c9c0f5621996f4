import type { Handlers } from "../http/context.ts";
import * as administration from "./administration.ts";
import * as publicKeys from "./administration-keys.ts";
import * as ldap from "./administration-ldap.ts";
import * as auditLog from "./audit-log.ts";
import * as blocks from "./blocks.ts";
import * as emails from "./emails.ts";
import * as followers from "./followers.ts";
import * as gpgKeys from "./gpg-keys.ts";
import * as graphql from "./graphql.ts";
import * as keys from "./keys.ts";
import * as meta from "./meta.ts";
import * as repositories from "./repositories.ts";
import * as search from "./search.ts";
import * as socialAccounts from "./social-accounts.ts";
import * as signingKeys from "./ssh-signing-keys.ts";
import * as users from "./users.ts";

/** The table of contents: every operation of the document and the function that answers it. */
export const operations: Handlers = {
  "users/list-followers-for-authenticated-user": followers.listMyFollowers,
  "users/list-followed-by-authenticated-user": followers.listMyFollowing,
  "users/check-person-is-followed-by-authenticated": followers.checkFollowedByViewer,
  "users/follow": followers.follow,
  "users/unfollow": followers.unfollow,
  "users/list-followers-for-user": followers.listFollowers,
  "users/list-following-for-user": followers.listFollowing,
  "users/check-following-for-user": followers.checkUsers,
  "users/list-followers-by-id": followers.listFollowersById,
  "users/list-following-by-id": followers.listFollowingById,
  "users/check-following-by-id": followers.checkById,

  "users/get-authenticated": users.getAuthenticated,
  "users/update-authenticated": users.updateAuthenticated,
  "users/list": users.list,
  "users/get-by-username": users.getByUsername,
  "users/get-by-id": users.getById,
  "users/get-context-for-user": users.getContext,

  "users/list-emails-for-authenticated-user": emails.list,
  "users/add-email-for-authenticated-user": emails.add,
  "users/delete-email-for-authenticated-user": emails.remove,
  "users/list-public-emails-for-authenticated-user": emails.listPublic,
  "users/set-primary-email-visibility-for-authenticated-user": emails.setVisibility,

  "users/list-public-ssh-keys-for-authenticated-user": keys.list,
  "users/create-public-ssh-key-for-authenticated-user": keys.create,
  "users/get-public-ssh-key-for-authenticated-user": keys.get,
  "users/delete-public-ssh-key-for-authenticated-user": keys.remove,
  "users/list-public-keys-for-user": keys.listForUser,

  "users/list-ssh-signing-keys-for-authenticated-user": signingKeys.list,
  "users/create-ssh-signing-key-for-authenticated-user": signingKeys.create,
  "users/get-ssh-signing-key-for-authenticated-user": signingKeys.get,
  "users/delete-ssh-signing-key-for-authenticated-user": signingKeys.remove,
  "users/list-ssh-signing-keys-for-user": signingKeys.listForUser,

  "users/list-gpg-keys-for-authenticated-user": gpgKeys.list,
  "users/create-gpg-key-for-authenticated-user": gpgKeys.create,
  "users/get-gpg-key-for-authenticated-user": gpgKeys.get,
  "users/delete-gpg-key-for-authenticated-user": gpgKeys.remove,
  "users/list-gpg-keys-for-user": gpgKeys.listForUser,

  "users/list-social-accounts-for-authenticated-user": socialAccounts.list,
  "users/add-social-account-for-authenticated-user": socialAccounts.add,
  "users/delete-social-account-for-authenticated-user": socialAccounts.remove,
  "users/list-social-accounts-for-user": socialAccounts.listForUser,

  "search/users": search.searchUsers,

  "repos/list-for-user": repositories.listForUser,
  "orgs/list-for-user": repositories.listOrganizationsForUser,
  "gists/list-for-user": repositories.listGistsForUser,
  "activity/list-repos-starred-by-user": repositories.listStarredForUser,
  "activity/list-repos-watched-by-user": repositories.listWatchedForUser,
  "activity/list-events-for-authenticated-user": repositories.listEvents,
  "activity/list-public-events-for-user": repositories.listPublicEvents,
  "activity/list-received-events-for-user": repositories.listReceivedEvents,
  "activity/list-received-public-events-for-user": repositories.listReceivedPublicEvents,
  "repos/list-for-authenticated-user": repositories.list,
  "orgs/list-for-authenticated-user": repositories.listOrganizations,
  "gists/list": repositories.listGists,
  "activity/list-repos-starred-by-authenticated-user": repositories.listStarred,
  "activity/list-watched-repos-for-authenticated-user": repositories.listWatched,

  "users/list-blocked-by-authenticated-user": blocks.list,
  "users/check-blocked": blocks.check,
  "users/block": blocks.block,
  "users/unblock": blocks.unblock,

  "meta/root": meta.getRoot,
  "meta/get": meta.get,
  "rate-limit/get": meta.getRateLimit,
  "meta/get-zen": meta.getZen,
  "meta/get-octocat": meta.getOctocat,
  "meta/get-all-versions": meta.getAllVersions,

  graphql: graphql.answer,

  "enterprise-admin/create-user": administration.createUser,
  "enterprise-admin/update-username-for-user": administration.renameUser,
  "enterprise-admin/delete-user": administration.deleteUser,
  "enterprise-admin/suspend-user": administration.suspendUser,
  "enterprise-admin/unsuspend-user": administration.unsuspendUser,
  "enterprise-admin/promote-user-to-be-site-administrator": administration.promote,
  "enterprise-admin/demote-site-administrator": administration.demote,
  "enterprise-admin/create-impersonation-o-auth-token": administration.createImpersonation,
  "enterprise-admin/delete-impersonation-o-auth-token": administration.deleteImpersonation,
  "enterprise-admin/list-personal-access-tokens": administration.listTokens,
  "enterprise-admin/delete-personal-access-token": administration.deleteToken,
  "enterprise-admin/get-audit-log": auditLog.getAuditLog,
  "enterprise-admin/get-user-stats": administration.getUserStats,
  "enterprise-admin/list-public-keys": publicKeys.list,
  "enterprise-admin/delete-public-key": publicKeys.remove,
  "enterprise-admin/update-ldap-mapping-for-user": ldap.updateMapping,
  "enterprise-admin/sync-ldap-mapping-for-user": ldap.sync,
};
