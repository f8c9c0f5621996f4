import { MAINTAINER, projectsWhere } from "../../domain/activity/memberships.ts";
import { byIdOrUsername } from "../../domain/users/users.ts";
import { forbidden } from "../http/api-error.ts";
import {
  type Context,
  type Handler,
  requireCallerInPrivateMode,
  viewerOf,
} from "../http/context.ts";
import { paginateList } from "../http/pagination.ts";

interface Asked {
  path: { user_id: string };
  query: { page?: number; per_page?: number };
}

/** Projects are no part of this server: the list of a user who exists is empty. */
async function noProjects({ path, query }: Asked, context: Context) {
  requireCallerInPrivateMode(context);
  await byIdOrUsername(context.store, path.user_id);
  return paginateList(context, query, []);
}

export const listUserProjects: Handler<"listUserProjects"> = noProjects;
export const listUserStarredProjects: Handler<"listUserStarredProjects"> = noProjects;
export const listUserContributedProjects: Handler<"listUserContributedProjects"> = noProjects;

/** The keys of projects that the caller and the user both maintain; administrators share them all. */
export const listUserProjectDeployKeys: Handler<"listUserProjectDeployKeys"> = async (
  { path, query },
  context,
) => {
  const { store } = context;
  requireCallerInPrivateMode(context);
  const user = await byIdOrUsername(store, path.user_id);
  const viewer = viewerOf(context);
  const theirs = await projectsWhere(store, user.id, MAINTAINER);
  const mine = viewer.admin ? theirs : await projectsWhere(store, viewer.id, MAINTAINER);
  if (!theirs.some((id) => mine.includes(id))) {
    throw forbidden("No common authorized project found");
  }
  return paginateList(context, query, []);
};
