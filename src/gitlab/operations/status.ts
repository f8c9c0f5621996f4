import { emojis } from "../../domain/profile/emojis.ts";
import {
  type Status,
  type StatusUpdate,
  setStatus,
  statusOf,
} from "../../domain/profile/statuses.ts";
import { byIdOrUsername } from "../../domain/users/users.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import {
  type Context,
  type Handler,
  requireCallerInPrivateMode,
  viewerOf,
} from "../http/context.ts";
import { checkModel } from "../http/model-errors.ts";
import { statusHtml } from "../presenters/status-html.ts";
import { timestamp } from "../presenters/times.ts";

type Shape = components["schemas"]["user-status"];
type Body = components["schemas"]["wanted-status"];

const MAX_MESSAGE_LENGTH = 100;
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const TIMES = {
  "30_minutes": HOUR_MS / 2,
  "3_hours": 3 * HOUR_MS,
  "8_hours": 8 * HOUR_MS,
  "1_day": DAY_MS,
  "3_days": 3 * DAY_MS,
  "7_days": 7 * DAY_MS,
  "30_days": 30 * DAY_MS,
} as const;

async function shape(status: Status | undefined): Promise<Shape> {
  return {
    emoji: status?.emoji ?? null,
    message: status?.message ?? null,
    availability: status?.availability ?? null,
    message_html: await statusHtml(status?.message ?? ""),
    clear_status_at: timestamp(status?.clearStatusAt ?? null),
  };
}

const shown = async ({ store }: Context, userId: number) => ({
  status: 200 as const,
  body: await shape(await statusOf(store, userId)),
});

export const getCurrentUserStatus: Handler<"getCurrentUserStatus"> = (_, context) =>
  shown(context, viewerOf(context).id);

export const getUserStatus: Handler<"getUserStatus"> = async ({ path }, context) => {
  requireCallerInPrivateMode(context);
  return shown(context, (await byIdOrUsername(context.store, path.user_id)).id);
};

/** Any other word counts as none. */
const availabilityIn = (word: string | null | undefined): StatusUpdate["availability"] =>
  word === "busy" || word === "not_set" ? word : undefined;

const durationIn = ({ clear_status_after: words }: Body): StatusUpdate["clearAfter"] =>
  words === null || words === undefined ? words : TIMES[words];

async function saveStatus(context: Context, body: Body, update: StatusUpdate) {
  const { emoji, message } = { emoji: body.emoji ?? "", message: body.message ?? "" };
  const known = emoji.trim() === "" || (await emojis()).has(emoji);
  const long = Array.from(message).length > MAX_MESSAGE_LENGTH;
  checkModel({
    emoji: known ? [] : ["is not a valid emoji name"],
    message: long ? [`is too long (maximum is ${MAX_MESSAGE_LENGTH} characters)`] : [],
  });
  const status = await setStatus(context.store, viewerOf(context).id, update);
  return { status: 200, body: status === undefined ? null : await shape(status) } as const;
}

export const setUserStatus: Handler<"setUserStatus"> = ({ body = {} }, context) =>
  saveStatus(context, body, {
    emoji: body.emoji ?? null,
    message: body.message ?? null,
    availability: availabilityIn(body.availability) ?? "not_set",
    clearAfter: durationIn(body) ?? null,
  });

export const updateUserStatus: Handler<"updateUserStatus"> = async ({ body = {} }, context) => {
  if (Object.keys(body).length === 0) return { status: 200, body: null };
  const availability = body.availability === null ? "not_set" : availabilityIn(body.availability);
  const { emoji, message } = body;
  return saveStatus(context, body, { emoji, message, availability, clearAfter: durationIn(body) });
};
