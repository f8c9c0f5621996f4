import { type Event, eventActionName, type PushData } from "../../../domain/activity/events.ts";
import type { User } from "../../../domain/user.ts";
import type { components } from "../../../generated/gitlab-v3-types.ts";
import type { Context } from "../../http/context.ts";
import { userEvents } from "../../operations/events.ts";
import { userOf } from "../../operations/users.ts";
import { timestamp } from "../../presenters/times.ts";
import type { Handler } from "../http/context.ts";
import { userBasic } from "../presenters/index.ts";

type Schemas = components["schemas"];

/** What git calls a commit that is none. */
const NO_COMMIT = "0".repeat(40);
/** Projects are not kept here, so that nothing but their number is known. */
const NO_PROJECT = { name: "", url: "", description: "", homepage: "" };

const refOf = ({ ref, ref_type }: PushData): string =>
  `refs/${ref_type === "tag" ? "tags" : "heads"}/${ref ?? ""}`;

/** The last commit of a push, which is the only one that is kept. */
function commitsOf(push: PushData, event: Event, author: User): Schemas["commit"][] {
  if (push.commit_to === null || push.commit_count === 0) return [];
  return [
    {
      id: push.commit_to,
      message: push.commit_title ?? "",
      timestamp: timestamp(event.createdAt),
      url: "",
      author: { name: nameOf(author), email: author.publicEmail },
    },
  ];
}

const nameOf = ({ name, username }: User): string => (name === "" ? username : name);

function dataOf(event: Event, author: User): Schemas["push-or-null"] {
  const push = event.data?.push_data;
  if (push === undefined) return null;
  const imported = event.data?.push_v3;
  if (imported !== undefined) return imported as Schemas["push-or-null"];
  return {
    before: push.commit_from ?? NO_COMMIT,
    after: push.commit_to ?? NO_COMMIT,
    ref: refOf(push),
    user_id: author.id,
    user_name: nameOf(author),
    repository: NO_PROJECT,
    commits: commitsOf(push, event, author),
    total_commits_count: push.commit_count,
  };
}

/** Notes that are by the event's author show them as they are now. */
function noteOf(note: Record<string, unknown>, author: Schemas["user-basic"]) {
  const by = note.author === null ? { author } : {};
  return { ...note, ...by, upvote: false, downvote: false };
}

function shape(event: Event, author: User, { base }: Context): Schemas["event"] {
  const basic = userBasic(author, base);
  const note = event.data?.note;
  return {
    title: null,
    project_id: event.projectId,
    action_name: eventActionName(event),
    target_id: event.targetId,
    target_type: event.targetType,
    author_id: event.authorId,
    data: dataOf(event, author),
    target_title: event.targetTitle,
    created_at: timestamp(event.createdAt),
    ...(note === undefined ? {} : { note: noteOf(note, basic) }),
    author: basic,
    author_username: author.username,
  };
}

export const listUserEvents: Handler<"listUserEvents"> = async ({ path, query }, context) => {
  const author = await userOf(context, path.id);
  const { shown, headers } = await userEvents(context, author, query);
  return { status: 200, body: shown.map((event) => shape(event, author, context)), headers };
};
