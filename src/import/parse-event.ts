import { actionNameOf, findAction } from "../domain/activity/event-actions.ts";
import type { EventData, PushData } from "../domain/activity/events.ts";
import type { EventRow } from "../storage/bulk.ts";

/** What a line says of its author: GitLab's events name them twice and number them once. */
export interface Author {
  username?: string | undefined;
  id?: number | undefined;
}

type EventLine = Omit<EventRow, "authorId"> & { author: Author };

/** Says in the end of a sentence what is wrong with a line. */
export class EventParseError extends Error {
  override name = "EventParseError";
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an event as GitLab's API v4 shows it. `open` says that its project is open to all callers.
 * Throws `EventParseError`.
 */
export function eventOf(text: string, open: boolean): EventLine {
  const event = fieldsOf(parsed(text), "it");
  const word = textOf(event, "action_name") ?? missing("action_name");
  const actionName = findAction(word);
  if (actionName === undefined)
    throw new EventParseError(`“${word}” is no action_name of GitLab's.`);
  const author = authorOf(event);
  const old = event.data === undefined || event.data === null ? undefined : event.data;
  const isOldPush = old !== undefined && event.push_data === undefined;
  const push = isOldPush
    ? pushOfV3(fieldsOf(old, "data"))
    : event.push_data === undefined
      ? undefined
      : pushOf(event.push_data);
  const targetType = textOf(event, "target_type");
  const createdAt = timeOf(event);
  const sourceId = numberOf(event, "id");
  const told = actionNameOf({ actionName, targetType, push: push?.action });
  const data: EventData = {
    ...(event.note === undefined ? {} : { note: noteOf(event.note, author) }),
    ...(event.wiki_page === undefined ? {} : { wiki_page: fieldsOf(event.wiki_page, "wiki_page") }),
    ...(push === undefined ? {} : { push_data: push }),
    ...(isOldPush ? { push_v3: fieldsOf(old, "data") } : {}),
    ...(told === word ? {} : { told: word }),
    imported: { id: sourceId, dated: createdAt !== null },
    ...(open ? { open } : {}),
  };
  return {
    ...{ author, actionName, targetType, createdAt, sourceId },
    projectId: numberOf(event, "project_id"),
    targetId: numberOf(event, "target_id"),
    targetIid: numberOf(event, "target_iid"),
    targetTitle: textOf(event, "target_title"),
    data: JSON.stringify(data),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EventParseError("it is not JSON.");
  }
}

function fieldsOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new EventParseError(`${name} is not an object.`);
}

function missing(name: string): never {
  throw new EventParseError(`${name} is missing.`);
}

function textOf(fields: Fields, name: string): string | null {
  const value = fields[name] ?? null;
  if (value !== null && typeof value !== "string") {
    throw new EventParseError(`${name} is not a text.`);
  }
  if (value?.includes("\0") === true) {
    throw new EventParseError(`${name} has a character that no text may have.`);
  }
  return value;
}

function numberOf(fields: Fields, name: string): number | null {
  const value = fields[name] ?? null;
  if (value === null || (Number.isSafeInteger(value) && (value as number) >= 0)) {
    return value as number | null;
  }
  throw new EventParseError(`${name} is not a whole number.`);
}

function authorOf(event: Fields): Author {
  const author = event.author === undefined ? {} : fieldsOf(event.author ?? {}, "author");
  const username = textOf(author, "username") ?? textOf(event, "author_username") ?? undefined;
  const id = numberOf(event, "author_id") ?? undefined;
  if (username === undefined && id === undefined) throw new EventParseError("it names no author.");
  return { username, id };
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** The vendor's own examples leave it out here and there. */
function timeOf(event: Fields): number | null {
  const text = textOf(event, "created_at");
  if (text === null) return null;
  const time = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new EventParseError("created_at is not a time, as 2024-05-31T08:00:00Z.");
  return time;
}

function pushOf(value: unknown): PushData {
  const push = fieldsOf(value, "push_data");
  return {
    commit_count: numberOf(push, "commit_count") ?? missing("push_data.commit_count"),
    action: textOf(push, "action") ?? missing("push_data.action"),
    ref_type: textOf(push, "ref_type") ?? missing("push_data.ref_type"),
    commit_from: textOf(push, "commit_from"),
    commit_to: textOf(push, "commit_to"),
    ref: textOf(push, "ref"),
    commit_title: textOf(push, "commit_title"),
    ref_count: numberOf(push, "ref_count"),
  };
}

const NO_COMMIT = /^0+$/;

/** A push as GitLab's API v3 has it, in the words of v4. */
function pushOfV3(data: Fields): PushData {
  const [before, after] = [textOf(data, "before"), textOf(data, "after")];
  const ref = textOf(data, "ref") ?? missing("data.ref");
  const [isNew, isGone] = [before, after].map(
    (commit) => commit === null || NO_COMMIT.test(commit),
  );
  const commits = Array.isArray(data.commits) ? data.commits : [];
  const last = commits.at(-1) as { message?: unknown } | undefined;
  const message = typeof last?.message === "string" ? last.message : null;
  return {
    commit_count: numberOf(data, "total_commits_count") ?? commits.length,
    action: isNew ? "created" : isGone ? "removed" : "pushed",
    ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
    commit_from: isNew ? null : before,
    commit_to: isGone ? null : after,
    ref: ref.replace(/^refs\/(?:heads|tags)\//, ""),
    commit_title: message?.split("\n")[0] ?? null,
    ref_count: null,
  };
}

const KEPT: ReadonlySet<string> = new Set([
  ...["id", "project_id", "action_name", "target_id", "target_iid", "target_type", "target_title"],
  ...[
    "author_id",
    "author",
    "author_username",
    "created_at",
    "note",
    "wiki_page",
    "push_data",
    "data",
  ],
]);

/** The members of a line that say something and are not kept. */
export function droppedMembers(text: string): string[] {
  return Object.entries(fieldsOf(parsed(text), "it"))
    .filter(([name, value]) => !KEPT.has(name) && value !== null && value !== false)
    .map(([name]) => name);
}

/** A note shows its author as they are later, so it is kept without them. */
function noteOf(value: unknown, { username }: Author): Record<string, unknown> {
  const note = fieldsOf(value, "note");
  if (note.author === undefined || note.author === null) return note;
  const writer = textOf(fieldsOf(note.author, "note.author"), "username");
  const isOwn = writer !== null && writer.toLowerCase() === username?.toLowerCase();
  return isOwn ? { ...note, author: null } : note;
}
