import { eq, sql } from "../../storage/drizzle.ts";
import { auditStatement } from "../activity/audit-log.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";

/** The statement of a sign-in that worked: its counters, times and addresses. */
export function signInStatements(store: Store, user: Pick<User, "id" | "username">, ip?: string) {
  const { users } = store.engine.tables;
  const { currentSignInAt, currentSignInIp } = users;
  const now = store.clock();
  return [
    store.engine.query
      .update(users)
      .set({
        signInCount: sql`${users.signInCount} + 1`,
        lastSignInAt: sql`coalesce(${currentSignInAt}, ${now})`,
        lastSignInIp: sql`coalesce(${currentSignInIp}, ${ip ?? null})`,
        currentSignInAt: now,
        currentSignInIp: ip ?? null,
        failedAttempts: 0,
        lockedAt: null,
      })
      .where(eq(users.id, user.id)),
    auditStatement(store, { action: "user.login", userId: user.id, actor: user }),
  ];
}
