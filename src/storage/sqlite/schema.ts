import { integer, sqliteTable } from "../drizzle.ts";
import { declareTables } from "../tables/index.ts";
import { sqliteKit } from "./kit.ts";

// drizzle-kit finds tables by the names that this file exports.
export const {
  auditEvents,
  avatars,
  blocks,
  customAttributes,
  emails,
  events,
  follows,
  gpgKeys,
  identities,
  mailedLinks,
  memberships,
  recoveryCodes,
  runners,
  scimIdentities,
  sessions,
  socialAccounts,
  sources,
  sshKeys,
  sshSigningKeys,
  supportPins,
  tokens,
  userCounts,
  userPreferences,
  userStatuses,
  users,
} = declareTables(sqliteKit);

/** The last `seq` given out, in one row. */
export const followSequence = sqliteTable("follow_sequence", {
  id: integer("id").primaryKey(),
  value: integer("value").notNull(),
});
