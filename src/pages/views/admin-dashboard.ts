import type { AuditRow } from "../../domain/activity/audit-queries.ts";
import type { DashboardFigures } from "../../domain/activity/dashboard-figures.ts";
import type { UserCounts } from "../../domain/users/user-statistics.ts";
import type { PageContext } from "../http/context.ts";
import { adminLayout } from "./admin.ts";
import { field, pagination } from "./forms.ts";
import { html, number, type Piece, plural, type SafeHtml, time, when } from "./html.ts";
import { userItem } from "./users.ts";

interface Dashboard {
  readonly counts: UserCounts;
  readonly figures: DashboardFigures | undefined;
  readonly acts: readonly AuditRow[];
  readonly health: string | undefined;
}

const CARDS: readonly (readonly [filter: string, label: string, count: keyof UserCounts])[] = [
  ["all", "users", "total"],
  ["active", "active", "active"],
  ["admins", "admins", "admins"],
  ["blocked_pending_approval", "waiting for approval", "pending"],
  ["blocked", "blocked", "blocked"],
  ["banned", "banned", "banned"],
  ["deactivated", "deactivated", "deactivated"],
  ["bots", "bots", "bots"],
];

export const dashboardView = (context: PageContext, data: Dashboard): SafeHtml =>
  adminLayout(context, {
    title: "Dashboard",
    path: "/admin",
    main: html`<h2>Users</h2>
<ul class="cards">${CARDS.map(([filter, label, count]) => html`<li><a href="/admin/users?filter=${filter}"><b>${number(data.counts[count])}</b>${label}</a></li>`)}</ul>
${figures(data.figures)}
<h2>Last administrative acts</h2>
${data.acts.length === 0 ? html`<p class="muted">Nothing was done yet.</p>` : auditTable(data.acts)}
<h2>Health</h2>${health(context, data.health)}`,
  });

function figures(all: DashboardFigures | undefined): Piece {
  if (all === undefined) {
    return html`<div id="figures" data-refresh><h2>New users and follows</h2><p class="muted">They are being counted.</p></div>`;
  }
  return html`<div id="figures"><div class="columns">
<div><h2>New users a day</h2>${plot("New users a day", all.users, all.from)}</div>
<div><h2>New follows a day</h2>${plot("New follows a day", all.follows, all.from)}</div></div>
<h2>Most followed</h2>
${all.mostFollowed.length === 0 ? html`<p class="muted">There are no follows yet.</p>` : html`<ul class="people">${all.mostFollowed.map((user) => userItem(user, html`<span class="muted">${plural(user.followers, "follower")}</span>`))}</ul>`}</div>`;
}

const WIDTH_PX = 480;
const HEIGHT_PX = 140;
const FLOOR = HEIGHT_PX - 18;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A bar a day, drawn by the server; the numbers stand in each bar's title and in the label. */
function plot(label: string, values: readonly number[], from: number): Piece {
  const most = Math.max(1, ...values);
  const step = WIDTH_PX / values.length;
  const dayOf = (place: number) => new Date(from + place * DAY_MS).toISOString().slice(0, 10);
  const total = values.reduce((sum, value) => sum + value, 0);
  return html`<svg class="plot" viewBox="0 0 ${WIDTH_PX} ${HEIGHT_PX}" role="img" aria-label="${label}: ${total} in ${values.length} days, at most ${Math.max(...values)} in one">
<line x1="0" y1="${FLOOR}" x2="${WIDTH_PX}" y2="${FLOOR}"></line>
${values.map((value, place) => {
  const height = Math.round((value / most) * (FLOOR - 14));
  return html`<rect class="bar-of" x="${(place * step + 1).toFixed(1)}" y="${FLOOR - height}" width="${(step - 2).toFixed(1)}" height="${height}"><title>${dayOf(place)}: ${number(value)}</title></rect>`;
})}
<text x="0" y="${HEIGHT_PX - 4}">${dayOf(0)}</text><text x="${WIDTH_PX}" y="${HEIGHT_PX - 4}" text-anchor="end">${dayOf(values.length - 1)}</text>
<text x="0" y="10">${number(most)}</text></svg>`;
}

const MEGABYTE = 2 ** 20;

/** A row of bytes, where they are known. */
const bytes = (name: string, value: number | undefined): [string, Piece][] =>
  value === undefined ? [] : [[name, `${number(Math.ceil(value / MEGABYTE))} MB`]];

function health({ settings }: PageContext, problem: string | undefined): Piece {
  const { rss, heapUsed } = process.memoryUsage();
  const { databaseBytes, logBytes, freeBytes, lastBackupAt } = settings.figures?.() ?? {};
  const isOnDisk = databaseBytes !== undefined;
  const minutes = Math.round(process.uptime() / 60);
  const rows: [string, Piece][] = [
    [
      "Database",
      problem === undefined
        ? `${settings.database} answers`
        : html`<span class="error">${settings.database}: ${problem}</span>`,
    ],
    ...bytes("Size", databaseBytes),
    ...bytes("Log", logBytes),
    ...bytes("Free on disk", freeBytes),
    ...(isOnDisk ? [["Last backup", time(lastBackupAt)] satisfies [string, Piece]] : []),
    [
      "Memory",
      `${Math.round(rss / MEGABYTE)} MB, of which ${Math.round(heapUsed / MEGABYTE)} MB are JavaScript's`,
    ],
    ["Up for", plural(minutes, "minute")],
    ["Version", `followd ${settings.version}, Node ${process.versions.node}`],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<p class="small"><a href="/-/readiness">Readiness</a> · <a href="/-/metrics">Metrics</a></p>`;
}

/** Who did what to whom, from where and in whose name. */
const auditTable = (
  rows: readonly AuditRow[],
): Piece => html`<div class="scroll" tabindex="0" role="region" aria-label="Audit log"><table>
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">Did</th><th scope="col">To whom</th><th scope="col">From</th><th scope="col">More</th></tr></thead>
<tbody>${rows.map(
  (row) => html`<tr><td>${time(row.createdAt)}</td>
<td>${row.actorUsername ?? row.actorId ?? "the program"}${when(row.onBehalfOfUsername, () => html` as ${row.onBehalfOfUsername}`)}</td>
<td>${row.action}</td><td>${row.username ?? row.userId}${when(row.targetName ?? row.targetType, () => html` (${row.targetType} ${row.targetName})`)}</td>
<td>${row.ipAddress}${when(row.via, () => html` <span class="muted">${row.via}</span>`)}</td>
<td class="break small">${row.details === null ? undefined : JSON.stringify(row.details)}</td></tr>`,
)}</tbody></table></div>`;

export function auditView(
  context: PageContext,
  { query, rows, hasMore }: { query: URLSearchParams; rows: readonly AuditRow[]; hasMore: boolean },
): SafeHtml {
  const at = (more: Record<string, string>) => {
    const all = new URLSearchParams(
      [...query].filter(([name, value]) => value !== "" && name !== "before"),
    );
    for (const [name, value] of Object.entries(more)) all.set(name, value);
    return `/admin/audit?${all.toString()}`;
  };
  const value = (name: string) => query.get(name) ?? "";
  const last = rows.at(-1);
  return adminLayout(context, {
    title: "Audit log",
    path: "/admin/audit",
    main: html`<form action="/admin/audit" class="columns">
${field({ name: "user", label: "User", value: value("user"), maxlength: 255, hint: "Who acted, or whom it is about." })}
${field({ name: "action", label: "Action begins with", value: value("action"), maxlength: 100 })}
${field({ name: "since", label: "Since", type: "date", value: value("since") })}
${field({ name: "until", label: "Until", type: "date", value: value("until") })}
<div class="actions"><button>Filter</button> <a class="button" href="${at({ format: "ndjson" })}">Download NDJSON</a></div></form>
${rows.length === 0 ? html`<p class="muted">Nothing was found.</p>` : auditTable(rows)}
${pagination(query.get("before") === null ? undefined : at({}), hasMore && last !== undefined ? at({ before: String(last.id) }) : undefined)}`,
  });
}
