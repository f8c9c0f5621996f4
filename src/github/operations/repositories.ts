import { idOf } from "../../domain/users/users.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";

/** followd keeps no repositories, organizations, gists and events of GitHub's: each list is empty. */
const NOTHING = { status: 200, body: [] as never[] } as const;

/** An empty list of a user. Throws `not-found` for an unknown user. */
async function emptyForUser({ path }: { path: { username: string } }, { store }: Context) {
  await idOf(store, path.username);
  return NOTHING;
}

/** An empty list of the caller. */
function emptyForViewer(_: unknown, context: Context) {
  viewerOf(context);
  return NOTHING;
}

export const listForUser: Handler<"repos/list-for-user"> = emptyForUser;
export const listOrganizationsForUser: Handler<"orgs/list-for-user"> = emptyForUser;
export const listGistsForUser: Handler<"gists/list-for-user"> = emptyForUser;
export const listStarredForUser: Handler<"activity/list-repos-starred-by-user"> = emptyForUser;
export const listWatchedForUser: Handler<"activity/list-repos-watched-by-user"> = emptyForUser;
export const listEvents: Handler<"activity/list-events-for-authenticated-user"> = emptyForUser;
export const listPublicEvents: Handler<"activity/list-public-events-for-user"> = emptyForUser;
export const listReceivedEvents: Handler<"activity/list-received-events-for-user"> = emptyForUser;
export const listReceivedPublicEvents: Handler<"activity/list-received-public-events-for-user"> =
  emptyForUser;

export const list: Handler<"repos/list-for-authenticated-user"> = emptyForViewer;
export const listOrganizations: Handler<"orgs/list-for-authenticated-user"> = emptyForViewer;
export const listGists: Handler<"gists/list"> = emptyForViewer;
export const listStarred: Handler<"activity/list-repos-starred-by-authenticated-user"> =
  emptyForViewer;
export const listWatched: Handler<"activity/list-watched-repos-for-authenticated-user"> =
  emptyForViewer;
