import type { Window } from "../../domain/follows/follow-lists.ts";
import { searchUsers } from "../../domain/users/search/search-users.ts";
import { listUserIdsByCursor } from "../../domain/users/users.ts";
import { ApiError } from "../http/api-error.ts";
import { parseUserQuery } from "../search/parse-user-query.ts";
import { builder, pageArguments } from "./builder.ts";
import { organization, pageInfo, userConnection, userRef } from "./connections.ts";
import { failure } from "./errors.ts";
import { cursorOf, toCursorQuery } from "./pagination.ts";

/** Docs: up to 1,000 results for each search. */
const MAX_RESULTS = 1000;

interface Results extends Window {
  readonly total: number;
}

const searchType = builder.enumType("SearchType", {
  description: "Represents the individual results of a search.",
  values: ["DISCUSSION", "ISSUE", "ISSUE_ADVANCED", "REPOSITORY", "USER"] as const,
});

const searchItem = builder.unionType("SearchResultItem", {
  description: "The results of a search.",
  types: [userRef, organization],
  resolveType: () => "User",
});

const searchEdge = builder.objectRef<Window["edges"][number]>("SearchResultItemEdge").implement({
  description: "An edge in a connection.",
  fields: (field) => ({
    cursor: field.string({ resolve: ({ key }) => cursorOf(key) }),
    node: field.field({
      type: searchItem,
      nullable: true,
      resolve: ({ id }, _, { load }) => load.user(id),
    }),
  }),
});

const results = builder.objectRef<Results>("SearchResultItemConnection").implement({
  description: "A list of results that matched against a search query.",
  fields: (field) => ({
    codeCount: field.int({ resolve: () => 0 }),
    discussionCount: field.int({ resolve: () => 0 }),
    edges: field.field({
      type: [searchEdge],
      nullable: { list: true, items: true },
      resolve: ({ edges }) => edges,
    }),
    issueCount: field.int({ resolve: () => 0 }),
    nodes: field.field({
      type: [searchItem],
      nullable: { list: true, items: true },
      resolve: ({ edges }, _, { load }) => load.users(edges.map(({ id }) => id)),
    }),
    pageInfo: field.field({ type: pageInfo, resolve: (window) => window }),
    repositoryCount: field.int({ resolve: () => 0 }),
    userCount: field.int({ resolve: ({ total }) => total }),
    wikiCount: field.int({ resolve: () => 0 }),
  }),
});

const NOTHING: Results = { edges: [], hasNext: false, hasPrevious: false, total: 0 };

/** The words of REST's refusal, which GraphQL puts into one message. */
function parse(text: string) {
  try {
    return parseUserQuery(text);
  } catch (error) {
    if (error instanceof ApiError) throw failure("UNPROCESSABLE", error.message);
    throw error;
  }
}

builder.queryFields((field) => {
  return {
    search: field.field({
      type: results,
      description: "Perform a search across resources, returning a maximum of 1,000 results.",
      args: {
        ...pageArguments,
        query: field.arg.string({ required: true }),
        type: field.arg({ type: searchType, required: true }),
      },
      resolve: async (_, { query, type, ...args }, { context: { store }, breathe }) => {
        const { order, size, after = 0, before = MAX_RESULTS + 1 } = toCursorQuery("search", args);
        if (type !== "USER") return NOTHING;
        await breathe();
        // The cursor is the place in the results, from one.
        const end = Math.min(before - 1, MAX_RESULTS);
        const best = { by: "best-match", descending: true } as const;
        const slice = { offset: after, limit: Math.max(0, end - after) };
        const { ids, total } = await searchUsers(store, parse(query), best, slice);
        const all = ids.map((id, index) => ({ id, key: after + index + 1 }));
        const edges = order === "first" ? all.slice(0, size) : all.slice(all.length - size);
        const last = edges.at(-1)?.key ?? after;
        return {
          edges,
          total,
          hasNext: last < Math.min(total, MAX_RESULTS),
          hasPrevious: (edges[0]?.key ?? 1) > 1,
        };
      },
    }),
    users: field.field({
      type: userConnection,
      description: "A list of users.",
      args: pageArguments,
      resolve: async (_, args, { context: { store }, breathe }) => {
        const cursorQuery = toCursorQuery("users", args);
        await breathe();
        const { ids, total, hasNext, hasPrevious } = await listUserIdsByCursor(store, cursorQuery);
        return { edges: ids.map((id) => ({ id, key: id })), hasNext, hasPrevious, total };
      },
    }),
    organization: field.field({
      type: organization,
      nullable: true,
      description: "Lookup a organization by login.",
      args: { login: field.arg.string({ required: true }) },
      resolve: (_, { login }): { login: string } => {
        const problem = `Could not resolve to an Organization with the login of '${login}'.`;
        throw failure("NOT_FOUND", problem);
      },
    }),
  };
});
