import { emptiedTextsAfter } from "../../domain/profile/emptied-texts.ts";
import type { NewIdentity } from "../../domain/profile/identities.ts";
import type { User } from "../../domain/user.ts";
import type { AccountColumns } from "../../domain/users/accounts.ts";
import type { Owner, Values } from "../../domain/users/validate-user.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";

type Schemas = components["schemas"];
export type Attributes = Omit<Schemas["user-change"], "skip_reconfirmation">;

/** Defaults of the instance. */
interface Defaults {
  readonly privateProfiles: boolean;
}

const RIGHTS = { canCreateGroup: true, projectsLimit: 100_000 } as const;
const NO_RIGHTS = { canCreateGroup: false, projectsLimit: 0 } as const;

/** Undefined where nothing was given; null means empty. */
const text = (given: string | null | undefined): string | undefined =>
  given === null ? "" : given;

/** GitLab puts a hyphen where there was markup. */
const withoutMarkup = (name: string): string => name.replace(/<[^<>]*>|[<>]/g, "-").trim();

/** What was given, put as it would be stored. */
export function parseUserInput(body: Attributes): Values {
  const name = text(body.name);
  return {
    name: name === undefined ? undefined : withoutMarkup(name),
    username: text(body.username),
    email: text(body.email)?.trim().toLowerCase(),
    password: body.password ?? undefined,
    bio: text(body.bio),
    pronouns: text(body.pronouns),
    linkedin: text(body.linkedin),
    twitter: text(body.twitter),
    skype: text(body.skype),
    discord: text(body.discord),
    github: text(body.github),
    location: text(body.location),
    organization: text(body.organization),
    website_url: text(body.website_url),
    projects_limit: body.projects_limit ?? undefined,
    shared_runners_minutes_limit: body.shared_runners_minutes_limit ?? undefined,
    extra_shared_runners_minutes_limit: body.extra_shared_runners_minutes_limit ?? undefined,
    theme_id: body.theme_id ?? undefined,
    color_scheme_id: body.color_scheme_id ?? undefined,
    public_email: text(body.public_email)?.trim(),
    commit_email: text(body.commit_email)?.trim(),
  };
}

/** Less what a user has already, which is not validated again. */
export function changedFields(values: Values, user: User, email: string): Values {
  const same: Values = {
    username: user.username,
    email: email.toLowerCase(),
    public_email: user.publicEmail,
    commit_email: user.commitEmail ?? "",
  };
  const entries = Object.entries(values).filter(
    ([key, value]) => value !== undefined && value !== same[key as keyof Values],
  );
  return Object.fromEntries(entries);
}

/** What passwords of a user must not be made of, and which addresses are theirs. */
export const ownerOf = (
  { name = "", username = "", email = "" }: Values,
  verified: readonly string[],
): Owner => ({
  names: [name, username, email, email.split("@")[0] ?? ""],
  verified: new Set(verified.map((address) => address.toLowerCase())),
});

/**
 * The columns that were given; undefined ones are left as they are. `before` is the user's column of
 * emptied texts.
 */
export function columnsOf(
  values: Values,
  body: Attributes,
  { privateProfiles }: Defaults,
  before?: string,
): AccountColumns {
  const emptiedTexts = emptiedTextsAfter(body, before);
  return defined({
    emptiedTexts: emptiedTexts === (before ?? "") ? undefined : emptiedTexts,
    name: values.name,
    username: values.username,
    bio: values.bio,
    pronouns: values.pronouns,
    linkedin: values.linkedin,
    twitter: values.twitter,
    skype: values.skype,
    discord: values.discord,
    location: values.location,
    organization: values.organization,
    websiteUrl: values.website_url,
    themeId: values.theme_id,
    colorSchemeId: values.color_scheme_id,
    publicEmail: values.public_email,
    commitEmail: values.commit_email === "" ? null : values.commit_email,
    note: body.note,
    admin: body.admin ?? undefined,
    external: body.external ?? undefined,
    privateProfile: body.private_profile === null ? privateProfiles : body.private_profile,
    canCreateGroup: body.can_create_group ?? undefined,
    projectsLimit: values.projects_limit,
    github: values.github,
    auditor: body.auditor ?? undefined,
    sharedRunnersMinutesLimit: body.shared_runners_minutes_limit,
    extraSharedRunnersMinutesLimit: body.extra_shared_runners_minutes_limit,
  });
}

/** External users create nothing; a user who stops being one gets the defaults back. */
export function applyExternalUserLimits(
  columns: AccountColumns,
  wasExternal: boolean,
): AccountColumns {
  const { external = wasExternal } = columns;
  if (external === wasExternal) return columns;
  return external ? { ...columns, ...NO_RIGHTS } : { ...RIGHTS, ...columns };
}

/** A group has one SAML provider, whose id is that of the group. */
export function identityOf({
  provider,
  extern_uid,
  group_id_for_saml,
}: Attributes): NewIdentity | undefined {
  if (!provider || extern_uid === undefined || extern_uid === null) return undefined;
  return { provider, externUid: extern_uid, samlProviderId: group_id_for_saml };
}

const defined = <T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
