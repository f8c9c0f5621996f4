import { auditMessageOf } from "../../domain/activity/audit-actions.ts";
import type { AuditRow } from "../../domain/activity/audit-queries.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { timestamp } from "./times.ts";

type AuditEvent = components["schemas"]["audit-event"];

/** How GitLab calls what is about no user, and its number and path. */
const INSTANCE = {
  type: "Gitlab::Audit::InstanceScope",
  id: 1,
  path: "gitlab_instance",
} as const;

/** GitLab's number and name of an author who is no user. */
const NO_USER = { id: -1, name: "An unauthenticated user" } as const;

/**
 * An entry of the audit log as GitLab's Enterprise Edition shows it (docs: Audit events API). Other
 * members of `details` say what changed, as they do there.
 */
export function auditEvent(row: AuditRow): AuditEvent {
  const entity =
    row.userId === null
      ? INSTANCE
      : ({ type: "User", id: row.userId, path: row.username ?? "" } as const);
  const own = row.targetType === null;
  return {
    id: row.id,
    author_id: row.actorId ?? NO_USER.id,
    entity_id: entity.id,
    entity_type: entity.type,
    details: {
      ...(row.details as Record<string, unknown> | null),
      event_name: row.action,
      author_name: row.actorUsername ?? NO_USER.name,
      author_class: "User",
      ...(row.onBehalfOfUsername === null ? {} : { on_behalf_of: row.onBehalfOfUsername }),
      target_id: own ? entity.id : row.targetId,
      target_type: own ? entity.type : (row.targetType ?? ""),
      target_details: own ? entity.path : row.targetName,
      custom_message: auditMessageOf(row.action),
      ip_address: row.ipAddress,
      entity_path: entity.path,
    },
    created_at: timestamp(row.createdAt),
  };
}
