import type { ListKind } from "../../domain/follows/edge-queries.ts";
import { listFollowIds, versionOfList } from "../../domain/follows/follow-lists.ts";
import * as follows from "../../domain/follows/follows.ts";
import type { User } from "../../domain/user.ts";
import { clearExpiredLock } from "../../domain/users/account-lock.ts";
import { renderUsers } from "../../domain/users/users.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { compressiblePage } from "../../http/compressible-body.ts";
import { SerializedBody } from "../../http/handler.ts";
import { fixedError, forbidden, notFoundError, Refusal } from "../http/api-error.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { pageHeaders, pageKeyOf, pageOf } from "../http/pagination.ts";
import { mayReadProfile } from "../presenters/hydrate-user.ts";
import { userBasic, userBasicText } from "../presenters/user.ts";
import { userOf } from "./users.ts";

type UserBasics = components["schemas"]["user-basic"][];
type Query = { page?: number; per_page?: number };

/** GitLab says that nothing changed with an empty 304, to POST as well. */
const nothingChanged = () => new Refusal(304, undefined);

export const followUser: Handler<"followUser"> = async ({ path }, context) => {
  const viewer = viewerOf(context);
  const followed = await userOf(context, path.id);
  if (!viewer.enabledFollowing || !followed.enabledFollowing) throw nothingChanged();
  const { followLimit: limit } = context.settings;
  const outcome = await follows.followWithinLimit(context.store, viewer.id, followed.id, limit);
  if (outcome === "unchanged") throw nothingChanged();
  if (outcome === "limited") {
    const words = `You can't follow more than ${limit} users.`;
    throw fixedError(400, `${words} To follow more users, unfollow some others.`);
  }
  return { status: 201, body: userBasic(clearExpiredLock(context.store, followed), context.base) };
};

export const unfollowUser: Handler<"unfollowUser"> = async ({ path }, context) => {
  const { id } = viewerOf(context);
  const followed = await userOf(context, path.id);
  if (!(await follows.unfollow(context.store, id, followed.id))) throw nothingChanged();
  return { status: 201, body: userBasic(clearExpiredLock(context.store, followed), context.base) };
};

/** A page of the followers of a user, or of those whom the user follows, by id. */
async function list(context: Context, end: "followers" | "following", id: string, query: Query) {
  // Not 401: GitLab answers anonymous callers 403 for what it also has as a page.
  if (context.viewer === undefined) throw forbidden("Not authorized!");
  const owner = await userOf(context, id);
  if (!mayReadProfile(context, owner)) throw notFoundError("User");
  const version = await versionOfList(context.store, owner.id);
  const body = await cachedPage(context, end, owner, query, version);
  return { status: 200, body, tag: `${owner.id}-${version}` } as const;
}

/** A page as it was written before, unless a user on it has changed since. */
export async function cachedPage(
  context: Context,
  end: "followers" | "following",
  owner: User,
  query: Query,
  version: string,
): Promise<SerializedBody<UserBasics>> {
  const { responses } = context.store;
  const key = pageKeyOf(context);
  const cached =
    key === undefined ? undefined : responses.page<SerializedBody<UserBasics>>(key, version);
  if (cached !== undefined) return cached;
  const written = await writePage(context, end, owner, query);
  if (key === undefined) return written;
  const page = compressiblePage(responses, key, written);
  responses.setPage(key, version, () => page);
  return page;
}

async function writePage(
  context: Context,
  end: "followers" | "following",
  owner: User,
  query: Query,
): Promise<SerializedBody<UserBasics>> {
  const { store, base } = context;
  const page = pageOf(query);
  const kind: ListKind = end === "followers" ? "followers-by-id" : "following";
  const ids = await listFollowIds(store, kind, owner, {
    offset: page.offset,
    limit: page.size,
  });
  const texts = await renderUsers(store, base, ids, userBasicText);
  const headers = pageHeaders(context, page, owner[end]);
  return new SerializedBody(Buffer.from(`[${texts.join(",")}]`), headers);
}

export const listFollowers: Handler<"listFollowers"> = ({ path, query }, context) =>
  list(context, "followers", path.id, query);

export const listFollowing: Handler<"listFollowing"> = ({ path, query }, context) =>
  list(context, "following", path.id, query);
