import { sql } from "../drizzle.ts";
import type { Kit } from "../sqlite/kit.ts";

/** Who did what. */
export function auditTables({ table, id, integer, text, json, milliseconds, index }: Kit) {
  /**
   * Who did what to whom. Ids are no references and names are kept beside them, as the log outlives
   * the users in it.
   */
  const auditEvents = table(
    "audit_events",
    {
      id: id("id"),
      // Who acted: under sudo and with an impersonation token the administrator.
      actorId: integer("actor_id"),
      // The user whom it is about.
      userId: integer("user_id"),
      action: text("action").notNull(),
      // What else there is to know, as JSON; never a secret.
      details: json("details"),
      createdAt: milliseconds("created_at").notNull(),
      actorUsername: text("actor_username"),
      // In whose name, where the actor stood in for a user.
      onBehalfOfId: integer("on_behalf_of_id"),
      onBehalfOfUsername: text("on_behalf_of_username"),
      username: text("username"),
      // What of the user's it is about, where that is a part: a token, a key, an address.
      targetType: text("target_type"),
      targetId: integer("target_id"),
      targetName: text("target_name"),
      // Through which door: a dialect, the pages, the command line.
      via: text("via"),
      ipAddress: text("ip_address"),
      tokenId: integer("token_id"),
      requestId: text("request_id"),
    },
    (table) => [
      index("audit_events_created_at").on(table.createdAt, table.id),
      index("audit_events_user_id").on(table.userId).where(sql`user_id is not null`),
      index("audit_events_actor_id").on(table.actorId).where(sql`actor_id is not null`),
    ],
  );

  return { auditEvents };
}
