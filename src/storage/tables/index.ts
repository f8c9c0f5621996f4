import type { Kit } from "../sqlite/kit.ts";
import { activityTables } from "./activity.ts";
import { auditTables } from "./audit.ts";
import { credentialTables } from "./credentials.ts";
import { followTables } from "./follows.ts";
import { profileTables } from "./profile.ts";
import { sessionTables } from "./sessions.ts";
import { usersTable } from "./users.ts";

/** The tables that the rules know, as an engine's kit makes them. Every engine has all of them. */
export function declareTables(kit: Kit) {
  const users = usersTable(kit);
  return {
    users,
    ...followTables(kit, users),
    ...credentialTables(kit, users),
    ...profileTables(kit, users),
    ...activityTables(kit, users),
    ...auditTables(kit),
    ...sessionTables(kit, users),
  };
}

export type Tables = ReturnType<typeof declareTables>;
