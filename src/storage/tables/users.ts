import { sql } from "../drizzle.ts";
import type { Kit } from "../sqlite/kit.ts";

/** What GitHub bills a user for, and what that allows; `space` is in kilobytes. */
interface GitHubPlan {
  readonly name: string;
  readonly space: number;
  readonly collaborators: number;
  readonly private_repos: number;
}

/** People of every kind: GitHub's users and GitLab's are the same rows. */
export function usersTable({
  table,
  id,
  integer,
  text,
  json,
  flag,
  milliseconds,
  profileText,
  counters,
  isTrue,
  index,
  uniqueIndex,
}: Kit) {
  return table(
    "users",
    {
      id: id("id"),
      username: text("username").notNull(),
      name: profileText("name"),
      state: text("state", {
        enum: [
          "active",
          "blocked",
          "ldap_blocked",
          "banned",
          "deactivated",
          "blocked_pending_approval",
        ],
      })
        .notNull()
        .default("active"),
      type: text("type", { enum: ["human", "project_bot", "internal", "service_account"] })
        .notNull()
        .default("human"),
      admin: flag("admin").notNull().default(false),
      ...counters(),
      createdAt: milliseconds("created_at").notNull(),
      updatedAt: milliseconds("updated_at").notNull(),
      bio: profileText("bio"),
      location: profileText("location"),
      organization: profileText("organization"),
      websiteUrl: profileText("website_url"),
      twitter: profileText("twitter"),
      linkedin: profileText("linkedin"),
      skype: profileText("skype"),
      discord: profileText("discord"),
      jobTitle: profileText("job_title"),
      pronouns: text("pronouns"),
      hireable: flag("hireable"),
      publicEmail: profileText("public_email"),
      commitEmail: text("commit_email"),
      unconfirmedEmail: text("unconfirmed_email"),
      timezone: text("timezone"),
      note: text("note"),
      external: flag("external").notNull().default(false),
      privateProfile: flag("private_profile").notNull().default(false),
      enabledFollowing: flag("enabled_following").notNull().default(true),
      canCreateGroup: flag("can_create_group").notNull().default(true),
      projectsLimit: integer("projects_limit").notNull().default(100_000),
      themeId: integer("theme_id").notNull().default(1),
      colorSchemeId: integer("color_scheme_id").notNull().default(1),
      suspendedReason: text("suspended_reason"),
      suspendedAt: milliseconds("suspended_at"),
      confirmedAt: milliseconds("confirmed_at"),
      createdById: integer("created_by_id"),
      passwordHash: text("password_hash"),
      passwordExpiresAt: milliseconds("password_expires_at"),
      emailResetOfferedAt: milliseconds("email_reset_offered_at"),
      otpSecret: text("otp_secret"),
      otpEnabledAt: milliseconds("otp_enabled_at"),
      otpLastStep: integer("otp_last_step"),
      failedAttempts: integer("failed_attempts").notNull().default(0),
      lockedAt: milliseconds("locked_at"),
      signInCount: integer("sign_in_count").notNull().default(0),
      currentSignInAt: milliseconds("current_sign_in_at"),
      currentSignInIp: text("current_sign_in_ip"),
      lastSignInAt: milliseconds("last_sign_in_at"),
      lastSignInIp: text("last_sign_in_ip"),
      lastActivityOn: text("last_activity_on"),
      // Separated by blanks: the profile texts that were set to nothing. GitLab shows these as empty,
      // and those that were never set as null.
      emptiedTexts: text("emptied_texts").notNull().default(""),
      github: profileText("github"),
      preferredLanguage: text("preferred_language").notNull().default("en"),
      // Members of GitLab's Premium and Ultimate tiers.
      auditor: flag("auditor").notNull().default(false),
      sharedRunnersMinutesLimit: integer("shared_runners_minutes_limit"),
      extraSharedRunnersMinutesLimit: integer("extra_shared_runners_minutes_limit"),
      provisionedByGroupId: integer("provisioned_by_group_id"),
      enterpriseGroupId: integer("enterprise_group_id"),
      enterpriseGroupAssociatedAt: milliseconds("enterprise_group_associated_at"),
      plan: text("plan"),
      trial: flag("trial").notNull().default(false),
      // How much of GitHub's a user has; the things themselves are elsewhere.
      publicRepos: integer("public_repos").notNull().default(0),
      publicGists: integer("public_gists").notNull().default(0),
      privateGists: integer("private_gists").notNull().default(0),
      totalPrivateRepos: integer("total_private_repos").notNull().default(0),
      ownedPrivateRepos: integer("owned_private_repos").notNull().default(0),
      diskUsage: integer("disk_usage").notNull().default(0),
      collaborators: integer("collaborators").notNull().default(0),
      // Null for the plan of every user of an Enterprise Server.
      githubPlan: json("github_plan").$type<GitHubPlan>(),
      // The name of the picture in `avatars`; null for a user without one.
      avatar: text("avatar"),
    },
    (table) => [
      uniqueIndex("users_username").on(sql`lower(${table.username})`),
      index("users_created_by_id").on(table.createdById),
      // A user without a name goes by their username.
      index("users_shown_name").on(
        sql`lower(case ${table.name} when '' then ${table.username} else ${table.name} end)`,
      ),
      index("users_public_email")
        .on(sql`lower(${table.publicEmail})`)
        .where(sql`public_email <> ''`),
      index("users_updated_at").on(table.updatedAt),
      index("users_state").on(table.state, table.type),
      // The few of their kind, so that a list of them does not go through all users.
      index("users_external").on(table.external).where(isTrue("external")),
      index("users_admin").on(table.admin).where(isTrue("admin")),
      index("users_bots").on(table.type).where(sql`type <> 'human'`),
      index("users_two_factor").on(table.otpEnabledAt).where(sql`otp_enabled_at is not null`),
      index("users_last_activity")
        .on(table.lastActivityOn, table.id)
        .where(sql`last_activity_on is not null`),
    ],
  );
}

export type UsersTable = ReturnType<typeof usersTable>;

/** The column that says whose a row is; the row goes with its user. */
export const ownedBy =
  ({ integer }: Kit, users: UsersTable) =>
  () =>
    integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" });
