import { declareTables } from "../tables/index.ts";
import { pg } from "./drizzle.ts";
import { postgresKit } from "./kit.ts";

const tables = declareTables(postgresKit);

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
} = tables;

const bigint = (name: string) => pg.bigint(name, { mode: "number" });

/**
 * The counters of a user's follows: a user's numbers are the sums of up to 16 rows, so that many
 * who follow one user at once do not wait for each other. `changes` counts every change of either
 * list; `counted_at` is the second of the last one.
 */
export const followCounts = pg.pgTable(
  "follow_counts",
  {
    userId: bigint("user_id")
      .notNull()
      .references(() => users.id as never, { onDelete: "cascade" }),
    shard: pg.smallint("shard").notNull(),
    followers: bigint("followers").notNull().default(0),
    following: bigint("following").notNull().default(0),
    changes: bigint("changes").notNull().default(0),
    countedAt: bigint("counted_at").notNull().default(0),
  },
  (table) => [pg.primaryKey({ columns: [table.userId, table.shard] })],
);

/**
 * What nodes may go on remembering: 64 slots for what is remembered of users (by id & 63), and 16
 * for who there is. Triggers move them; src/storage/postgres/barrier.ts reads them.
 */
export const versions = pg.pgTable("versions", {
  slot: pg.smallint("slot").primaryKey(),
  value: bigint("value").notNull().default(0),
});

/** Facts about the database that nodes hold themselves against, such as the key's fingerprint. */
export const instanceFacts = pg.pgTable("instance_facts", {
  name: pg.text("name").primaryKey(),
  value: pg.text("value").notNull(),
});

/** Counts of limits in windows of time, unlogged: no count waits for the disk. */
export const rateLimits = pg.pgTable("rate_limits", {
  key: pg.text("key").primaryKey(),
  used: bigint("used").notNull(),
  endsAt: bigint("ends_at").notNull(),
});
