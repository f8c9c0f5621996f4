import type { Engine } from "../storage/engine.ts";

/** A user's whole row. */
export type User = Engine["tables"]["users"]["$inferSelect"];

/** The columns that a list of follows needs of its owner. */
export type ListOwner = Pick<User, "id" | "followers" | "following" | "state" | "type">;

/** What a user looks like in a list. */
export type ListItem = Pick<
  User,
  "id" | "username" | "name" | "state" | "type" | "admin" | "lockedAt" | "avatar"
>;

/** The texts of a profile, which its user chooses. */
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
