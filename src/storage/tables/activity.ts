import { sql } from "../drizzle.ts";
import type { Kit } from "../sqlite/kit.ts";
import { ownedBy, type UsersTable } from "./users.ts";

/** What users do and belong to. */
export function activityTables(kit: Kit, users: UsersTable) {
  const { table, id, integer, text, json, flag, milliseconds, index, primaryKey } = kit;
  const owner = ownedBy(kit, users);

  /** What a user did. `data` holds what only some events have, as JSON. */
  const events = table(
    "events",
    {
      id: id("id"),
      authorId: integer("author_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      projectId: integer("project_id"),
      actionName: text("action_name").notNull(),
      targetId: integer("target_id"),
      targetIid: integer("target_iid"),
      targetType: text("target_type"),
      targetTitle: text("target_title"),
      data: json("data"),
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
  const memberships = table(
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
  const sources = table(
    "sources",
    {
      type: text("type", { enum: ["Namespace", "Project"] }).notNull(),
      id: integer("id").notNull(),
      name: text("name").notNull(),
    },
    (table) => [primaryKey({ columns: [table.type, table.id] })],
  );

  const runners = table("runners", {
    id: id("id"),
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

  return { events, memberships, runners, sources };
}
