import type { LinkBase } from "../../../cache/response-cache.ts";
import type { ListItem, User } from "../../../domain/user.ts";
import {
  getAssociations,
  getOwnAssociations,
  type UserAssociations,
} from "../../../domain/users/user-associations.ts";
import type { components } from "../../../generated/gitlab-v3-types.ts";
import type { SerializedBody } from "../../../http/handler.ts";
import type { Context } from "../../http/context.ts";
import { writeOwnBody } from "../../presenters/own-body.ts";
import { textOrNull } from "../../presenters/profile-text.ts";
import { timestamp } from "../../presenters/times.ts";
import { avatarUrl } from "../../presenters/user.ts";

type Schemas = components["schemas"];

const NOTHING: Pick<UserAssociations, "email" | "identities"> = { email: "", identities: [] };

/** The shape of lists, and of events' authors. */
export const userBasic = (user: ListItem, base: LinkBase): Schemas["user-basic"] => ({
  name: user.name === "" ? user.username : user.name,
  username: user.username,
  id: user.id,
  state: user.state,
  avatar_url: avatarUrl(user, base),
  web_url: `${base.origin}/${user.username}`,
});

/** What people see of each other. */
export const userShape = (user: User, base: LinkBase): Schemas["user"] => ({
  ...userBasic(user, base),
  created_at: timestamp(user.createdAt),
  is_admin: user.admin,
  bio: textOrNull(user, "bio", user.bio),
  location: textOrNull(user, "location", user.location),
  skype: textOrNull(user, "skype", user.skype),
  linkedin: textOrNull(user, "linkedin", user.linkedin),
  twitter: textOrNull(user, "twitter", user.twitter),
  website_url: textOrNull(user, "website_url", user.websiteUrl),
  organization: textOrNull(user, "organization", user.organization),
});

function fullShape(
  user: User,
  { email, identities }: Pick<UserAssociations, "email" | "identities">,
  base: LinkBase,
): Schemas["user-full"] {
  return {
    ...userShape(user, base),
    last_sign_in_at: timestamp(user.lastSignInAt),
    confirmed_at: timestamp(user.confirmedAt),
    email,
    theme_id: user.themeId,
    color_scheme_id: user.colorSchemeId,
    projects_limit: user.projectsLimit,
    current_sign_in_at: timestamp(user.currentSignInAt),
    identities: identities.map(({ provider, externUid }) => ({ provider, extern_uid: externUid })),
    can_create_group: user.canCreateGroup,
    can_create_project: user.projectsLimit > 0,
    two_factor_enabled: user.otpEnabledAt !== null,
    external: user.external,
  };
}

/** Users as administrators see them, and people themselves. */
export async function usersFull(
  { store, base }: Context,
  users: readonly User[],
): Promise<Schemas["user-full"][]> {
  const facts = await getAssociations(store, users, undefined);
  return users.map((user) => fullShape(user, facts.get(user.id) ?? NOTHING, base));
}

export const userFull = async (
  { store, base }: Context,
  user: User,
): Promise<Schemas["user-full"]> => fullShape(user, await getOwnAssociations(store, user), base);

/** The caller in person, written out. */
export const writeUserFull = (
  context: Context,
  user: User,
): Promise<SerializedBody<Schemas["user-full"]>> =>
  writeOwnBody(context, user, true, (facts) => fullShape(user, facts, context.base));
