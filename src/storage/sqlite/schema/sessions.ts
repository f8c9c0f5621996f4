import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "../../drizzle.ts";
import { milliseconds } from "./columns.ts";
import { users } from "./index.ts";

/** Whose the row is; it goes with its user. */
const owner = () =>
  integer("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** Browsers that are signed in. The cookie is a signed text that is nowhere stored. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
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
export const recoveryCodes = sqliteTable(
  "recovery_codes",
  { userId: owner(), digest: text("digest").notNull() },
  (table) => [primaryKey({ columns: [table.userId, table.digest] })],
);
