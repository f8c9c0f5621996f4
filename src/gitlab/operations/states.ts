import type { User } from "../../domain/user.ts";
import { apply } from "../../domain/users/account-states.ts";
import {
  DORMANT_DAYS,
  type Transition,
  type TransitionRefusal,
} from "../../domain/users/state-machine.ts";
import { fixedError, forbidden, type Refusal } from "../http/api-error.ts";
import { type Context, type Handler, requireAdmin, viewerOf } from "../http/context.ts";
import { userOf } from "./users.ts";

/** GitLab answers what its code happens to end with. */
const SAID = { done: true, already: null, nothing: false } as const;

type Words = (user: User) => Refusal;
const says =
  (text: string): Words =>
  () =>
    fixedError(403, text);
const forbids =
  (reason: string): Words =>
  () =>
    forbidden(reason);
const odd =
  (call: Transition): Words =>
  ({ state }) =>
    fixedError(403, `You cannot ${call} ${state} users.`);
const conflicts =
  (text: string): Words =>
  () =>
    fixedError(409, text);

const RECENT =
  "The user you are trying to deactivate has been active in the past " +
  `${DORMANT_DAYS} days and cannot be deactivated`;

/** How each call says what stands in its way. */
const WORDS: Readonly<Record<Transition, Partial<Record<TransitionRefusal, Words>>>> = {
  block: {
    ldap: forbids("LDAP blocked users cannot be modified by the API"),
    self: forbids("The API initiating user cannot be blocked by the API"),
    internal: says("An internal user cannot be blocked"),
  },
  unblock: {
    ldap: forbids("LDAP blocked users cannot be unblocked by the API"),
    deactivated: forbids("Deactivated users cannot be unblocked by the API"),
  },
  deactivate: {
    blocked: says("Error occurred. A blocked user cannot be deactivated"),
    internal: says("Internal users cannot be deactivated"),
    "recently-active": says(RECENT),
  },
  activate: {
    blocked: says("Error occurred. A blocked user must be unblocked to be activated"),
  },
  ban: { "wrong-state": odd("ban") },
  unban: { "wrong-state": odd("unban") },
  approve: {
    "not-pending": conflicts("The user you are trying to approve is not pending approval"),
  },
  reject: { "not-pending": conflicts("User does not have a pending request") },
};

/** Does what an administrator asks for, and says what GitLab's fourth version says to it. */
export async function applyTransition(context: Context, user: User, call: Transition) {
  const outcome = await apply(context.store, viewerOf(context), user, call);
  if (typeof outcome === "string") return SAID[outcome];
  throw WORDS[call][outcome.refused]?.(user) ?? forbidden();
}

/** The six that only administrators may even try. */
const change =
  (call: Transition) =>
  async ({ path }: { path: { id: string } }, context: Context) => {
    requireAdmin(context);
    const body = await applyTransition(context, await userOf(context, path.id), call);
    return { status: 201, body } as const;
  };

export const blockUser: Handler<"blockUser"> = change("block");
export const unblockUser: Handler<"unblockUser"> = change("unblock");
export const deactivateUser: Handler<"deactivateUser"> = change("deactivate");
export const activateUser: Handler<"activateUser"> = change("activate");
export const banUser: Handler<"banUser"> = change("ban");
export const unbanUser: Handler<"unbanUser"> = change("unban");

/** These two look the user up before they look at the caller. */
async function settle(context: Context, id: string, call: "approve" | "reject") {
  const { admin } = viewerOf(context);
  const user = await userOf(context, id);
  if (!admin) throw fixedError(403, `You are not allowed to ${call} a user`);
  await applyTransition(context, user, call);
  return { message: "Success" } as const;
}

export const approveUser: Handler<"approveUser"> = async ({ path }, context) => ({
  status: 201,
  body: await settle(context, path.id, "approve"),
});

export const rejectUser: Handler<"rejectUser"> = async ({ path }, context) => ({
  status: 200,
  body: await settle(context, path.id, "reject"),
});
