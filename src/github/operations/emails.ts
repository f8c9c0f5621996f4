import * as emails from "../../domain/profile/emails.ts";
import type { components } from "../../generated/github-types.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { paginateList } from "../http/user-lists.ts";

type EmailShape = components["schemas"]["email"];
type EmailsBody = { emails: string[] } | string[] | string;

/** Only the primary address has a visibility. */
const emailShape = ({ email, primary, confirmedAt, visibility }: emails.Email): EmailShape => ({
  email,
  primary,
  verified: confirmedAt !== null,
  visibility: primary ? (visibility ?? "private") : null,
});

/** GitHub takes an object, a bare list and a bare address. */
function addresses(body: EmailsBody): string[] {
  if (typeof body === "string") return [body];
  return Array.isArray(body) ? body : body.emails;
}

export const list: Handler<"users/list-emails-for-authenticated-user"> = async (
  { query },
  context,
) => {
  const mine = await emails.listByUser(context.store, viewerOf(context).id);
  return paginateList(context, "/user/emails", query, mine.map(emailShape));
};

export const listPublic: Handler<"users/list-public-emails-for-authenticated-user"> = async (
  { query },
  context,
) => {
  const mine = await emails.listByUser(context.store, viewerOf(context).id);
  const shown = mine.filter(({ visibility }) => visibility === "public");
  return paginateList(context, "/user/public_emails", query, shown.map(emailShape));
};

export const add: Handler<"users/add-email-for-authenticated-user"> = async ({ body }, context) => {
  const { id } = viewerOf(context);
  const added = await emails.add(context.store, id, addresses(body), { confirmed: false });
  return { status: 201, body: added.map(emailShape) };
};

export const remove: Handler<"users/delete-email-for-authenticated-user"> = async (
  { body },
  context,
) => {
  await emails.remove(context.store, viewerOf(context).id, addresses(body));
  return { status: 204 };
};

export const setVisibility: Handler<
  "users/set-primary-email-visibility-for-authenticated-user"
> = async ({ body }, context) => {
  const { id } = viewerOf(context);
  await emails.setVisibility(context.store, id, body.visibility);
  const mine = await emails.listByUser(context.store, id);
  return { status: 200, body: mine.filter(({ primary }) => primary).map(emailShape) };
};
