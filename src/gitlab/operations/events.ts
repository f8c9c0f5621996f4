import {
  type Event,
  type EventFilter,
  type EventPage,
  eventActionName,
  eventsAround,
  eventsOf,
} from "../../domain/activity/events.ts";
import type { ListItem, User } from "../../domain/user.ts";
import { clearExpiredLock } from "../../domain/users/account-lock.ts";
import { byIdOrUsername, listedByIds } from "../../domain/users/users.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { dateOf } from "../http/coerce-parameters.ts";
import {
  type Context,
  type Handler,
  requireCallerInPrivateMode,
  viewerOf,
} from "../http/context.ts";
import { type Page, pageOf, paginateRows } from "../http/pagination.ts";
import { mayReadProfile } from "../presenters/hydrate-user.ts";
import { timestamp } from "../presenters/times.ts";
import { userBasic } from "../presenters/user.ts";

type Shape = components["schemas"]["event"];
type Query = Parameters<Handler<"listUserEvents">>[0]["query"];

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the filter calls things, and what they are called in an event. */
const TARGET_TYPES: Readonly<Record<NonNullable<Query["target_type"]>, string>> = {
  issue: "Issue",
  milestone: "Milestone",
  merge_request: "MergeRequest",
  note: "Note",
  project: "Project",
  snippet: "Snippet",
  user: "User",
  wiki: "WikiPage::Meta",
  design: "DesignManagement::Design",
  epic: "Epic",
};

function shape(event: Event, author: ListItem, { base, store }: Context): Shape {
  const { note, wiki_page, push_data } = event.data ?? {};
  const basic = userBasic(clearExpiredLock(store, author), base);
  return {
    id: event.id,
    project_id: event.projectId,
    action_name: eventActionName(event),
    target_id: event.targetId,
    target_iid: event.targetIid,
    target_type: event.targetType,
    author_id: event.authorId,
    target_title: event.targetTitle,
    created_at: timestamp(event.createdAt),
    ...(note === undefined ? {} : { note: noteShape(note, basic) }),
    author: basic,
    ...(wiki_page === undefined ? {} : { wiki_page }),
    ...(push_data === undefined ? {} : { push_data }),
    author_username: author.username,
  };
}

/** Most notes are by who commented, and show them as they are now. */
const noteShape = (note: Record<string, unknown>, author: Shape["author"]) =>
  note.author === null ? { ...note, author } : note;

/** Both days are left out: before the one begins, after the other is over. */
const filterOf = ({ action, target_type, before, after }: Query): EventFilter => ({
  action,
  targetType: target_type === undefined ? undefined : TARGET_TYPES[target_type],
  before: before === undefined ? undefined : startOfDay(before),
  after: after === undefined ? undefined : startOfDay(after) + DAY_MS - 1,
});

const startOfDay = (text: string): number => Math.floor(dateOf(text) / DAY_MS) * DAY_MS;

/** The part of the list that was asked for, and a row more, to see whether it is the last. */
const partOf = ({ sort = "desc" }: Query, { offset, size }: Page): EventPage => ({
  ...{ sort, offset },
  limit: size + 1,
});

/** A page of what a user did, as far as the viewer may read of it. */
export async function userEvents(context: Context, author: User, query: Query) {
  const page = pageOf(query);
  const { store, viewer } = context;
  const { events, total } = mayReadProfile(context, author)
    ? await eventsOf(store, author.id, viewer, filterOf(query), partOf(query, page))
    : { events: [], total: 0 };
  return paginateRows(context, page, events, total);
}

async function list(context: Context, author: User, query: Query) {
  const { shown, headers } = await userEvents(context, author, query);
  const body = shown.map((event) => shape(event, author, context));
  return { status: 200, body, headers } as const;
}

/** What all members did in the caller's projects. */
async function listAround(context: Context, { id }: User, query: Query) {
  const page = pageOf(query);
  const { store } = context;
  const { events, total } = await eventsAround(store, id, filterOf(query), partOf(query, page));
  const { shown, headers } = paginateRows(context, page, events, total);
  const found = await listedByIds(store, [...new Set(shown.map(({ authorId }) => authorId))]);
  const authors = new Map(found.map((author) => [author.id, author]));
  const body = shown.flatMap((event) => {
    const author = authors.get(event.authorId);
    return author === undefined ? [] : [shape(event, author, context)];
  });
  return { status: 200, body, headers } as const;
}

export const listUserEvents: Handler<"listUserEvents"> = async ({ path, query }, context) => {
  requireCallerInPrivateMode(context);
  return list(context, await byIdOrUsername(context.store, path.id), query);
};

/** Any other scope means nothing. */
export const listEvents: Handler<"listEvents"> = async ({ query }, context) =>
  (query.scope === "all" ? listAround : list)(context, viewerOf(context), query);
