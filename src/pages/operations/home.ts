import { listFollowsByCursor } from "../../domain/follows/follow-lists.ts";
import { filterFollowed } from "../../domain/follows/relationships.ts";
import { canSeeUser } from "../../domain/users/access.ts";
import { listUsersByPage } from "../../domain/users/search/list-users.ts";
import { searchFrom } from "../../domain/users/search/search-query.ts";
import { getListOwner, getUserById, listedByIds, manyById } from "../../domain/users/users.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { homeView, searchView, welcomeView } from "../views/home.ts";
import { PAGE_SIZE, pageNumber } from "./profile.ts";

const LATEST_COUNT = 10;
const MAX_SEARCH = 255;
/** Further matches are better found by a longer text. */
const MAX_SEARCH_PAGES = 20;

/** `/`: what this server is, or what is new for the one who has signed in. */
export const showHome: PageHandler = async (_input, context): Promise<PageReply> => {
  const { store, viewer } = context;
  if (viewer === undefined) {
    return context.settings.privateMode ? { redirect: "/login" } : { html: welcomeView(context) };
  }
  const owner = await getListOwner(store, viewer.id);
  const window = await listFollowsByCursor(store, "followers-by-time", owner, {
    ...{ order: "last", size: LATEST_COUNT },
  });
  const ids = window.edges.map(({ id }) => id).reverse();
  const rows = new Map((await listedByIds(store, ids)).map((row) => [row.id, row]));
  return {
    html: homeView(context, {
      viewer: await getUserById(store, viewer.id),
      latest: ids.flatMap((id) => rows.get(id) ?? []),
      followed: await filterFollowed(store, viewer.id, ids),
    }),
  };
};

/** `/search?q=`: people, ranked as GitLab's dialect ranks them. */
export const showSearch: PageHandler = async ({ query }, context): Promise<PageReply> => {
  const text = (query.get("q") ?? "").slice(0, MAX_SEARCH);
  const page = Math.min(pageNumber(query.get("page")), MAX_SEARCH_PAGES);
  const { users, hasMore } = await find(context, text, page);
  const { viewer, store } = context;
  const ids = users.map(({ id }) => id);
  const followed =
    viewer === undefined ? new Set<number>() : await filterFollowed(store, viewer.id, ids);
  return { html: searchView(context, { text, page, users, followed, hasMore }) };
};

async function find({ store, viewer }: PageContext, text: string, page: number) {
  const search = searchFrom(text);
  if (search === undefined) return { users: [], hasMore: false };
  const isAdmin = viewer?.admin === true;
  const { ids } = await listUsersByPage(
    store,
    {
      filters: isAdmin ? {} : { active: true, excludeInternal: true },
      ...{ search, byPrivateEmail: isAdmin, order: undefined },
    },
    { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE + 1 },
  );
  const users = await manyById(store, ids.slice(0, PAGE_SIZE));
  return {
    users: users.filter((user) => canSeeUser(viewer, user)),
    hasMore: ids.length > PAGE_SIZE && page < MAX_SEARCH_PAGES,
  };
}
