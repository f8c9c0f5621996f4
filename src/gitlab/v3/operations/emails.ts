import { notFound, undefinedIfMissing } from "../../../domain/errors.ts";
import * as emails from "../../../domain/profile/emails.ts";
import type { User } from "../../../domain/user.ts";
import { getUserById } from "../../../domain/users/users.ts";
import type { components } from "../../../generated/gitlab-v3-types.ts";
import { type Context, requireAdmin, viewerOf } from "../../http/context.ts";
import { addEmail } from "../../operations/emails.ts";
import { userOf } from "../../operations/users.ts";
import type { Handler } from "../http/context.ts";
import { requireRecord } from "../http/not-found.ts";

type Schemas = components["schemas"];

const emailShape = ({ id, email }: emails.Email): Schemas["email"] => ({ id, email });

/** This version knows secondary addresses alone: the primary one is a member of the user. */
async function secondaryEmails({ store }: Context, userId: number): Promise<emails.Email[]> {
  return (await emails.listByUser(store, userId)).filter(({ primary }) => !primary);
}

async function secondaryEmail({ store }: Context, userId: number, id: number) {
  const row = await emails.byId(store, userId, id);
  if (row.primary) throw notFound("email");
  return row;
}

async function list(context: Context, userId: number) {
  const rows = await secondaryEmails(context, userId);
  return { status: 200, body: rows.map(emailShape) } as const;
}

async function add(context: Context, user: User, body: Schemas["new-email"] | undefined) {
  const added = await addEmail(context, user, body?.email, false);
  return { status: 201, body: emailShape(added) } as const;
}

async function remove(context: Context, userId: number, id: number) {
  const row = await secondaryEmail(context, userId, id);
  await emails.remove(context.store, userId, [row.email]);
  return emailShape(row);
}

export const listCurrentUserEmails: Handler<"listCurrentUserEmails"> = (_, context) =>
  list(context, viewerOf(context).id);

export const getCurrentUserEmail: Handler<"getCurrentUserEmail"> = async ({ path }, context) => {
  const { id } = viewerOf(context);
  const row = await requireRecord(secondaryEmail(context, id, Number(path.id)));
  return { status: 200, body: emailShape(row) };
};

export const addCurrentUserEmail: Handler<"addCurrentUserEmail"> = ({ body }, context) =>
  add(context, viewerOf(context), body);

/** What is not there counts as deleted. */
export const deleteCurrentUserEmail: Handler<"deleteCurrentUserEmail"> = async (
  { path },
  context,
) => {
  const removed = await undefinedIfMissing(remove(context, viewerOf(context).id, Number(path.id)));
  return { status: 200, body: removed ?? null };
};

export const listUserEmails: Handler<"listUserEmails"> = async ({ path }, context) => {
  requireAdmin(context);
  return list(context, (await userOf(context, path.uid)).id);
};

export const addUserEmail: Handler<"addUserEmail"> = async ({ path, body }, context) => {
  requireAdmin(context);
  return add(context, await requireRecord(getUserById(context.store, Number(path.uid))), body);
};

export const deleteUserEmail: Handler<"deleteUserEmail"> = async ({ path }, context) => {
  requireAdmin(context);
  const { id } = await userOf(context, path.uid);
  return { status: 200, body: await remove(context, id, Number(path.id)) };
};
