import type { Kit } from "../sqlite/kit.ts";
import type { UsersTable } from "./users.ts";

/** Who follows and who blocks whom. */
export function followTables(
  { table, integer, small, seconds, index, primaryKey }: Kit,
  users: UsersTable,
) {
  /**
   * Who follows whom. `seq` is the order of following in the whole database. `hidden` says which end
   * is out of sight because its account is not active: 1 the follower, 2 the followed, 3 both.
   */
  const follows = table(
    "follows",
    {
      followerId: integer("follower_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      followedId: integer("followed_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      seq: integer("seq").notNull(),
      createdAt: seconds("created_at").notNull(),
      hidden: small("hidden").notNull().default(0),
    },
    (table) => [
      primaryKey({ columns: [table.followerId, table.followedId] }),
      index("follows_by_time").on(table.followedId, table.hidden, table.seq),
      index("follows_by_follower").on(table.followedId, table.hidden, table.followerId),
    ],
  );

  const blocks = table(
    "blocks",
    {
      blockerId: integer("blocker_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      blockedId: integer("blocked_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      createdAt: seconds("created_at").notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.blockerId, table.blockedId] }),
      index("blocks_blocked_id").on(table.blockedId),
    ],
  );

  return { follows, blocks };
}
