import type { Kit } from "../sqlite/kit.ts";
import { ownedBy, type UsersTable } from "./users.ts";

/** How browsers are signed in. */
export function sessionTables(kit: Kit, users: UsersTable) {
  const { table, id, text, milliseconds, index, uniqueIndex, primaryKey } = kit;
  const owner = ownedBy(kit, users);

  /** Browsers that are signed in. The cookie is a signed text that is nowhere stored. */
  const sessions = table(
    "sessions",
    {
      id: id("id"),
      jti: text("jti").notNull(),
      userId: owner(),
      // The address and the program that signed in, as the owner is shown them.
      ip: text("ip"),
      userAgent: text("user_agent"),
      lastSeenAt: milliseconds("last_seen_at").notNull(),
      expiresAt: milliseconds("expires_at").notNull(),
      createdAt: milliseconds("created_at").notNull(),
    },
    (table) => [
      uniqueIndex("sessions_jti").on(table.jti),
      index("sessions_user_id").on(table.userId),
      index("sessions_expires_at").on(table.expiresAt),
    ],
  );

  /** Codes that stand in for a lost authenticator app, once each, as SHA-256 of the code. */
  const recoveryCodes = table(
    "recovery_codes",
    { userId: owner(), digest: text("digest").notNull() },
    (table) => [primaryKey({ columns: [table.userId, table.digest] })],
  );

  return { sessions, recoveryCodes };
}
