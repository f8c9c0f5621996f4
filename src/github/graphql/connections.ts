import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import type { ListKind } from "../../domain/follows/edge-queries.ts";
import {
  type CursorQuery,
  listFollowsByCursor,
  type Window,
} from "../../domain/follows/follow-lists.ts";
import type { User } from "../../domain/user.ts";
import { canReadProfile } from "../../domain/users/access.ts";
import { builder, type Graph, pageArguments } from "./builder.ts";
import { cursorOf, type PageArguments, toCursorQuery } from "./pagination.ts";

/** A list of users, as far as it has been asked for. */
interface Connection extends Window {
  readonly total: number;
}

const NOTHING: Window = { edges: [], hasNext: false, hasPrevious: false };
/** Who asks for none of these asks for the number alone, and needs to give no page. */
const PAGED: ReadonlySet<string> = new Set(["edges", "nodes", "pageInfo"]);

export const pageInfo = builder.objectRef<Window>("PageInfo").implement({
  description: "Information about pagination in a connection.",
  fields: (field) => ({
    endCursor: field.string({ nullable: true, resolve: ({ edges }) => cursorAt(edges, -1) }),
    hasNextPage: field.boolean({ resolve: ({ hasNext }) => hasNext }),
    hasPreviousPage: field.boolean({ resolve: ({ hasPrevious }) => hasPrevious }),
    startCursor: field.string({ nullable: true, resolve: ({ edges }) => cursorAt(edges, 0) }),
  }),
});

function cursorAt(edges: Window["edges"], place: number): string | null {
  const edge = edges.at(place);
  return edge === undefined ? null : cursorOf(edge.key);
}

export const userRef = builder.objectRef<User>("User");

const userEdge = builder.objectRef<Window["edges"][number]>("UserEdge").implement({
  description: "Represents a user.",
  fields: (field) => ({
    cursor: field.string({ resolve: ({ key }) => cursorOf(key) }),
    node: field.field({
      type: userRef,
      nullable: true,
      resolve: ({ id }, _, { load }) => load.user(id),
    }),
  }),
});

const connection = (name: string, description: string) =>
  builder.objectRef<Connection>(name).implement({
    description,
    fields: (field) => ({
      edges: field.field({
        type: [userEdge],
        nullable: { list: true, items: true },
        resolve: ({ edges }) => edges,
      }),
      nodes: field.field({
        type: [userRef],
        nullable: { list: true, items: true },
        resolve: ({ edges }, _, { load }) => load.users(edges.map(({ id }) => id)),
      }),
      pageInfo: field.field({ type: pageInfo, resolve: (window) => window }),
      totalCount: field.int({ resolve: ({ total }) => total }),
    }),
  });

const follower = connection("FollowerConnection", "The connection type for User.");
const following = connection("FollowingConnection", "The connection type for User.");
export const userConnection = connection("UserConnection", "A list of users.");

const KINDS: Readonly<Record<"followers" | "following", ListKind>> = {
  followers: "followers-by-time",
  following: "following-by-time",
};

/** The other way through a list: GitHub shows the newest follow first, the lists are oldest first. */
const reversed = ({ order, size, after, before }: CursorQuery): CursorQuery => ({
  ...{ order: order === "first" ? "last" : "first", size },
  ...{ after: before, before: after },
});

async function connectionOf(
  end: "followers" | "following",
  user: User,
  page: PageArguments,
  { context: { store, caller }, breathe }: Graph,
  info: GraphQLResolveInfo,
): Promise<Connection> {
  if (!canReadProfile(caller?.user, user)) return { ...NOTHING, total: 0 };
  const total = user[end];
  if (!info.fieldNodes.some(({ selectionSet }) => isPaged(selectionSet, info))) {
    return { ...NOTHING, total };
  }
  const cursorQuery = reversed(toCursorQuery(info.fieldName, page));
  await breathe();
  const { edges, hasNext, hasPrevious } = await listFollowsByCursor(
    store,
    KINDS[end],
    user,
    cursorQuery,
  );
  return { edges: edges.toReversed(), hasNext: hasPrevious, hasPrevious: hasNext, total };
}

function isPaged(selected: SelectionSetNode | undefined, info: GraphQLResolveInfo): boolean {
  return (selected?.selections ?? []).some((each) => {
    if (each.kind === Kind.FIELD) return PAGED.has(each.name.value);
    const fragment = each.kind === Kind.FRAGMENT_SPREAD ? info.fragments[each.name.value] : each;
    return isPaged(fragment?.selectionSet, info);
  });
}

/** The two lists of a user, a page of which costs the same wherever it is. */
builder.objectFields(userRef, (field) => {
  return {
    followers: field.field({
      type: follower,
      description: "A list of users the given user is followed by.",
      args: pageArguments,
      resolve: (user, args, graph, info) => connectionOf("followers", user, args, graph, info),
    }),
    following: field.field({
      type: following,
      description: "A list of users the given user is following.",
      args: pageArguments,
      resolve: (user, args, graph, info) => connectionOf("following", user, args, graph, info),
    }),
  };
});

export const organization = builder.objectRef<{ login: string }>("Organization").implement({
  description: "An account on GitHub, with one or more owners.",
  fields: (field) => ({ login: field.exposeString("login") }),
});

const organizations = builder.objectRef<{ total: number }>("OrganizationConnection").implement({
  description: "A list of organizations managed by an enterprise.",
  fields: (field) => ({
    nodes: field.field({
      type: [organization],
      nullable: { list: true, items: true },
      resolve: () => [],
    }),
    pageInfo: field.field({ type: pageInfo, resolve: () => NOTHING }),
    totalCount: field.exposeInt("total"),
  }),
});

// There are none here, which gh has to be told when it asks in whose name to do something.
builder.objectField(userRef, "organizations", (field) =>
  field.field({
    type: organizations,
    description: "A list of organizations the user belongs to.",
    args: {
      after: field.arg.string(),
      before: field.arg.string(),
      first: field.arg.int(),
      last: field.arg.int(),
    },
    resolve: () => ({ total: 0 }),
  }),
);
