import * as emails from "../../domain/profile/emails.ts";
import type { User } from "../../domain/user.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { fixedError } from "../http/api-error.ts";
import { type Context, type Handler, requireAdmin, viewerOf } from "../http/context.ts";
import { BLANK_MESSAGES, checkModel, modelError, TAKEN_MESSAGES } from "../http/model-errors.ts";
import { paginateList } from "../http/pagination.ts";
import { checkUnmodifiedSince } from "../http/preconditions.ts";
import { timestamp } from "../presenters/times.ts";
import { sendLink } from "./send-email-link.ts";
import { userOf } from "./users.ts";

type EmailShape = components["schemas"]["email"];

const emailShape = ({ id, email, confirmedAt }: emails.Email): EmailShape => ({
  id,
  email,
  confirmed_at: timestamp(confirmedAt),
});

async function list(context: Context, userId: number, query: { page?: number; per_page?: number }) {
  const all = await emails.listByUser(context.store, userId);
  return paginateList(context, query, all.map(emailShape));
}

/**
 * Adds an address, and mails a link where it has yet to be confirmed. GitLab keeps addresses in lower
 * case, without what surrounds them.
 */
export async function addEmail(
  context: Context,
  user: User,
  given: string | null | undefined,
  confirmed: boolean,
): Promise<emails.Email> {
  const address = (given ?? "").trim().toLowerCase();
  checkModel({ email: address === "" ? BLANK_MESSAGES : [] });
  const [added] = await modelError(emails.add(context.store, user.id, [address], { confirmed }), {
    invalid: { email: ["is invalid"] },
    conflict: { email: TAKEN_MESSAGES },
  });
  if (!confirmed) await sendLink(context, user, "confirm_email", address);
  return added as emails.Email;
}

async function remove(context: Context, userId: number, id: number) {
  const { email, updatedAt, primary } = await emails.byId(context.store, userId, id);
  checkUnmodifiedSince(context, updatedAt);
  if (primary) throw fixedError(400, "400 Bad request - Cannot delete primary email");
  await emails.remove(context.store, userId, [email]);
  return { status: 204 } as const;
}

export const listCurrentUserEmails: Handler<"listCurrentUserEmails"> = ({ query }, context) =>
  list(context, viewerOf(context).id, query);

export const getCurrentUserEmail: Handler<"getCurrentUserEmail"> = async ({ path }, context) => {
  const { id } = viewerOf(context);
  const email = await emails.byId(context.store, id, Number(path.email_id));
  return { status: 200, body: emailShape(email) };
};

export const addCurrentUserEmail: Handler<"addCurrentUserEmail"> = async ({ body }, context) => ({
  status: 201,
  body: emailShape(await addEmail(context, viewerOf(context), body?.email, false)),
});

export const deleteCurrentUserEmail: Handler<"deleteCurrentUserEmail"> = ({ path }, context) =>
  remove(context, viewerOf(context).id, Number(path.email_id));

export const listUserEmails: Handler<"listUserEmails"> = async ({ path, query }, context) => {
  requireAdmin(context);
  return list(context, (await userOf(context, path.id)).id, query);
};

export const addUserEmail: Handler<"addUserEmail"> = async ({ path, body }, context) => {
  requireAdmin(context);
  const user = await userOf(context, path.id);
  const added = await addEmail(context, user, body?.email, body?.skip_confirmation === true);
  return { status: 201, body: emailShape(added) };
};

export const deleteUserEmail: Handler<"deleteUserEmail"> = async ({ path }, context) => {
  requireAdmin(context);
  const { id } = await userOf(context, path.id);
  return remove(context, id, Number(path.email_id));
};
