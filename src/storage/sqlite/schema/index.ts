import { index, integer, primaryKey, sql, sqliteTable, text, uniqueIndex } from "../../drizzle.ts";
import { flag, milliseconds, profileText } from "./columns.ts";

export * from "./activity.ts";
export * from "./profile.ts";
export * from "./sessions.ts";

/** People of every kind: GitHub's users and GitLab's are the same rows. */
export const users = sqliteTable(
  "users",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
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
    type: text("type", { enum: ["human", "project_bot", "internal"] })
      .notNull()
      .default("human"),
    admin: flag("admin").notNull().default(false),
    followers: integer("followers").notNull().default(0),
    following: integer("following").notNull().default(0),
    // Seconds; moved by every change of the two counters, so that Last-Modified never lies.
    countedAt: integer("counted_at").notNull().default(0),
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
    // The name of the picture in `avatars`; null for whoever has none.
    avatar: text("avatar"),
  },
  (table) => [
    uniqueIndex("users_username").on(sql`lower(${table.username})`),
    index("users_created_by_id").on(table.createdById),
    // Whoever has no name goes by their username.
    index("users_shown_name").on(
      sql`lower(case ${table.name} when '' then ${table.username} else ${table.name} end)`,
    ),
    index("users_public_email").on(sql`lower(${table.publicEmail})`).where(sql`public_email <> ''`),
    index("users_updated_at").on(table.updatedAt),
    index("users_state").on(table.state, table.type),
    // The few of their kind, so that a list of them does not go through everybody.
    index("users_external").on(table.external).where(sql`external = 1`),
    index("users_admin").on(table.admin).where(sql`admin = 1`),
    index("users_bots").on(table.type).where(sql`type <> 'human'`),
    index("users_two_factor").on(table.otpEnabledAt).where(sql`otp_enabled_at is not null`),
    index("users_last_activity")
      .on(table.lastActivityOn, table.id)
      .where(sql`last_activity_on is not null`),
  ],
);

/**
 * Who follows whom. `seq` is the order of following in the whole database. `hidden` says which end
 * is out of sight because its account is not active: 1 the follower, 2 the followed, 3 both.
 */
export const follows = sqliteTable(
  "follows",
  {
    followerId: integer("follower_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    followedId: integer("followed_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    createdAt: integer("created_at").notNull(),
    hidden: integer("hidden").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.followerId, table.followedId] }),
    index("follows_by_time").on(table.followedId, table.hidden, table.seq),
    index("follows_by_follower").on(table.followedId, table.hidden, table.followerId),
  ],
);

/** The last `seq` given out, in one row. */
export const followSequence = sqliteTable("follow_sequence", {
  id: integer("id").primaryKey(),
  value: integer("value").notNull(),
});

export const blocks = sqliteTable(
  "blocks",
  {
    blockerId: integer("blocker_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    blockedId: integer("blocked_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.blockerId, table.blockedId] }),
    index("blocks_blocked_id").on(table.blockedId),
  ],
);

/** Every address of every user; one per user is primary. */
export const emails = sqliteTable(
  "emails",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    primary: flag("is_primary").notNull().default(false),
    visibility: text("visibility", { enum: ["public", "private"] }),
    confirmedAt: milliseconds("confirmed_at"),
    createdAt: milliseconds("created_at").notNull(),
    updatedAt: milliseconds("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("emails_email").on(sql`lower(${table.email})`),
    uniqueIndex("emails_primary").on(table.userId).where(sql`is_primary = 1`),
    index("emails_user_id").on(table.userId),
  ],
);

export const sshKeys = sqliteTable(
  "ssh_keys",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    // Type and base64 blob, without the comment.
    key: text("key").notNull(),
    fingerprintSha256: text("fingerprint_sha256").notNull(),
    fingerprintMd5: text("fingerprint_md5").notNull(),
    usageType: text("usage_type", { enum: ["auth", "signing", "auth_and_signing"] })
      .notNull()
      .default("auth_and_signing"),
    expiresAt: milliseconds("expires_at"),
    lastUsedAt: milliseconds("last_used_at"),
    createdAt: milliseconds("created_at").notNull(),
    updatedAt: milliseconds("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("ssh_keys_fingerprint_sha256").on(table.fingerprintSha256),
    index("ssh_keys_user_id").on(table.userId),
  ],
);

/** One row per issued token; the token itself is a signed text that is nowhere stored. */
export const tokens = sqliteTable(
  "tokens",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    jti: text("jti").notNull(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", {
      enum: ["personal", "impersonation", "site_admin_impersonation", "private"],
    })
      .notNull()
      .default("personal"),
    name: text("name").notNull(),
    description: text("description"),
    // Space-separated words of both vendors.
    scopes: text("scopes").notNull(),
    // Space-separated `permission:level` words; null for a classic token.
    permissions: text("permissions"),
    issuedAt: integer("issued_at").notNull(),
    expiresAt: integer("expires_at"),
    lastUsedAt: milliseconds("last_used_at"),
    revokedAt: milliseconds("revoked_at"),
    createdById: integer("created_by_id"),
    createdAt: milliseconds("created_at").notNull(),
    updatedAt: milliseconds("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("tokens_jti").on(table.jti),
    index("tokens_user_id").on(table.userId),
    // One for each user, to be made again where it was revoked.
    uniqueIndex("tokens_private")
      .on(table.userId)
      .where(sql`kind = 'private' and revoked_at is null`),
  ],
);
