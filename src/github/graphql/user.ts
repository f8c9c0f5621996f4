import type { Status } from "../../domain/profile/statuses.ts";
import type { User } from "../../domain/user.ts";
import { canReadProfile } from "../../domain/users/access.ts";
import { timestamp, updatedAt } from "../presenters/user.ts";
import { builder, type Graph } from "./builder.ts";
import { organization, userRef } from "./connections.ts";
import { globalId } from "./node-ids.ts";

const orNull = (text: string): string | null => (text === "" ? null : text);

const htmlUrl = (user: User, { context }: Graph): string =>
  `${context.base.origin}/${user.username}`;

export const nodeRef = builder.interfaceRef<User>("Node").implement({
  description: "An object with an ID.",
  fields: (field) => ({
    id: field.id({ resolve: ({ id }, _, { ids }) => globalId(id, ids) }),
  }),
  resolveType: () => "User",
});

const actorRef = builder.interfaceRef<User>("Actor").implement({
  description: "Represents an object which can take actions on GitHub.",
  fields: (field) => ({
    avatarUrl: field.field({
      type: "URI",
      args: { size: field.arg.int() },
      resolve: ({ id }, { size }, { context }) =>
        `${context.base.origin}/avatars/u/${id}?${size === null || size === undefined ? "" : `s=${size}`}`,
    }),
    login: field.string({ resolve: ({ username }) => username }),
    resourcePath: field.field({ type: "URI", resolve: ({ username }) => `/${username}` }),
    url: field.field({ type: "URI", resolve: (user, _, graph) => htmlUrl(user, graph) }),
  }),
  resolveType: () => "User",
});

export const statusRef = builder.objectRef<Status>("UserStatus").implement({
  description: "The user's description of what they're currently doing.",
  fields: (field) => ({
    createdAt: field.field({
      type: "DateTime",
      resolve: ({ createdAt }) => timestamp(createdAt),
    }),
    emoji: field.string({ nullable: true, resolve: ({ emoji }) => emoji && `:${emoji}:` }),
    expiresAt: field.field({
      type: "DateTime",
      nullable: true,
      resolve: ({ clearStatusAt }) => (clearStatusAt === null ? null : timestamp(clearStatusAt)),
    }),
    id: field.id({
      resolve: ({ userId }) => Buffer.from(`010:UserStatus${userId}`).toString("base64"),
    }),
    indicatesLimitedAvailability: field.boolean({
      resolve: ({ availability }) => availability === "busy",
    }),
    message: field.string({ nullable: true, resolve: ({ message }) => message }),
    organization: field.field({
      type: organization,
      nullable: true,
      description: "If set, only members of this organization can see the status.",
      resolve: () => null,
    }),
    updatedAt: field.field({
      type: "DateTime",
      resolve: ({ updatedAt }) => timestamp(updatedAt),
    }),
    user: field.field({
      type: userRef,
      resolve: async ({ userId }, _, { load }) => (await load.user(userId)) as User,
    }),
  }),
});

builder.objectType(userRef, {
  description: "A user is an individual's account on GitHub.",
  interfaces: [nodeRef, actorRef],
  fields: (field) => ({
    bio: field.string({ nullable: true, resolve: ({ bio }) => orNull(bio) }),
    company: field.string({ nullable: true, resolve: (user) => orNull(user.organization) }),
    createdAt: field.field({
      type: "DateTime",
      resolve: (user, _, { context }) =>
        timestamp(canReadProfile(context.caller?.user, user) ? user.createdAt : 0),
    }),
    // An Int of GraphQL has 32 bits.
    databaseId: field.int({ nullable: true, resolve: ({ id }) => (id < 2 ** 31 ? id : null) }),
    email: field.string({
      description: "The user's publicly visible profile email.",
      extensions: { scopes: ["user:email", "read:user"] },
      resolve: ({ publicEmail }) => publicEmail,
    }),
    isHireable: field.boolean({ resolve: ({ hireable }) => hireable === true }),
    isSiteAdmin: field.boolean({ resolve: ({ admin }) => admin }),
    location: field.string({ nullable: true, resolve: ({ location }) => orNull(location) }),
    name: field.string({ nullable: true, resolve: ({ name }) => orNull(name) }),
    status: field.field({
      type: statusRef,
      nullable: true,
      resolve: ({ id }, _, { load }) => load.status(id),
    }),
    twitterUsername: field.string({ nullable: true, resolve: ({ twitter }) => orNull(twitter) }),
    updatedAt: field.field({ type: "DateTime", resolve: (user) => timestamp(updatedAt(user)) }),
    websiteUrl: field.field({
      type: "URI",
      nullable: true,
      resolve: ({ websiteUrl }) => orNull(websiteUrl),
    }),
  }),
});

builder.objectFields(userRef, (field) => ({
  isFollowingViewer: field.boolean({
    description: "Whether or not this user is following the viewer.",
    resolve: ({ id }, _, { load }) => load.isFollower(id),
  }),
  isViewer: field.boolean({ resolve: ({ id }, _, { viewer }) => id === viewer.id }),
  viewerCanFollow: field.boolean({
    description: "Whether or not the viewer is able to follow the user.",
    resolve: async ({ id }, _, { load, viewer }) => id !== viewer.id && !(await load.isBlocker(id)),
  }),
  viewerIsFollowing: field.boolean({
    description: "Whether or not this user is followed by the viewer.",
    resolve: ({ id }, _, { load }) => load.isFollowed(id),
  }),
}));
