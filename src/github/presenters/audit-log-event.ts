import { auditOperationOf } from "../../domain/activity/audit-actions.ts";
import type { AuditRow } from "../../domain/activity/audit-queries.ts";
import type { components } from "../../generated/github-types.ts";

type AuditLogEvent = components["schemas"]["audit-log-event"];

/** The server is one enterprise. */
const ENTERPRISE_ID = 1;
const ID_BYTES = 16;

/** The number of an entry as GitHub writes one: 22 letters that say nothing to callers. */
function documentIdOf(id: number): string {
  const bytes = Buffer.alloc(ID_BYTES);
  bytes.writeBigUInt64BE(BigInt(id), ID_BYTES - 8);
  return bytes.toString("base64url");
}

/** Where a list stands: `1601919596413|AAAA…` in base64, as GitHub's cursors. */
export const auditCursorOf = ({ id, createdAt }: Pick<AuditRow, "id" | "createdAt">): string =>
  Buffer.from(`${createdAt}|${documentIdOf(id)}`).toString("base64url");

/** The number of the entry behind a cursor; undefined for what no `auditCursorOf` has written. */
export function idOfAuditCursor(cursor: string): number | undefined {
  const [, documentId = ""] = Buffer.from(cursor, "base64url").toString().split("|");
  const bytes = Buffer.from(documentId, "base64url");
  if (bytes.length !== ID_BYTES) return undefined;
  const id = Number(bytes.readBigUInt64BE(ID_BYTES - 8));
  return Number.isSafeInteger(id) && documentIdOf(id) === documentId ? id : undefined;
}

/** An entry of the audit log as Enterprise Server shows it: members that it has nothing for are left out. */
export function auditLogEvent(row: AuditRow, enterprise: string): AuditLogEvent {
  const details = row.details as Record<string, unknown> | null;
  const { fingerprint } = details ?? {};
  return {
    "@timestamp": row.createdAt,
    _document_id: documentIdOf(row.id),
    action: row.action,
    ...optional("actor", row.actorUsername),
    ...optional("actor_id", row.actorId),
    ...optional("actor_ip", row.ipAddress),
    business: enterprise,
    business_id: ENTERPRISE_ID,
    created_at: row.createdAt,
    ...optional("data", dataOf(row, details)),
    ...optional("fingerprint", typeof fingerprint === "string" ? fingerprint : null),
    ...optional("name", row.targetName),
    operation_type: auditOperationOf(row.action),
    ...optional("request_id", row.requestId),
    ...optional("token_id", row.tokenId),
    ...optional("user", row.username),
    ...optional("user_id", row.userId),
  };
}

const optional = <Name extends string, T>(name: Name, value: T | null) =>
  (value === null ? {} : { [name]: value }) as { [N in Name]?: T };

/** What else there is to say of an entry. */
function dataOf(row: AuditRow, details: Record<string, unknown> | null) {
  const data = {
    ...details,
    ...optional("on_behalf_of", row.onBehalfOfUsername),
    ...optional("on_behalf_of_id", row.onBehalfOfId),
    ...optional("target_type", row.targetType),
    ...optional("target_id", row.targetId),
    ...optional("via", row.via),
  };
  return Object.keys(data).length === 0 ? null : data;
}
