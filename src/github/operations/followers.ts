import { notFound } from "../../domain/errors.ts";
import * as follows from "../../domain/follows/follows.ts";
import { isVisible } from "../../domain/user.ts";
import { canReadProfile } from "../../domain/users/access.ts";
import { getKnownUser, getListOwner, idOf } from "../../domain/users/users.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { listFollows } from "../http/user-lists.ts";

const noContent = { status: 204 } as const;

export const listMyFollowers: Handler<"users/list-followers-for-authenticated-user"> = (
  { query },
  context,
) => listFollows(context, "followers", viewerOf(context).id, "/user/followers", query);

export const listMyFollowing: Handler<"users/list-followed-by-authenticated-user"> = (
  { query },
  context,
) => listFollows(context, "following", viewerOf(context).id, "/user/following", query);

/** The id of a user whose follows the caller may see. Throws `not-found` for every other. */
async function readable({ store, caller }: Context, id: number): Promise<number> {
  if (!canReadProfile(caller?.user, await getKnownUser(store, id))) throw notFound("user");
  return id;
}

// Link headers name the numeric twin, which goes on working when the user is renamed meanwhile.
export const listFollowers: Handler<"users/list-followers-for-user"> = async (
  { path, query },
  context,
) => {
  const id = await readable(context, await idOf(context.store, path.username));
  return listFollows(context, "followers", id, `/user/${id}/followers`, query);
};

export const listFollowing: Handler<"users/list-following-for-user"> = async (
  { path, query },
  context,
) => {
  const id = await readable(context, await idOf(context.store, path.username));
  return listFollows(context, "following", id, `/user/${id}/following`, query);
};

export const listFollowersById: Handler<"users/list-followers-by-id"> = async (
  { path, query },
  context,
) => {
  const id = await readable(context, Number(path.account_id));
  return listFollows(context, "followers", id, `/user/${id}/followers`, query);
};

export const listFollowingById: Handler<"users/list-following-by-id"> = async (
  { path, query },
  context,
) => {
  const id = await readable(context, Number(path.account_id));
  return listFollows(context, "following", id, `/user/${id}/following`, query);
};

async function check({ store }: Context, follower: number, username: string) {
  const followed = await idOf(store, username);
  if (!(await follows.isFollowing(store, follower, followed))) throw notFound("follow");
  return noContent;
}

export const checkFollowedByViewer: Handler<"users/check-person-is-followed-by-authenticated"> = (
  { path },
  context,
) => check(context, viewerOf(context).id, path.username);

export const checkUsers: Handler<"users/check-following-for-user"> = async ({ path }, context) =>
  check(
    context,
    await readable(context, await idOf(context.store, path.username)),
    path.target_user,
  );

export const checkById: Handler<"users/check-following-by-id"> = async ({ path }, context) =>
  check(context, await readable(context, Number(path.account_id)), path.target_user);

export const follow: Handler<"users/follow"> = async ({ path }, context) => {
  const { store } = context;
  const followed = await getListOwner(store, await idOf(store, path.username));
  if (!isVisible(followed)) throw notFound("user");
  await follows.follow(store, viewerOf(context).id, followed.id);
  return noContent;
};

export const unfollow: Handler<"users/unfollow"> = async ({ path }, context) => {
  const followed = await idOf(context.store, path.username);
  await follows.unfollow(context.store, viewerOf(context).id, followed);
  return noContent;
};
