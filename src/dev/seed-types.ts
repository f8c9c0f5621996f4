import type { UserInput } from "../import/users/members.ts";

type Camel<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;

/** The same members by names as code has them: `websiteUrl` for `website_url`. */
type InCamelCase<T> = { [K in keyof T as K extends string ? Camel<K> : never]: T[K] };

/** A user to begin with, with any member that an import takes. `USERNAME@example.com` is the usual address. */
export type SeedUser = InCamelCase<UserInput> | UserInput;

/** What a caller shows. */
export interface SeedToken {
  username: string;
  name?: string;
  description?: string;
  /** All that its holder may do, where neither scopes nor permissions are given. */
  scopes?: readonly string[];
  /** Of a fine-grained token: `{ followers: "write" }`, or `["followers:write"]`. */
  permissions?: readonly string[] | Readonly<Record<string, "read" | "write">>;
  /** Such as 2030-01-01T00:00:00Z; without it the token never expires. */
  expiresAt?: string;
  kind?: "personal" | "impersonation";
  /** The text itself, where a test needs a constant; else one is made. */
  token?: string;
}

/** A group or a project: what memberships and runners name. */
export interface SeedSource {
  id: number;
  name: string;
}

/** What a server begins with. */
export interface Seed {
  users?: readonly (SeedUser | string)[];
  /** Who follows whom, in this order. */
  follows?: readonly (readonly [follower: string, followed: string])[];
  tokens?: readonly (SeedToken | string)[];
  groups?: readonly SeedSource[];
  projects?: readonly SeedSource[];
  /** Contributions, as GitLab's API shows them. */
  events?: readonly object[];
}
