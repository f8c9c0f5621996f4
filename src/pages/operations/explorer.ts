import * as graph from "../../domain/follows/graph.ts";
import { shortestPath } from "../../domain/follows/shortest-path.ts";
import type { User } from "../../domain/user.ts";
import { canSeeProfile } from "../../domain/users/access.ts";
import type { PageContext, PageHandler, PageInput, PageReply } from "../http/context.ts";
import { errorPage } from "../views/errors.ts";
import { explorerView } from "../views/explorer.ts";
import { findUser } from "./profile.ts";

const DEFAULT_NODES = 150;

/** How many users are asked for; the usual number where that is none. */
function limitFrom(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? DEFAULT_NODES);
  const isNumber = Number.isInteger(limit) && limit > 0;
  return isNumber ? Math.min(limit, graph.MAX_NODES) : DEFAULT_NODES;
}

/** `/-/graph`: around the visitor, or with a field to begin at a user. */
export const showGraph: PageHandler = ({ query }, context): PageReply => {
  const requested = (query.get("user") ?? "").trim();
  const start = requested === "" ? context.viewer?.username : requested;
  return start === undefined
    ? { html: explorerView(context, undefined) }
    : { redirect: `/-/graph/${encodeURIComponent(start)}` };
};

/** A user that the visitor may see in the explorer. */
async function shownUser(context: PageContext, username: string): Promise<User | undefined> {
  const user = await findUser(context, username);
  return user !== undefined && canSeeProfile(context.viewer, user) ? user : undefined;
}

export const showGraphOf: PageHandler = async ({ path, query }, context): Promise<PageReply> => {
  const user = await shownUser(context, path.username ?? "");
  if (user === undefined) return { html: errorPage(context, 404), status: 404 };
  const depth = query.get("depth") === "2" ? 2 : 1;
  const limit = limitFrom(query);
  const around = await graph.neighbourhood(context.store, user, depth, limit);
  const other = (query.get("with") ?? "").trim();
  const friend = other === "" ? undefined : await shownUser(context, other);
  return {
    html: explorerView(context, {
      ...{ user, depth, limit, around, other, friend },
      mutuals: await graph.mutuals(context.store, user.id, -1),
      nonMutuals: await graph.nonMutuals(context.store, user.id, -1),
      suggestions: await graph.suggestions(context.store, user.id),
      between: friend === undefined ? undefined : await between(context, user, friend),
    }),
  };
};

const between = async ({ store }: PageContext, a: User, b: User) => ({
  path: await shortestPath(store, a, b),
  following: await graph.listInCommon(store, [a, b], "following", -1),
  followers: await graph.listInCommon(store, [a, b], "followers", -1),
});

const json = (value: unknown, status = 200): PageReply => ({
  bytes: JSON.stringify(value),
  type: "application/json; charset=utf-8",
  status,
});

/** What the picture is drawn from, for the page's own script. */
export const graphData: PageHandler = async (
  { path, query }: PageInput,
  context,
): Promise<PageReply> => {
  const user = await shownUser(context, path.username ?? "");
  if (user === undefined) return json({ error: "404 Not Found" }, 404);
  const depth = query.get("depth") === "2" ? 2 : 1;
  return json(await graph.neighbourhood(context.store, user, depth, limitFrom(query)));
};
