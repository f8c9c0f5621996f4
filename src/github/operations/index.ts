import type { Handlers } from "../http/context.ts";
import * as administration from "./administration.ts";
import * as blocks from "./blocks.ts";
import * as emails from "./emails.ts";
import * as followers from "./followers.ts";
import * as graphql from "./graphql.ts";
import * as keys from "./keys.ts";
import * as meta from "./meta.ts";
import * as users from "./users.ts";

/** The table of contents: every operation of the document and the function that answers it. */
export const operations: Handlers = {
  "users/list-followers-for-authenticated-user": followers.listMyFollowers,
  "users/list-followed-by-authenticated-user": followers.listMyFollowing,
  "users/check-person-is-followed-by-authenticated": followers.checkMine,
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
  "enterprise-admin/get-user-stats": administration.getUserStats,
};
