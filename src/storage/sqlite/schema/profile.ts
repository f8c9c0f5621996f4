import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "../../drizzle.ts";
import { flag, milliseconds } from "./columns.ts";
import { users } from "./index.ts";

/** Whose the row is; it goes with its user. */
const owner = () =>
  integer("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** Accounts elsewhere that sign in as a user here. */
export const identities = sqliteTable(
  "identities",
  {
    userId: owner(),
    provider: text("provider").notNull(),
    externUid: text("extern_uid").notNull(),
    updatedAt: milliseconds("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.provider] }),
    uniqueIndex("identities_extern_uid").on(table.provider, table.externUid),
  ],
);

/** What a user is doing; no row means no status. */
export const userStatuses = sqliteTable("user_statuses", {
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
export const socialAccounts = sqliteTable(
  "social_accounts",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: owner(),
    url: text("url").notNull(),
  },
  (table) => [uniqueIndex("social_accounts_url").on(table.userId, table.url)],
);

export const userPreferences = sqliteTable(
  "user_preferences",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: owner(),
    viewDiffsFileByFile: flag("view_diffs_file_by_file").notNull().default(false),
    showWhitespaceInDiffs: flag("show_whitespace_in_diffs").notNull().default(true),
    passUserIdentitiesToCiJwt: flag("pass_user_identities_to_ci_jwt").notNull().default(false),
  },
  (table) => [uniqueIndex("user_preferences_user_id").on(table.userId)],
);

/** What administrators noted about users, by names of their own. */
export const customAttributes = sqliteTable(
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

export const gpgKeys = sqliteTable(
  "gpg_keys",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
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
export const sshSigningKeys = sqliteTable(
  "ssh_signing_keys",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
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

/** Pictures that users chose; whoever has none is shown an identicon. */
export const avatars = sqliteTable("avatars", {
  userId: integer("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  fileName: text("file_name").notNull(),
  mediaType: text("media_type").notNull(),
  bytes: blob("bytes", { mode: "buffer" }).notNull(),
  updatedAt: milliseconds("updated_at").notNull(),
});

/** How much of something elsewhere is a user's; no row means none of anything. */
export const userCounts = sqliteTable("user_counts", {
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
