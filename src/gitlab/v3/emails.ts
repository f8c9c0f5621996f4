import type { components } from "../../generated/gitlab-v3-types.ts";
import * as emails from "../../people/emails.ts";
import { byId, type User } from "../../people/users.ts";
import { sendLink } from "../mailed-links.ts";
import { userOf } from "../users.ts";
import { adminOf, type Context, viewerOf } from "../wire/context.ts";
import { BLANK, checkModel, modelled, TAKEN } from "../wire/models.ts";
import { decided } from "../wire/refusal.ts";
import type { Handler } from "./context.ts";
import { found, recorded } from "./records.ts";

type Schemas = components["schemas"];

const emailShape = ({ id, email }: emails.Email): Schemas["email"] => ({ id, email });

async function list({ people }: Context, userId: number) {
  return { status: 200, body: (await emails.of(people, userId)).map(emailShape) } as const;
}

/** GitLab keeps addresses in lower case, without what surrounds them. */
async function add(context: Context, user: User, body: Schemas["new-email"] | undefined) {
  const address = (body?.email ?? "").trim().toLowerCase();
  checkModel({ email: address === "" ? BLANK : [] });
  const adding = emails.add(context.people, user.id, [address], { confirmed: false });
  const [added] = await modelled(adding, {
    invalid: { email: ["is invalid"] },
    conflict: { email: TAKEN },
  });
  await sendLink(context, user, "confirm_email", address);
  return { status: 201, body: emailShape(added as emails.Email) } as const;
}

async function remove({ people }: Context, userId: number, id: number) {
  const row = await emails.byId(people, userId, id);
  if (row.primary) throw decided(400, "400 (Bad request) Cannot delete primary email");
  await emails.remove(people, userId, [row.email]);
  return emailShape(row);
}

export const listCurrentUserEmails: Handler<"listCurrentUserEmails"> = (_, context) =>
  list(context, viewerOf(context).id);

export const getCurrentUserEmail: Handler<"getCurrentUserEmail"> = async ({ path }, context) => {
  const { id } = viewerOf(context);
  const row = await recorded(emails.byId(context.people, id, Number(path.id)));
  return { status: 200, body: emailShape(row) };
};

export const addCurrentUserEmail: Handler<"addCurrentUserEmail"> = ({ body }, context) =>
  add(context, viewerOf(context), body);

/** What is not there counts as deleted. */
export const deleteCurrentUserEmail: Handler<"deleteCurrentUserEmail"> = async (
  { path },
  context,
) => {
  const removed = await found(remove(context, viewerOf(context).id, Number(path.id)));
  return { status: 200, body: removed ?? null };
};

export const listUserEmails: Handler<"listUserEmails"> = async ({ path }, context) => {
  adminOf(context);
  return list(context, (await userOf(context, path.uid)).id);
};

export const addUserEmail: Handler<"addUserEmail"> = async ({ path, body }, context) => {
  adminOf(context);
  return add(context, await recorded(byId(context.people, Number(path.uid))), body);
};

export const deleteUserEmail: Handler<"deleteUserEmail"> = async ({ path }, context) => {
  adminOf(context);
  const { id } = await userOf(context, path.uid);
  return { status: 200, body: await remove(context, id, Number(path.id)) };
};
