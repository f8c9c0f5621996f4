import type { components } from "../generated/github-types.ts";
import * as emails from "../people/emails.ts";
import { pageOfAll } from "./lists.ts";
import { type Handler, viewerOf } from "./wire/context.ts";

type EmailShape = components["schemas"]["email"];
type Wanted = { emails: string[] } | string[] | string;

/** Only the primary address has a visibility. */
const emailShape = ({ email, primary, confirmedAt, visibility }: emails.Email): EmailShape => ({
  email,
  primary,
  verified: confirmedAt !== null,
  visibility: primary ? (visibility ?? "private") : null,
});

/** GitHub takes an object, a bare list and a bare address. */
function addresses(body: Wanted): string[] {
  if (typeof body === "string") return [body];
  return Array.isArray(body) ? body : body.emails;
}

export const list: Handler<"users/list-emails-for-authenticated-user"> = async (
  { query },
  context,
) => {
  const mine = await emails.of(context.people, viewerOf(context).id);
  return pageOfAll(context, "/user/emails", query, mine.map(emailShape));
};

export const listPublic: Handler<"users/list-public-emails-for-authenticated-user"> = async (
  { query },
  context,
) => {
  const mine = await emails.of(context.people, viewerOf(context).id);
  const shown = mine.filter(({ visibility }) => visibility === "public");
  return pageOfAll(context, "/user/public_emails", query, shown.map(emailShape));
};

export const add: Handler<"users/add-email-for-authenticated-user"> = async ({ body }, context) => {
  const { id } = viewerOf(context);
  const added = await emails.add(context.people, id, addresses(body), { confirmed: false });
  return { status: 201, body: added.map(emailShape) };
};

export const remove: Handler<"users/delete-email-for-authenticated-user"> = async (
  { body },
  context,
) => {
  await emails.remove(context.people, viewerOf(context).id, addresses(body));
  return { status: 204 };
};

export const setVisibility: Handler<
  "users/set-primary-email-visibility-for-authenticated-user"
> = async ({ body }, context) => {
  const { id } = viewerOf(context);
  await emails.setVisibility(context.people, id, body.visibility);
  const mine = await emails.of(context.people, id);
  return { status: 200, body: mine.filter(({ primary }) => primary).map(emailShape) };
};
