import { activitiesSince, dayOf } from "../../domain/activity/last-activity.ts";
import { dateOf } from "../http/coerce-parameters.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { pageOf, paginateRows } from "../http/pagination.ts";

/** On the same day of the month, or the last where that month has no such day. */
function sixMonthsBefore(now: number): number {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const lastDay = new Date(Date.UTC(year, month - 5, 0)).getUTCDate();
  return Date.UTC(year, month - 6, Math.min(date.getUTCDate(), lastDay));
}

export const listUserActivities: Handler<"listUserActivities"> = async ({ query }, context) => {
  const { admin } = viewerOf(context);
  const { store } = context;
  const from = dayOf(
    query.from === undefined ? sixMonthsBefore(store.clock()) : dateOf(query.from),
  );
  // Links name the day, also when it is the default.
  context.parameters = { from, ...context.parameters };
  const page = pageOf(query);
  const slice = { hidden: admin, offset: page.offset, limit: page.size + 1 };
  const { rows, total } = await activitiesSince(store, from, slice);
  const { shown, headers } = paginateRows(context, page, rows, total);
  const body = shown.map(({ username, lastActivityOn }) => ({
    username,
    last_activity_on: lastActivityOn,
    last_activity_at: lastActivityOn,
  }));
  return { status: 200, body, headers };
};
