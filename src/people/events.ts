import { and, asc, count, desc, eq, gt, lt, type SQL, sql } from "../storage/drizzle.ts";
import { type Action, wordOf } from "./event-words.ts";
import type { People } from "./people.ts";
import type { User } from "./users.ts";

type Row = People["db"]["tables"]["events"]["$inferSelect"];

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
  /** How the action is told where that does not follow from the rest. */
  told?: string;
  /** Imported from elsewhere, where it had this id, or none. */
  imported?: { id: number | null; dated: boolean };
  /** The project is open to everybody. */
  open?: true;
}

/** Something that somebody did; times are milliseconds since 1970. */
export interface Event extends Omit<Row, "actionName" | "data"> {
  actionName: Action;
  data: EventData | null;
}

/** How an event's action is told; both versions of GitLab's API use the same words. */
export const actionTold = ({ actionName, targetType, data }: Event): string =>
  data?.told ?? wordOf({ actionName, targetType, push: data?.push_data?.action });

/** Which events are meant. Times are milliseconds since 1970, both ends left out. */
export interface EventFilter {
  action?: string | undefined;
  targetType?: string | undefined;
  before?: number | undefined;
  after?: number | undefined;
}

/** Above this many nobody is told how many there are. */
const COUNTED = 10_001;

interface Happening {
  actionName: Action;
  targetType?: "Key" | "GpgKey";
  targetId?: SQL<number>;
  targetTitle?: string;
}

/**
 * The statement that notes what somebody does, to be given to the write that does it. Follows are
 * not noted: GitLab has no word for them, and each would cost half as much again.
 */
export function noting(
  people: People,
  authorId: number | SQL<number>,
  happening: Happening,
  now: number,
) {
  const { events } = people.db.tables;
  return people.db.query.insert(events).values({ authorId, ...happening, createdAt: now });
}

/** The statement that takes the title from what was noted of something that is gone. */
export function untitling(people: People, authorId: number, type: "Key", id: number) {
  const { events } = people.db.tables;
  const noted = and(
    eq(events.authorId, authorId),
    eq(events.targetType, type),
    eq(events.targetId, id),
  );
  return people.db.query.update(events).set({ targetTitle: null }).where(noted);
}

/** Of which projects events are shown: all to their author and administrators, else one's own. */
function projectsOf(people: People, viewer: Pick<User, "id" | "admin"> | undefined): SQL {
  const { events, memberships } = people.db.tables;
  if (viewer === undefined) return sql`${events.projectId} is null`;
  if (viewer.admin) return sql`true`;
  return sql`(${events.projectId} is null or ${events.authorId} = ${viewer.id}
    or ${isMember(events.projectId, viewer.id)})`;

  function isMember(project: typeof events.projectId, id: number): SQL {
    return sql`exists (select 1 from ${memberships} where source_type = 'Project'
      and source_id = ${project} and user_id = ${id})`;
  }
}

/**
 * A page of what a user did, as far as the viewer may see it, and how many there are: 10,001 stands
 * for any more.
 */
export async function eventsOf(
  people: People,
  authorId: number,
  viewer: Pick<User, "id" | "admin"> | undefined,
  filter: EventFilter,
  { sort, offset, limit }: { sort: "asc" | "desc"; offset: number; limit: number },
): Promise<{ events: Event[]; total: number }> {
  const { events } = people.db.tables;
  const { action, targetType, before, after } = filter;
  const wanted = and(
    eq(events.authorId, authorId),
    projectsOf(people, viewer),
    action === undefined ? undefined : eq(events.actionName, action),
    targetType === undefined ? undefined : eq(events.targetType, targetType),
    before === undefined ? undefined : lt(events.createdAt, before),
    after === undefined ? undefined : gt(events.createdAt, after),
  );
  const order = sort === "asc" ? asc : desc;
  const rows = await people.db.query
    .select()
    .from(events)
    .where(wanted)
    .orderBy(order(events.createdAt), order(events.id))
    .limit(limit)
    .offset(offset);
  const found = people.db.query
    .select({ id: events.id })
    .from(events)
    .where(wanted)
    .limit(COUNTED)
    .as("found");
  const [{ total } = { total: 0 }] = await people.db.query.select({ total: count() }).from(found);
  return { events: rows as Event[], total };
}
