import type { components } from "../generated/gitlab-v4-types.ts";
import * as emails from "../people/emails.ts";
import type { User } from "../people/users.ts";
import { sendLink } from "./mailed-links.ts";
import { pageOfAll } from "./pages.ts";
import { timestamp } from "./times.ts";
import { userOf } from "./users.ts";
import { adminOf, type Context, type Handler, viewerOf } from "./wire/context.ts";
import { BLANK, checkModel, modelled, TAKEN } from "./wire/models.ts";
import { checkUnmodifiedSince } from "./wire/precondition.ts";
import { decided } from "./wire/refusal.ts";

type EmailShape = components["schemas"]["email"];

const emailShape = ({ id, email, confirmedAt }: emails.Email): EmailShape => ({
  id,
  email,
  confirmed_at: timestamp(confirmedAt),
});

async function list(context: Context, userId: number, query: { page?: number; per_page?: number }) {
  const all = await emails.of(context.people, userId);
  return pageOfAll(context, query, all.map(emailShape));
}

/** GitLab keeps addresses in lower case, without what surrounds them. */
async function add(context: Context, user: User, given: string | null, confirmed: boolean) {
  const address = (given ?? "").trim().toLowerCase();
  checkModel({ email: address === "" ? BLANK : [] });
  const [added] = await modelled(emails.add(context.people, user.id, [address], { confirmed }), {
    invalid: { email: ["is invalid"] },
    conflict: { email: TAKEN },
  });
  if (!confirmed) await sendLink(context, user, "confirm_email", address);
  return { status: 201, body: emailShape(added as emails.Email) } as const;
}

async function remove(context: Context, userId: number, id: number) {
  const { email, updatedAt, primary } = await emails.byId(context.people, userId, id);
  checkUnmodifiedSince(context, updatedAt);
  if (primary) throw decided(400, "400 Bad request - Cannot delete primary email");
  await emails.remove(context.people, userId, [email]);
  return { status: 204 } as const;
}

export const listCurrentUserEmails: Handler<"listCurrentUserEmails"> = ({ query }, context) =>
  list(context, viewerOf(context).id, query);

export const getCurrentUserEmail: Handler<"getCurrentUserEmail"> = async ({ path }, context) => {
  const { id } = viewerOf(context);
  const email = await emails.byId(context.people, id, Number(path.email_id));
  return { status: 200, body: emailShape(email) };
};

export const addCurrentUserEmail: Handler<"addCurrentUserEmail"> = ({ body }, context) =>
  add(context, viewerOf(context), body?.email ?? null, false);

export const deleteCurrentUserEmail: Handler<"deleteCurrentUserEmail"> = ({ path }, context) =>
  remove(context, viewerOf(context).id, Number(path.email_id));

export const listUserEmails: Handler<"listUserEmails"> = async ({ path, query }, context) => {
  adminOf(context);
  return list(context, (await userOf(context, path.id)).id, query);
};

export const addUserEmail: Handler<"addUserEmail"> = async ({ path, body }, context) => {
  adminOf(context);
  const user = await userOf(context, path.id);
  return add(context, user, body?.email ?? null, body?.skip_confirmation === true);
};

export const deleteUserEmail: Handler<"deleteUserEmail"> = async ({ path }, context) => {
  adminOf(context);
  const { id } = await userOf(context, path.id);
  return remove(context, id, Number(path.email_id));
};
