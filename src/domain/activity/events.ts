import { and, asc, desc, eq, gt, inArray, lt, or, type SQL, sql } from "../../storage/drizzle.ts";
import { countUpTo } from "../count-cap.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { type Action, actionNameOf } from "./event-actions.ts";

type Row = Store["engine"]["tables"]["events"]["$inferSelect"];

/** What was pushed, in GitLab's own words. */
export interface PushData {
  commit_count: number;
  action: string;
  ref_type: string;
  commit_from: string | null;
  commit_to: string | null;
  ref: string | null;
  commit_title: string | null;
  ref_count: number | null;
}

/** What only some events have. */
export interface EventData {
  /** As GitLab shows it, except that `author` is null where it is the event's own. */
  note?: Record<string, unknown>;
  wiki_page?: Record<string, unknown>;
  push_data?: PushData;
  /** A push as GitLab's API v3 showed it where it was imported from. */
  push_v3?: Record<string, unknown>;
  /** The action's name where it does not follow from the rest. */
  told?: string;
  /** Imported from elsewhere, where it had this id, or none. */
  imported?: { id: number | null; dated: boolean };
  /** The project is open to all callers. */
  open?: true;
}

/** Something that a user did; times are milliseconds since 1970. */
export interface Event extends Omit<Row, "actionName" | "data"> {
  actionName: Action;
  data: EventData | null;
}

/** The name of an event's action; both versions of GitLab's API use the same words. */
export const eventActionName = ({ actionName, targetType, data }: Event): string =>
  data?.told ?? actionNameOf({ actionName, targetType, push: data?.push_data?.action });

/** Which events are meant. Times are milliseconds since 1970, both ends left out. */
export interface EventFilter {
  action?: string | undefined;
  targetType?: string | undefined;
  before?: number | undefined;
  after?: number | undefined;
}

type Viewer = Pick<User, "id" | "admin"> | undefined;

/**
 * Of which projects events are shown: of open ones to all callers, else to members, administrators
 * and the user who did it. What belongs to no project is public.
 */
function projectsOf(store: Store, viewer: Viewer): SQL | undefined {
  const { events } = store.engine.tables;
  if (viewer?.admin === true) return undefined;
  const open = sql`(${events.projectId} is null or ${store.engine.sql.hasTrue(events.data, "open")})`;
  if (viewer === undefined) return open;
  return or(open, eq(events.authorId, viewer.id), inProjectsOf(store, viewer.id));
}

function inProjectsOf({ engine }: Store, memberId: number): SQL {
  const { events, memberships } = engine.tables;
  const projects = engine.query
    .select({ id: memberships.sourceId })
    .from(memberships)
    .where(and(eq(memberships.userId, memberId), eq(memberships.sourceType, "Project")));
  return inArray(events.projectId, projects);
}

export interface EventPage {
  sort: "asc" | "desc";
  offset: number;
  limit: number;
}

interface EventList {
  events: Event[];
  /** How many there are in all: 10,001 stands for any more. */
  total: number;
}

/** A page of what a user did, as far as the viewer may see it. */
export const eventsOf = (
  store: Store,
  authorId: number,
  viewer: Viewer,
  filter: EventFilter,
  page: EventPage,
): Promise<EventList> => {
  const mine = eq(store.engine.tables.events.authorId, authorId);
  return listWhere(store, and(mine, projectsOf(store, viewer), filtered(store, filter)), page);
};

/** A page of what all users did in the projects that a user is a member of. */
export const eventsAround = (
  store: Store,
  memberId: number,
  filter: EventFilter,
  page: EventPage,
): Promise<EventList> =>
  listWhere(store, and(inProjectsOf(store, memberId), filtered(store, filter)), page);

function filtered(store: Store, { action, targetType, before, after }: EventFilter) {
  const { events } = store.engine.tables;
  return and(
    action === undefined ? undefined : eq(events.actionName, action),
    targetType === undefined ? undefined : eq(events.targetType, targetType),
    before === undefined ? undefined : lt(events.createdAt, before),
    after === undefined ? undefined : gt(events.createdAt, after),
  );
}

async function listWhere(
  { engine }: Store,
  condition: SQL | undefined,
  { sort, offset, limit }: EventPage,
): Promise<EventList> {
  const { events } = engine.tables;
  const order = sort === "asc" ? asc : desc;
  const rows = await engine.query
    .select()
    .from(events)
    .where(condition)
    .orderBy(order(events.createdAt), order(events.id))
    .limit(limit)
    .offset(offset);
  const total = await countUpTo(engine.query, sql`${events}`, condition);
  return { events: rows as Event[], total };
}
