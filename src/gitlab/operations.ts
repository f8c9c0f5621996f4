import * as follows from "./follows.ts";
import type { Handlers } from "./wire/context.ts";

/** The table of contents: every operation of the document and the function that answers it. */
export const operations: Partial<Handlers> = {
  // follows
  followUser: follows.followUser,
  unfollowUser: follows.unfollowUser,
  listFollowers: follows.listFollowers,
  listFollowing: follows.listFollowing,

  // users

  // states

  // identities

  // user

  // emails

  // keys

  // gpg-keys

  // custom-attributes

  // impersonation-tokens, personal-access-tokens

  // events, activities, memberships

  // runners, projects, meta
};
