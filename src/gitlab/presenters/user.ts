import type { LinkBase } from "../../cache/response-cache.ts";
import type { Store } from "../../domain/store.ts";
import type { ListItem, User } from "../../domain/user.ts";
import { LOCKED_FOR_MS } from "../../domain/users/account-lock.ts";
import type { UserAssociations } from "../../domain/users/user-associations.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { jsonText } from "../http/rails-json.ts";
import type { GitLabRelease } from "../versions.ts";
import { textOrNull } from "./profile-text.ts";
import { localTime, timestamp } from "./times.ts";

type Schemas = components["schemas"];

type ScimIdentity = Pick<
  Store["engine"]["tables"]["scimIdentities"]["$inferSelect"],
  "externUid" | "groupId" | "active"
>;

/** How a long shape is to be seen: by whom, when, and with which links. */
export interface View {
  readonly base: LinkBase;
  readonly release: GitLabRelease;
  readonly scimIdentities: readonly ScimIdentity[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the profile may be read; then the day of joining is shown. */
  readonly readable: boolean;
  /** Whether the numbers of follows are shown. */
  readonly counted: boolean;
  /** Undefined for an anonymous viewer and for the viewer themself. */
  readonly isFollowed: boolean | undefined;
  /** Undefined unless an administrator asked for them. */
  readonly attributes: Schemas["custom-attribute"][] | undefined;
}

/** The shape of every list and of every follow. */
export function userBasic(
  user: ListItem,
  base: LinkBase,
  attributes?: View["attributes"],
): Schemas["user-basic"] {
  return {
    id: user.id,
    username: user.username,
    name: user.name === "" ? user.username : user.name,
    state: user.state,
    locked: user.lockedAt !== null,
    avatar_url: avatarUrl(user, base),
    ...(attributes === undefined ? {} : { custom_attributes: attributes }),
    web_url: `${base.origin}/${user.username}`,
  };
}

export const userBasicText = (user: ListItem, base: LinkBase): string =>
  jsonText(userBasic(user, base));

/** A picture that the user uploaded, else one that is made from the id, `size` pixels wide. */
export const avatarUrl = (
  { id, avatar }: Pick<ListItem, "id" | "avatar">,
  { origin }: LinkBase,
  size = 80,
): string =>
  avatar === null
    ? `${origin}/avatars/u/${id}?s=${size}&d=identicon`
    : `${origin}/uploads/-/system/user/avatar/${id}/${encodeURIComponent(avatar)}`;

/** What people see of each other. Keys that the viewer may not see are missing, not null. */
export function userShape(user: User, view: View): Schemas["user"] {
  const { followers, following } = user;
  return {
    ...userBasic(user, view.base, view.attributes),
    // A lock by wrong passwords ends by itself.
    locked: user.lockedAt !== null && view.now - user.lockedAt < LOCKED_FOR_MS,
    ...(view.readable ? { created_at: timestamp(user.createdAt) } : {}),
    bio: user.bio,
    location: user.location,
    public_email: textOrNull(user, "public_email", user.publicEmail),
    skype: user.skype,
    linkedin: user.linkedin,
    twitter: user.twitter,
    discord: user.discord,
    github: user.github,
    website_url: user.websiteUrl,
    organization: user.organization,
    job_title: user.jobTitle,
    pronouns: user.pronouns,
    bot: user.type !== "human",
    work_information: workOf(user),
    ...(view.counted ? { followers, following } : {}),
    ...(view.isFollowed === undefined ? {} : { is_followed: view.isFollowed }),
    local_time: localTime(view.now, user.timezone),
  };
}

function workOf({ jobTitle, organization }: User): string | null {
  if (jobTitle === "" && organization === "") return null;
  if (jobTitle === "" || organization === "") return jobTitle + organization;
  return `${jobTitle} at ${organization}`;
}

/** What people see of themselves. */
export function userPublicShape(
  user: User,
  facts: UserAssociations,
  view: View,
): Schemas["user-public"] {
  return {
    ...userShape(user, view),
    created_at: timestamp(user.createdAt),
    last_sign_in_at: timestamp(user.lastSignInAt),
    confirmed_at: timestamp(user.confirmedAt),
    last_activity_on: user.lastActivityOn,
    email: facts.email,
    theme_id: user.themeId,
    color_scheme_id: user.colorSchemeId,
    projects_limit: user.projectsLimit,
    current_sign_in_at: timestamp(user.currentSignInAt),
    identities: facts.identities.map(({ provider, externUid, samlProviderId }) =>
      view.release.present("identity", {
        provider,
        extern_uid: externUid,
        saml_provider_id: samlProviderId,
      }),
    ),
    can_create_group: user.canCreateGroup,
    can_create_project: user.projectsLimit > 0,
    two_factor_enabled: user.otpEnabledAt !== null,
    external: user.external,
    private_profile: user.privateProfile,
    commit_email: commitEmail(user, facts, view.base),
    preferred_language: user.preferredLanguage,
    shared_runners_minutes_limit: user.sharedRunnersMinutesLimit,
    extra_shared_runners_minutes_limit: user.extraSharedRunnersMinutesLimit,
    scim_identities: view.scimIdentities.map(({ externUid, groupId, active }) => ({
      extern_uid: externUid,
      // GitLab's pages show a text.
      group_id: groupId === null ? null : String(groupId),
      active,
    })),
  };
}

/** `_private` asks for an address that gives nothing away. */
function commitEmail(
  { id, username, commitEmail: chosen }: User,
  { email }: UserAssociations,
  base: LinkBase,
) {
  if (chosen !== "_private") return chosen ?? email;
  return `${id}-${username}@users.noreply.${new URL(base.origin).hostname}`;
}

function adminsPart(user: User, { createdBy }: UserAssociations, { base }: View) {
  return {
    is_admin: user.admin,
    note: user.note,
    // The one namespace of a user is their own, so it has their number.
    namespace_id: user.id,
    created_by: createdBy === undefined ? null : userBasic(createdBy, base),
    email_reset_offered_at: timestamp(user.emailResetOfferedAt),
    using_license_seat: user.state === "active" && user.type === "human",
    is_auditor: user.auditor,
    provisioned_by_group_id: user.provisionedByGroupId,
    enterprise_group_id: user.enterpriseGroupId,
    enterprise_group_associated_at: timestamp(user.enterpriseGroupAssociatedAt),
  };
}

/** The vendor's pages show these in lists too, its code on the single user alone. */
const addresses = ({ currentSignInIp, lastSignInIp }: User) => ({
  current_sign_in_ip: currentSignInIp,
  last_sign_in_ip: lastSignInIp,
});

/** What administrators see in lists and of their own work. */
export const userWithAdminShape = (
  user: User,
  facts: UserAssociations,
  view: View,
): Schemas["user-with-admin"] => ({
  ...userPublicShape(user, facts, view),
  ...adminsPart(user, facts, view),
  ...addresses(user),
});

/** What administrators see of one user. */
export const userDetailsWithAdminShape = (
  user: User,
  facts: UserAssociations,
  view: View,
  highestRole: number,
): Schemas["user-details-with-admin"] => ({
  ...userPublicShape(user, facts, view),
  ...adminsPart(user, facts, view),
  highest_role: highestRole,
  ...addresses(user),
  plan: user.plan,
  trial: user.trial,
  sign_in_count: user.signInCount,
});
