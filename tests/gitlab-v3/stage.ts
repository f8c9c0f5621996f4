import { gitlabStage } from "../support/gitlab-stage.ts";
import type { WorldOptions } from "../support/server.ts";

export { usernames } from "../support/gitlab-stage.ts";

export const BASE = "/api/v3";

export const UNAUTHORIZED = { message: "401 Unauthorized" };
export const FORBIDDEN = { message: "403 Forbidden" };

/** The keys of each shape, in the order of the wire. */
export const BASIC = ["name", "username", "id", "state", "avatar_url", "web_url"];
export const USER = [
  ...BASIC,
  ...["created_at", "is_admin", "bio", "location", "skype", "linkedin", "twitter", "website_url"],
  "organization",
];
export const FULL = [
  ...USER,
  ...["last_sign_in_at", "confirmed_at", "email", "theme_id", "color_scheme_id", "projects_limit"],
  ...["current_sign_in_at", "identities", "can_create_group", "can_create_project"],
  ...["two_factor_enabled", "external"],
];

/** The headers of pages that an answer has. */
export const pageHeadersIn = ({ headers }: { headers: Record<string, string> }) =>
  Object.keys(headers).filter((name) => /^(?:link|x-(?:total|page|per|next|prev)\b.*)$/.test(name));

/** One server for the tests of a describe block, which is emptied before each of them. */
export function stage(options?: WorldOptions) {
  const here = gitlabStage(BASE, options);
  /** The users of the contract, by their roles, and a client of each with a private token. */
  const cast = async () => {
    const adminUser = await here.user("root", { admin: true });
    const ordinaryUser = await here.user("una", { name: "Una Öst" });
    const otherUser = await here.user("vera");
    const clients = {
      asAdmin: await here.privately(adminUser),
      asUser: await here.privately(ordinaryUser),
      asOther: await here.privately(otherUser),
    };
    return { adminUser, ordinaryUser, otherUser, ...clients };
  };
  return Object.assign(here, { cast });
}
