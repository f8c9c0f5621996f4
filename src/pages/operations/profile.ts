import { block, isBlocking, unblock } from "../../domain/follows/blocks.ts";

import { listFollowIds } from "../../domain/follows/follow-lists.ts";
import { follow, isFollowing, unfollow } from "../../domain/follows/follows.ts";
import { filterFollowed } from "../../domain/follows/relationships.ts";
import { emojis } from "../../domain/profile/emojis.ts";
import { statusOf } from "../../domain/profile/statuses.ts";
import type { User } from "../../domain/user.ts";
import { canSeeProfile, canSeeUser } from "../../domain/users/access.ts";
import { findUserByUsername, renderUsers } from "../../domain/users/users.ts";
import { viewerOf } from "../http/authenticate.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { fieldOf } from "../http/forms.ts";
import { errorPage } from "../views/errors.ts";
import { profileView, type Relation, type Tab } from "../views/profile.ts";
import { readLine, writeLine } from "../views/users.ts";

/** Users on a page of a list. */
export const PAGE_SIZE = 50;

/** Pages that a number in an address can name; further pages are not reached by hand. */
const MAX_PAGE = 1_000_000;

export const pageNumber = (text: string | null): number => {
  const page = Number(text ?? "1");
  return Number.isInteger(page) && page >= 1 && page <= MAX_PAGE ? page : 1;
};
const tabOf = (text: string | null): Tab =>
  text === "followers" || text === "following" ? text : "overview";

/** The user of a name, where the visitor may know of them. */
export async function findUser(context: PageContext, username: string): Promise<User | undefined> {
  const user = await findUserByUsername(context.store, username);
  return user !== undefined && canSeeUser(context.viewer, user) ? user : undefined;
}

/** `/{username}`: a name that no user has may be a path of a dialect. */
export const showProfile: PageHandler = async ({ path, query }, context): Promise<PageReply> =>
  profileAt(context, path.username ?? "", tabOf(query.get("tab")), query.get("page"));

/** `/users/{username}/followers` and `/following`, as GitLab has them. */
export const showFollowers: PageHandler = ({ path, query }, context) =>
  profileAt(context, path.username ?? "", "followers", query.get("page"));
export const showFollowing: PageHandler = ({ path, query }, context) =>
  profileAt(context, path.username ?? "", "following", query.get("page"));

async function profileAt(
  context: PageContext,
  username: string,
  tab: Tab,
  page: string | null,
): Promise<PageReply> {
  const user = await findUser(context, username);
  if (user === undefined) return { pass: true };
  const status = await statusOf(context.store, user.id);
  const emoji = status && (await emojis()).get(status.emoji)?.emoji;
  const isShown = canSeeProfile(context.viewer, user);
  const number = pageNumber(page);
  const list = isShown && tab !== "overview" ? await listOf(context, user, tab, number) : undefined;
  const relation = await relationOf(context, user);
  return {
    html: profileView(context, {
      ...{ user, isShown, tab, relation, list, page: number },
      status: isShown && status !== undefined ? { ...status, emoji: emoji ?? "" } : undefined,
    }),
  };
}

/** One page of a list, and whether there is more. */
async function listOf({ store, viewer }: PageContext, owner: User, tab: Tab, page: number) {
  const kind = tab === "followers" ? "followers-by-time" : "following";
  const part = { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  const ids = await listFollowIds(store, kind, owner, part);
  const base = store.responses.base("pages", "", "");
  const lines = await renderUsers(store, base, ids, writeLine);
  const followed =
    viewer === undefined ? new Set<number>() : await filterFollowed(store, viewer.id, ids);
  const total = tab === "followers" ? owner.followers : owner.following;
  return {
    users: lines.map(readLine),
    followed,
    hasMore: part.offset + ids.length < total && ids.length > 0,
  };
}

async function relationOf({ store, viewer }: PageContext, user: User): Promise<Relation> {
  if (viewer === undefined) return { kind: "signed-out" };
  if (viewer.id === user.id) return { kind: "self" };
  return {
    kind: "other",
    follows: await isFollowing(store, viewer.id, user.id),
    followsBack: await isFollowing(store, user.id, viewer.id),
    blocks: await isBlocking(store, viewer.id, user.id),
  };
}

type Change = (context: PageContext, viewer: User, user: User) => Promise<string>;

/** A button of a profile or of a list: does it, and leads back to where it stands. */
const change =
  (apply: Change): PageHandler =>
  async ({ path, form }, context): Promise<PageReply> => {
    const user = await findUser(context, path.username ?? "");
    if (user === undefined) return { html: errorPage(context, 404), status: 404 };
    const notice = await apply(context, viewerOf(context), user);
    const back = fieldOf(form, "back");
    const to = /^\/(?![/\\])[\w./?=&%@-]*$/.test(back) ? back : `/${user.username}`;
    return { redirect: to, notice };
  };

export const followUser = change(async ({ store }, viewer, user) => {
  if (viewer.id === user.id) return "You can't follow yourself.";
  await follow(store, viewer.id, user.id);
  return (await isFollowing(store, viewer.id, user.id))
    ? `You follow ${user.username} now.`
    : `You can't follow ${user.username}.`;
});

export const unfollowUser = change(async ({ store }, viewer, user) => {
  await unfollow(store, viewer.id, user.id);
  return `You don't follow ${user.username} any more.`;
});

export const blockUser = change(async ({ store }, viewer, user) => {
  if (viewer.id === user.id) return "You can't block yourself.";
  await block(store, viewer.id, user.id);
  return `You have blocked ${user.username}. Neither of you follows the other any more.`;
});

export const unblockUser = change(async ({ store }, viewer, user) => {
  await unblock(store, viewer.id, user.id);
  return `${user.username} is not blocked any more.`;
});
