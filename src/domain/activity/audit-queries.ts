import { and, desc, eq, gte, like, lt, lte, or } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

export type AuditRow = Store["engine"]["tables"]["auditEvents"]["$inferSelect"];

/** Which entries of the audit log are wanted. */
export interface AuditFilter {
  /** Who acted, or whom it is about. */
  readonly userId?: number | undefined;
  /** How the action begins. */
  readonly action?: string | undefined;
  /** Milliseconds since 1970, both included. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Entries, the newest first; `before` is the id to go on after. */
export function listAuditEvents(
  { engine }: Store,
  { userId, action, since, until }: AuditFilter,
  before: number | undefined,
  limit: number,
): Promise<AuditRow[]> {
  const { auditEvents: events } = engine.tables;
  return engine.query
    .select()
    .from(events)
    .where(
      and(
        userId === undefined
          ? undefined
          : or(eq(events.userId, userId), eq(events.actorId, userId)),
        action === undefined ? undefined : like(events.action, `${action.replace(/[\\%_]/g, "")}%`),
        since === undefined ? undefined : gte(events.createdAt, since),
        until === undefined ? undefined : lte(events.createdAt, until),
        before === undefined ? undefined : lt(events.id, before),
      ),
    )
    .orderBy(desc(events.id))
    .limit(limit);
}
