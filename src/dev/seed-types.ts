/** Somebody to begin with. */
export interface SeedUser {
  username: string;
  /** `USERNAME@example.com` where nothing is said. */
  email?: string;
  name?: string;
  admin?: boolean;
  /** GitHub's word; GitLab says blocked. */
  suspended?: boolean;
  bio?: string;
  location?: string;
  organization?: string;
  websiteUrl?: string;
  twitter?: string;
  hireable?: boolean;
}

/** What somebody is let in with. */
export interface SeedToken {
  username: string;
  name?: string;
  /** All that its holder may do, where nothing is said. */
  scopes?: readonly string[];
}

/** What a server begins with. */
export interface Seed {
  users?: readonly (SeedUser | string)[];
  /** Who follows whom, in this order. */
  follows?: readonly (readonly [follower: string, followed: string])[];
  tokens?: readonly (SeedToken | string)[];
}
