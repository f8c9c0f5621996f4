import type { People } from "./people.ts";

type AuditEvent = People["db"]["tables"]["auditEvents"]["$inferInsert"];

/** Writes down what somebody may ask about later. */
export async function note(
  people: People,
  event: Omit<AuditEvent, "id" | "createdAt">,
): Promise<void> {
  const { auditEvents } = people.db.tables;
  await people.db.write(
    people.db.query.insert(auditEvents).values({ ...event, createdAt: people.clock() }),
  );
}
