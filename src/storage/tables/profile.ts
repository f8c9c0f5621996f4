import { sql } from "../drizzle.ts";
import type { Kit } from "../sqlite/kit.ts";
import { ownedBy, type UsersTable } from "./users.ts";

/** What users say and what is noted about them. */
export function profileTables(kit: Kit, users: UsersTable) {
  const { table, id, integer, text, bytes, flag, milliseconds, index, uniqueIndex, primaryKey } =
    kit;
  const owner = ownedBy(kit, users);

  /** Accounts elsewhere that sign in as a user here. */
  const identities = table(
    "identities",
    {
      userId: owner(),
      provider: text("provider").notNull(),
      externUid: text("extern_uid").notNull(),
      // What identities are found by and unique by: the uid in lower case. Null where an older
      // version stored two that differ in case alone, for all but the first.
      externUidKey: text("extern_uid_key"),
      samlProviderId: integer("saml_provider_id"),
      updatedAt: milliseconds("updated_at").notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.provider] }),
      uniqueIndex("identities_extern_uid_key").on(table.provider, table.externUidKey),
      index("identities_saml_provider_id")
        .on(table.samlProviderId)
        .where(sql`saml_provider_id is not null`),
    ],
  );

  /** Accounts of an identity provider that creates and removes users here (RFC 7644). */
  const scimIdentities = table(
    "scim_identities",
    {
      id: id("id"),
      userId: owner(),
      externUid: text("extern_uid").notNull(),
      groupId: integer("group_id"),
      active: flag("active").notNull().default(true),
    },
    (table) => [
      index("scim_identities_user_id").on(table.userId),
      index("scim_identities_extern_uid").on(table.externUid),
    ],
  );

  /** Numbers by which support recognises a user for some days; one a user. */
  const supportPins = table("support_pins", {
    userId: integer("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    pin: text("pin").notNull(),
    expiresAt: milliseconds("expires_at").notNull(),
  });

  /** What a user is doing; no row means no status. */
  const userStatuses = table("user_statuses", {
    userId: integer("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    emoji: text("emoji").notNull(),
    message: text("message"),
    availability: text("availability", { enum: ["not_set", "busy"] })
      .notNull()
      .default("not_set"),
    clearStatusAt: milliseconds("clear_status_at"),
    createdAt: milliseconds("created_at").notNull().default(0),
    updatedAt: milliseconds("updated_at").notNull().default(0),
  });

  /** Accounts on other sites that a profile links to, in the order in which they were added. */
  const socialAccounts = table(
    "social_accounts",
    { id: id("id"), userId: owner(), url: text("url").notNull() },
    (table) => [uniqueIndex("social_accounts_url").on(table.userId, table.url)],
  );

  const userPreferences = table(
    "user_preferences",
    {
      id: id("id"),
      userId: owner(),
      viewDiffsFileByFile: flag("view_diffs_file_by_file").notNull().default(false),
      showWhitespaceInDiffs: flag("show_whitespace_in_diffs").notNull().default(true),
      passUserIdentitiesToCiJwt: flag("pass_user_identities_to_ci_jwt").notNull().default(false),
    },
    (table) => [uniqueIndex("user_preferences_user_id").on(table.userId)],
  );

  /** What administrators noted about users, by names of their own. */
  const customAttributes = table(
    "custom_attributes",
    {
      userId: owner(),
      key: text("key").notNull(),
      value: text("value").notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.key] }),
      index("custom_attributes_key").on(table.key, table.value),
    ],
  );

  const gpgKeys = table(
    "gpg_keys",
    {
      id: id("id"),
      userId: owner(),
      // Armored, as it was given.
      key: text("key").notNull(),
      fingerprint: text("fingerprint").notNull(),
      // What the user calls it; GitLab's dialect has no names of keys.
      name: text("name"),
      createdAt: milliseconds("created_at").notNull(),
      updatedAt: milliseconds("updated_at").notNull(),
    },
    (table) => [
      uniqueIndex("gpg_keys_fingerprint").on(table.fingerprint),
      index("gpg_keys_user_id").on(table.userId),
    ],
  );

  /** SSH keys that sign commits and open nothing: GitHub keeps them apart from those that do. */
  const sshSigningKeys = table(
    "ssh_signing_keys",
    {
      id: id("id"),
      userId: owner(),
      title: text("title").notNull(),
      // Type and base64 blob, without the comment.
      key: text("key").notNull(),
      fingerprintSha256: text("fingerprint_sha256").notNull(),
      createdAt: milliseconds("created_at").notNull(),
    },
    (table) => [
      uniqueIndex("ssh_signing_keys_fingerprint_sha256").on(table.fingerprintSha256),
      index("ssh_signing_keys_user_id").on(table.userId),
    ],
  );

  /** Pictures that users chose; a user without one is shown an identicon. */
  const avatars = table("avatars", {
    userId: integer("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    fileName: text("file_name").notNull(),
    mediaType: text("media_type").notNull(),
    bytes: bytes("bytes").notNull(),
    updatedAt: milliseconds("updated_at").notNull(),
  });

  /** How much of something elsewhere is a user's; no row means none of anything. */
  const userCounts = table("user_counts", {
    userId: integer("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    groups: integer("groups").notNull().default(0),
    projects: integer("projects").notNull().default(0),
    issues: integer("issues").notNull().default(0),
    mergeRequests: integer("merge_requests").notNull().default(0),
    assignedIssues: integer("assigned_issues").notNull().default(0),
    assignedMergeRequests: integer("assigned_merge_requests").notNull().default(0),
    reviewRequestedMergeRequests: integer("review_requested_merge_requests").notNull().default(0),
    todos: integer("todos").notNull().default(0),
  });

  return {
    identities,
    userStatuses,
    userPreferences,
    customAttributes,
    gpgKeys,
    avatars,
    userCounts,
    socialAccounts,
    sshSigningKeys,
    scimIdentities,
    supportPins,
  };
}
