import { type AuditFilter, listAuditPage } from "../../domain/activity/audit-queries.ts";
import { dashboardFigures } from "../../domain/activity/dashboard-figures.ts";
import { countUsers } from "../../domain/users/user-statistics.ts";
import { findUserIdByUsername } from "../../domain/users/users.ts";
import type { PageHandler, PageReply } from "../http/context.ts";
import { auditView, dashboardView } from "../views/admin-dashboard.ts";

const LATEST_COUNT = 8;
const AUDIT_PAGE_SIZE = 50;
const MAX_AUDIT_LINES = 100_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const ROWS_PER_QUERY = 1000;

export const showDashboard: PageHandler = async (_input, context): Promise<PageReply> => {
  const { store } = context;
  const health = await store.engine.probe().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return {
    html: dashboardView(context, {
      counts: await countUsers(store),
      figures: await dashboardFigures(store),
      acts: await listAuditPage(store, {}, { isDescending: true, limit: LATEST_COUNT }),
      health,
    }),
  };
};

/** A day as a date field sends it. */
const dayIn = (text: string | null): number | undefined => {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? undefined : time;
};

export const showAudit: PageHandler = async ({ query }, context): Promise<PageReply> => {
  const { store } = context;
  const username = (query.get("user") ?? "").trim();
  const userId =
    username === "" ? undefined : ((await findUserIdByUsername(store, username)) ?? -1);
  const until = dayIn(query.get("until"));
  const filter: AuditFilter = {
    ...{ userId, action: query.get("action")?.trim().slice(0, 100) || undefined },
    since: dayIn(query.get("since")),
    until: until === undefined ? undefined : until + DAY_MS - 1,
  };
  if (query.get("format") === "ndjson") {
    const lines: string[] = [];
    for (let after: number | undefined; lines.length < MAX_AUDIT_LINES; ) {
      const place = { isDescending: true, after, limit: ROWS_PER_QUERY };
      const rows = await listAuditPage(store, filter, place);
      for (const row of rows) {
        lines.push(JSON.stringify({ ...row, createdAt: new Date(row.createdAt).toISOString() }));
      }
      after = rows.at(-1)?.id;
      if (rows.length < ROWS_PER_QUERY) break;
    }
    return {
      bytes: lines.map((line) => `${line}\n`).join(""),
      type: "application/x-ndjson",
      headers: ["Content-Disposition", 'attachment; filename="audit.ndjson"'],
    };
  }
  const after = Number(query.get("before")) || undefined;
  const place = { isDescending: true, after, limit: AUDIT_PAGE_SIZE + 1 };
  const rows = await listAuditPage(store, filter, place);
  return {
    html: auditView(context, {
      query,
      rows: rows.slice(0, AUDIT_PAGE_SIZE),
      hasMore: rows.length > AUDIT_PAGE_SIZE,
    }),
  };
};
