import { DomainError } from "../../domain/errors.ts";
import type { User } from "../../domain/user.ts";
import { idOf } from "../../domain/users/users.ts";
import type { RateLimitState } from "../../http/rate-limits.ts";
import { timestamp } from "../presenters/user.ts";
import { builder, type Graph } from "./builder.ts";
import { userRef } from "./connections.ts";
import { failure } from "./errors.ts";
import { userIdOf } from "./node-ids.ts";
import { nodeRef } from "./user.ts";

const MAX_IDS = 100;

/** The user whom a global id names. Throws in the vendor's words. */
export async function userOfNode(global: string, { load }: Graph): Promise<User> {
  const id = userIdOf(global);
  const user = id === undefined ? undefined : await load.user(id);
  if (user !== undefined) return user;
  const problem = `Could not resolve to a node with the global id of '${global}'`;
  throw failure("NOT_FOUND", problem);
}

async function userOfLogin(login: string, { context: { store }, load }: Graph): Promise<User> {
  try {
    const user = await load.user(await idOf(store, login));
    if (user !== undefined) return user;
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== "not-found") throw error;
  }
  throw failure("NOT_FOUND", `Could not resolve to a User with the login of '${login}'.`);
}

const metadata = builder.objectRef<object>("GitHubMetadata").implement({
  description: "Represents information about the GitHub instance.",
  fields: (field) => ({
    isPasswordAuthenticationVerifiable: field.boolean({ resolve: () => false }),
  }),
});

const rateLimit = builder.objectRef<RateLimitState>("RateLimit").implement({
  description: "Represents the client's rate limit.",
  fields: (field) => ({
    cost: field.int({ resolve: (_, __, { cost }) => cost.points }),
    limit: field.exposeInt("limit"),
    nodeCount: field.int({ resolve: (_, __, { cost }) => cost.nodes }),
    remaining: field.exposeInt("remaining"),
    resetAt: field.field({ type: "DateTime", resolve: ({ reset }) => timestamp(reset * 1000) }),
    used: field.exposeInt("used"),
  }),
});

builder.queryType({
  description: "The query root of GitHub's GraphQL interface.",
  fields: (field) => ({
    meta: field.field({ type: metadata, resolve: () => ({}) }),
    node: field.field({
      type: nodeRef,
      nullable: true,
      args: { id: field.arg.id({ required: true }) },
      resolve: (_, { id }, graph) => userOfNode(id, graph),
    }),
    nodes: field.field({
      type: [nodeRef],
      nullable: { list: false, items: true },
      args: { ids: field.arg.idList({ required: true }) },
      // Each id that names nothing is null, with an error of its own.
      resolve: (_, { ids }, graph) => {
        if (ids.length <= MAX_IDS) return ids.map((id) => userOfNode(id, graph));
        const problem = `You may not provide more than ${MAX_IDS} node ids; you provided`;
        throw failure("ARGUMENT_LIMIT", `${problem} ${ids.length}.`);
      },
    }),
    rateLimit: field.field({
      type: rateLimit,
      nullable: true,
      args: { dryRun: field.arg.boolean({ defaultValue: false }) },
      resolve: (_, __, { context }) => context.spent,
    }),
    user: field.field({
      type: userRef,
      nullable: true,
      args: { login: field.arg.string({ required: true }) },
      resolve: (_, { login }, graph) => userOfLogin(login, graph),
    }),
    viewer: field.field({
      type: userRef,
      resolve: async (_, __, { load, viewer }) => (await load.user(viewer.id)) as User,
    }),
  }),
});
