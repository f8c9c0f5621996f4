import type { components } from "../generated/gitlab-v4-types.ts";
import { Written } from "../http/handler.ts";
import type { ListKind } from "../people/edges.ts";
import * as follows from "../people/follows.ts";
import type { User } from "../people/users.ts";
import { pageHeaders, pageKeyOf, pageOf } from "./pages.ts";
import { userBasic, userBasicText } from "./user-shapes.ts";
import { mayReadProfile } from "./user-views.ts";
import { userOf } from "./users.ts";
import { type Context, type Handler, viewerOf } from "./wire/context.ts";
import { decided, forbidden, missing, Refusal } from "./wire/refusal.ts";

type UserBasics = components["schemas"]["user-basic"][];
type Query = { page?: number; per_page?: number };

/** GitLab says that nothing changed with an empty 304, to POST as well. */
const nothingChanged = () => new Refusal(304, undefined);

export const followUser: Handler<"followUser"> = async ({ path }, context) => {
  const viewer = viewerOf(context);
  const followed = await userOf(context, path.id);
  if (!viewer.enabledFollowing || !followed.enabledFollowing) throw nothingChanged();
  const { followLimit: limit } = context.settings;
  const outcome = await follows.followUpTo(context.people, viewer.id, followed.id, limit);
  if (outcome === "unchanged") throw nothingChanged();
  if (outcome === "limited") {
    const words = `You can't follow more than ${limit} users.`;
    throw decided(400, `${words} To follow more users, unfollow some others.`);
  }
  return { status: 201, body: userBasic(followed, context.base) };
};

export const unfollowUser: Handler<"unfollowUser"> = async ({ path }, context) => {
  const { id } = viewerOf(context);
  const followed = await userOf(context, path.id);
  if (!(await follows.unfollow(context.people, id, followed.id))) throw nothingChanged();
  return { status: 201, body: userBasic(followed, context.base) };
};

/** A page of the followers of a user, or of those whom the user follows, by id. */
async function list(context: Context, end: "followers" | "following", id: string, query: Query) {
  // Not 401: the vendor forbids strangers what it has a page for.
  if (context.viewer === undefined) throw forbidden("Not authorized!");
  const owner = await userOf(context, id);
  if (!mayReadProfile(context, owner)) throw missing("User");
  const body = await keptPage(context, end, owner, query);
  return { status: 200, body, tag: `${owner.id}-${versionOf(context, owner)}` } as const;
}

/** Moves with the owner's follows and with everybody whom a page may show. */
const versionOf = ({ people }: Context, { id }: User): string =>
  `${people.graph.of(id)}-${people.profiles.latest}`;

/** A page as it was written before, unless somebody on it has changed since. */
export async function keptPage(
  context: Context,
  end: "followers" | "following",
  owner: User,
  query: Query,
): Promise<Written<UserBasics>> {
  const { caches } = context.people;
  const version = versionOf(context, owner);
  const key = pageKeyOf(context);
  const kept = key === undefined ? undefined : caches.page<Written<UserBasics>>(key, version);
  if (kept !== undefined) return kept;
  const written = await writePage(context, end, owner, query);
  if (key !== undefined) caches.keepPage(key, version, () => written);
  return written;
}

async function writePage(
  context: Context,
  end: "followers" | "following",
  owner: User,
  query: Query,
): Promise<Written<UserBasics>> {
  const { people, base } = context;
  const page = pageOf(query);
  const kind: ListKind = end === "followers" ? "followers-by-id" : "following";
  const ids = await follows.page(people, kind, owner, { offset: page.offset, limit: page.size });
  const texts = await people.caches.fragments(people, base, ids, userBasicText);
  const headers = pageHeaders(context, page, owner[end]);
  return new Written(Buffer.from(`[${texts.join(",")}]`), headers);
}

export const listFollowers: Handler<"listFollowers"> = ({ path, query }, context) =>
  list(context, "followers", path.id, query);

export const listFollowing: Handler<"listFollowing"> = ({ path, query }, context) =>
  list(context, "following", path.id, query);
