import type { Store } from "../store.ts";

type AuditEvent = Store["engine"]["tables"]["auditEvents"]["$inferInsert"];

/** Writes down what somebody may ask about later. */
export async function recordAudit(
  store: Store,
  event: Omit<AuditEvent, "id" | "createdAt">,
): Promise<void> {
  const { auditEvents } = store.engine.tables;
  await store.engine.transaction(
    store.engine.query.insert(auditEvents).values({ ...event, createdAt: store.clock() }),
  );
}
