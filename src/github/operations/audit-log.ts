import { type AuditFilter, listAuditPage } from "../../domain/activity/audit-queries.ts";
import { notFound } from "../../domain/errors.ts";
import { validationFailed } from "../http/api-error.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { cursorLinkHeader, pageOf } from "../http/pagination.ts";
import { auditCursorOf, auditLogEvent, idOfAuditCursor } from "../presenters/audit-log-event.ts";
import { parseAuditPhrase } from "../search/parse-audit-phrase.ts";

/** Docs: without `created` in the phrase only events of the past three months are shown. */
const MONTHS_SHOWN = 3;

function threeMonthsBefore(now: number): number {
  const date = new Date(now);
  return date.setUTCMonth(date.getUTCMonth() - MONTHS_SHOWN);
}

function filterOf({ store }: Context, phrase: string): AuditFilter {
  const { conditions, since, until } = parseAuditPhrase(phrase);
  const isDated = since !== undefined || until !== undefined;
  return { conditions, since: isDated ? since : threeMonthsBefore(store.clock()), until };
}

function placeOf(field: "after" | "before", cursor: string | undefined): number | undefined {
  if (cursor === undefined || cursor === "") return undefined;
  const id = idOfAuditCursor(cursor);
  if (id === undefined) throw validationFailed({ resource: "AuditLog", field, code: "invalid" });
  return id;
}

export const getAuditLog: Handler<"enterprise-admin/get-audit-log"> = async (
  { path, query },
  context,
) => {
  // 404 also for callers who are not an owner: they must not learn which enterprises exist.
  if (!viewerOf(context).admin) throw notFound("enterprise");
  const filter = filterOf(context, query.phrase ?? "");
  const after = placeOf("after", query.after);
  const before = placeOf("before", query.before);
  const { offset: numbered, size } = pageOf(query);
  const offset = after === undefined && before === undefined ? numbered : 0;
  const isBackwards = before !== undefined && after === undefined;
  const place = { isDescending: query.order !== "asc", limit: size + 1, after, before, offset };
  const found = query.include === "git" ? [] : await listAuditPage(context.store, filter, place);
  const hasMore = found.length > size;
  const rows = isBackwards ? found.slice(-size) : found.slice(0, size);
  const [first, last] = [rows.at(0), rows.at(-1)];
  const hasNext = isBackwards || hasMore;
  const hasPrevious = isBackwards ? hasMore : after !== undefined || offset > 0;
  const headers = cursorLinkHeader(context, `/enterprises/${path.enterprise}/audit-log`, {
    next: hasNext && last !== undefined ? auditCursorOf(last) : undefined,
    previous: hasPrevious && first !== undefined ? auditCursorOf(first) : undefined,
  });
  const body = rows.map((row) => auditLogEvent(row, path.enterprise));
  return { status: 200, body, headers };
};
