import { MAINTAINER, projectsWhere } from "../people/memberships.ts";
import { byIdOrUsername } from "../people/users.ts";
import { pageOfAll } from "./pages.ts";
import { type Context, checkStranger, type Handler, viewerOf } from "./wire/context.ts";
import { forbidden } from "./wire/refusal.ts";

interface Asked {
  path: { user_id: string };
  query: { page?: number; per_page?: number };
}

/** Projects are elsewhere: whoever is known here has none. */
async function noProjects({ path, query }: Asked, context: Context) {
  checkStranger(context);
  await byIdOrUsername(context.people, path.user_id);
  return pageOfAll(context, query, []);
}

export const listUserProjects: Handler<"listUserProjects"> = noProjects;
export const listUserStarredProjects: Handler<"listUserStarredProjects"> = noProjects;
export const listUserContributedProjects: Handler<"listUserContributedProjects"> = noProjects;

/** The keys of projects that the caller and the user both maintain; administrators share them all. */
export const listUserProjectDeployKeys: Handler<"listUserProjectDeployKeys"> = async (
  { path, query },
  context,
) => {
  const { people } = context;
  const viewer = viewerOf(context);
  const user = await byIdOrUsername(people, path.user_id);
  const theirs = await projectsWhere(people, user.id, MAINTAINER);
  const mine = viewer.admin ? theirs : await projectsWhere(people, viewer.id, MAINTAINER);
  if (!theirs.some((id) => mine.includes(id))) {
    throw forbidden("No common authorized project found");
  }
  return pageOfAll(context, query, []);
};
