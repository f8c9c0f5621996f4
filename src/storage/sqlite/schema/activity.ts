import { index, integer, primaryKey, sql, sqliteTable, text } from "../../drizzle.ts";
import { flag, milliseconds } from "./columns.ts";
import { users } from "./index.ts";

/** Whose the row is; it goes with its user. */
const owner = () =>
  integer("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** What somebody did. `data` holds what only some events have, as JSON. */
export const events = sqliteTable(
  "events",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    authorId: integer("author_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    projectId: integer("project_id"),
    actionName: text("action_name").notNull(),
    targetId: integer("target_id"),
    targetIid: integer("target_iid"),
    targetType: text("target_type"),
    targetTitle: text("target_title"),
    data: text("data", { mode: "json" }),
    createdAt: milliseconds("created_at").notNull(),
  },
  (table) => [
    index("events_author_id").on(table.authorId, table.createdAt),
    index("events_project_id")
      .on(table.projectId, table.createdAt)
      .where(sql`project_id is not null`),
  ],
);

/** What users belong to; the groups and projects themselves are elsewhere. */
export const memberships = sqliteTable(
  "memberships",
  {
    userId: owner(),
    sourceType: text("source_type", { enum: ["Namespace", "Project"] }).notNull(),
    sourceId: integer("source_id").notNull(),
    sourceName: text("source_name").notNull(),
    accessLevel: integer("access_level").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.sourceType, table.sourceId] }),
    index("memberships_source").on(table.sourceType, table.sourceId, table.accessLevel),
  ],
);

/** Groups and projects by number and name alone, so that one without members can be named. */
export const sources = sqliteTable(
  "sources",
  {
    type: text("type", { enum: ["Namespace", "Project"] }).notNull(),
    id: integer("id").notNull(),
    name: text("name").notNull(),
  },
  (table) => [primaryKey({ columns: [table.type, table.id] })],
);

export const runners = sqliteTable("runners", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  runnerType: text("runner_type", {
    enum: ["instance_type", "group_type", "project_type"],
  }).notNull(),
  groupId: integer("group_id"),
  projectId: integer("project_id"),
  description: text("description"),
  maintenanceNote: text("maintenance_note"),
  paused: flag("paused").notNull().default(false),
  locked: flag("locked").notNull().default(false),
  runUntagged: flag("run_untagged").notNull().default(true),
  // Separated by commas.
  tagList: text("tag_list").notNull().default(""),
  accessLevel: text("access_level", { enum: ["not_protected", "ref_protected"] })
    .notNull()
    .default("not_protected"),
  maximumTimeout: integer("maximum_timeout"),
  // SHA-256 of the token, which is shown once.
  tokenDigest: text("token_digest").notNull(),
  createdById: integer("created_by_id").references(() => users.id, { onDelete: "set null" }),
  createdAt: milliseconds("created_at").notNull(),
});

/** Links that were sent by mail, as SHA-256 of their secret part. */
export const mailedLinks = sqliteTable(
  "mailed_links",
  {
    digest: text("digest").primaryKey(),
    userId: owner(),
    purpose: text("purpose", { enum: ["confirm_email", "reset_password"] }).notNull(),
    email: text("email").notNull(),
    expiresAt: milliseconds("expires_at").notNull(),
  },
  (table) => [index("mailed_links_user_id").on(table.userId)],
);

/** What administrators and the program did that somebody may ask about later. */
export const auditEvents = sqliteTable("audit_events", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  // Not a reference: the log outlives the people in it.
  actorId: integer("actor_id"),
  userId: integer("user_id"),
  action: text("action").notNull(),
  details: text("details", { mode: "json" }),
  createdAt: milliseconds("created_at").notNull(),
});
