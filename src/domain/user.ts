import type { Engine } from "../storage/engine.ts";

/** A user's whole row. */
export type User = Engine["tables"]["users"]["$inferSelect"];

/** What a list needs to know about the user whose list it is. */
export type ListOwner = Pick<User, "id" | "followers" | "following" | "state" | "type">;

/** What a user looks like in a list. */
export type ListItem = Pick<
  User,
  "id" | "username" | "name" | "state" | "type" | "admin" | "lockedAt" | "avatar"
>;

/** What people say about themselves. */
export type Profile = Partial<
  Pick<
    User,
    | "name"
    | "bio"
    | "location"
    | "organization"
    | "websiteUrl"
    | "twitter"
    | "hireable"
    | "publicEmail"
  >
>;

/** Only listed users are seen in lists and counted by counters. */
export const isVisible = ({ state, type }: Pick<User, "state" | "type">) =>
  state === "active" && type === "human";
