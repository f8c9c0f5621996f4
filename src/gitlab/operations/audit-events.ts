import {
  type AuditFilter,
  countAuditEvents,
  findAuditEvent,
  listAuditPage,
} from "../../domain/activity/audit-queries.ts";
import type { components, operations } from "../../generated/gitlab-v4-types.ts";
import { badRequest, noRecord } from "../http/api-error.ts";
import { dateOf } from "../http/coerce-parameters.ts";
import { type Context, type Handler, requireAdmin } from "../http/context.ts";
import { cursorOf, keysetHeaders, placeOf } from "../http/keyset-pagination.ts";
import { MAX_SHOWN_COUNT, pageHeaders, pageOf, paginateRows } from "../http/pagination.ts";
import { auditEvent } from "../presenters/audit-event.ts";
import { noKeyset, requireShallow } from "./deep-pages.ts";

type Query = NonNullable<operations["listAuditEvents"]["parameters"]["query"]>;
type Page = { body: components["schemas"]["audit-event"][]; headers: string[] };

/** The number of the one instance. */
const INSTANCE_ID = 1;

const timeOf = (text: string | undefined): number | undefined =>
  text === undefined || text === "" ? undefined : dateOf(text);

/** Undefined where nothing is there to be found: there are no groups and projects. */
function filterOf(query: Query): AuditFilter | undefined {
  const { entity_type: type, entity_id: id } = query;
  const since = timeOf(query.created_after);
  const until = timeOf(query.created_before);
  switch (type) {
    case undefined:
      return { since, until };
    case "User":
      return { since, until, about: id ?? "users" };
    case "Gitlab::Audit::InstanceScope":
      return id === undefined || id === INSTANCE_ID
        ? { since, until, about: "instance" }
        : undefined;
    case "Group":
    case "Project":
      return undefined;
  }
}

export const listAuditEvents: Handler<"listAuditEvents"> = async ({ query }, context) => {
  requireAdmin(context);
  if ("entity_id" in context.parameters && !("entity_type" in context.parameters)) {
    throw badRequest("entity_type is missing");
  }
  const filter = filterOf(query);
  const page = query.pagination === "keyset" ? keysetPage : numberedPage;
  return { status: 200, ...(await page(context, filter, query)) };
};

async function numberedPage(
  context: Context,
  filter: AuditFilter | undefined,
  query: Query,
): Promise<Page> {
  const page = pageOf(query);
  requireShallow(page, "AuditEvent");
  if (filter === undefined) return { body: [], headers: pageHeaders(context, page, 0) };
  const { store } = context;
  const total = await countAuditEvents(store, filter, MAX_SHOWN_COUNT + 1);
  const place = { isDescending: true, offset: page.offset, limit: page.size + 1 };
  const rows = await listAuditPage(store, filter, place);
  const { shown, headers } = paginateRows(context, page, rows, total);
  return { body: shown.map(auditEvent), headers };
}

/** The vendor knows this one order alone (docs: REST API, supported resources of keysets). */
async function keysetPage(
  context: Context,
  filter: AuditFilter | undefined,
  query: Query,
): Promise<Page> {
  const { order_by: by = "id", sort = "desc" } = query;
  if (by !== "id" || sort !== "desc") throw noKeyset();
  const { size } = pageOf(query);
  const after = placeOf("id", query.cursor)?.id;
  if (filter === undefined) return { body: [], headers: [] };
  const place = { isDescending: true, after, limit: size + 1 };
  const rows = await listAuditPage(context.store, filter, place);
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  const cursor =
    rows.length > size && last !== undefined
      ? cursorOf("id", { id: last.id, value: last.id })
      : undefined;
  return { body: shown.map(auditEvent), headers: keysetHeaders(context, cursor) };
}

export const getAuditEvent: Handler<"getAuditEvent"> = async ({ path }, context) => {
  requireAdmin(context);
  const row = await findAuditEvent(context.store, path.id);
  if (row === undefined) throw noRecord();
  return { status: 200, body: auditEvent(row) };
};
