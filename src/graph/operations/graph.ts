import * as graph from "../../domain/follows/graph.ts";
import { findGraphUser } from "../../domain/follows/graph-access.ts";
import { shortestPath } from "../../domain/follows/shortest-path.ts";
import type { Context, Handler } from "../http/context.ts";

/** Before the first id. */
const START = -1;

const userOf = ({ store, viewer }: Context, username: string) =>
  findGraphUser(store, viewer, username);

const pairOf = async (
  context: Context,
  { username, target_user }: { username: string; target_user: string },
) => [await userOf(context, username), await userOf(context, target_user)] as const;

const pageReply = ({ users, next }: graph.GraphPage) => ({
  status: 200 as const,
  body: { users: [...users], next },
});

export const neighbourhood: Handler<"neighbourhood"> = async ({ path, query }, context) => {
  const user = await userOf(context, path.username);
  const { depth = 1, limit = 150 } = query;
  const { center, nodes, edges, truncated } = await graph.neighbourhood(
    context.store,
    user,
    depth,
    limit,
  );
  return { status: 200, body: { center, nodes: [...nodes], edges: [...edges], truncated } };
};

export const mutuals: Handler<"mutuals"> = async ({ path, query }, context) => {
  const { id } = await userOf(context, path.username);
  return pageReply(await graph.mutuals(context.store, id, query.after ?? START));
};

export const nonMutuals: Handler<"nonMutuals"> = async ({ path, query }, context) => {
  const { id } = await userOf(context, path.username);
  return pageReply(await graph.nonMutuals(context.store, id, query.after ?? START));
};

export const suggestions: Handler<"suggestions"> = async ({ path }, context) => {
  const { id } = await userOf(context, path.username);
  return { status: 200, body: { users: [...(await graph.suggestions(context.store, id))] } };
};

export const common: Handler<"common"> = async ({ path, query }, context) => {
  const pair = await pairOf(context, path);
  const { end = "following", after = START } = query;
  return pageReply(await graph.listInCommon(context.store, pair, end, after));
};

export const path: Handler<"path"> = async (input, context) => {
  const [from, to] = await pairOf(context, input.path);
  const found = await shortestPath(context.store, from, to);
  const isBounded = found.path === null && found.isBounded;
  return {
    status: 200,
    body: { path: found.path === null ? null : [...found.path], is_bounded: isBounded },
  };
};
