import { and, asc, desc, eq, gt, gte, like, lt, lte, or } from "../../storage/drizzle.ts";
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

function conditionOf({ engine }: Store, { userId, action, since, until }: AuditFilter) {
  const { auditEvents: events } = engine.tables;
  return and(
    userId === undefined ? undefined : or(eq(events.userId, userId), eq(events.actorId, userId)),
    action === undefined ? undefined : like(events.action, `${action.replace(/[\\%_]/g, "")}%`),
    since === undefined ? undefined : gte(events.createdAt, since),
    until === undefined ? undefined : lte(events.createdAt, until),
  );
}

/** Entries, the newest first; `before` is the id to go on after. */
export function listAuditEvents(
  store: Store,
  filter: AuditFilter,
  before: number | undefined,
  limit: number,
): Promise<AuditRow[]> {
  const { auditEvents: events } = store.engine.tables;
  const earlier = before === undefined ? undefined : lt(events.id, before);
  return store.engine.query
    .select()
    .from(events)
    .where(and(conditionOf(store, filter), earlier))
    .orderBy(desc(events.id))
    .limit(limit);
}

/** Entries that came after one, the oldest first. */
export function listAuditEventsAfter(
  store: Store,
  filter: AuditFilter,
  after: number,
  limit: number,
): Promise<AuditRow[]> {
  const { auditEvents: events } = store.engine.tables;
  return store.engine.query
    .select()
    .from(events)
    .where(and(conditionOf(store, filter), gt(events.id, after)))
    .orderBy(asc(events.id))
    .limit(limit);
}
