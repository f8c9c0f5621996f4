import { undefinedIfMissing } from "../../../domain/errors.ts";
import * as sshKeys from "../../../domain/keys/ssh-keys.ts";
import type { User } from "../../../domain/user.ts";
import { getUserById } from "../../../domain/users/users.ts";
import type { components } from "../../../generated/gitlab-v3-types.ts";
import { type Context, requireAdmin, viewerOf } from "../../http/context.ts";
import { checkModel, modelError, TAKEN_MESSAGES, textMessages } from "../../http/model-errors.ts";
import { LONGEST } from "../../operations/keys.ts";
import { userOf } from "../../operations/users.ts";
import { timestamp } from "../../presenters/times.ts";
import type { Handler } from "../http/context.ts";
import { requireRecord } from "../http/not-found.ts";

type Schemas = components["schemas"];

/** Unlike v4, this version shows a key as it was sent, with its own comment. */
const keyShape = (row: sshKeys.SshKey): Schemas["ssh-key"] => ({
  id: row.id,
  title: row.title,
  key: row.comment === "" ? row.key : `${row.key} ${row.comment}`,
  created_at: timestamp(row.createdAt),
});

async function list(context: Context, user: User) {
  const rows = await sshKeys.listByUser(context.store, user.id);
  return { status: 200, body: rows.map((row) => keyShape(row)) } as const;
}

async function add(context: Context, user: User, body: Schemas["new-key"] | undefined) {
  const { title, key } = { title: body?.title ?? "", key: body?.key ?? "" };
  checkModel({
    title: textMessages(title, LONGEST.title),
    key: textMessages(key, LONGEST.key),
  });
  const row = await modelError(sshKeys.add(context.store, user.id, { title, key, dsa: true }), {
    invalid: { key: ["is invalid"], fingerprint: ["cannot be generated"] },
    conflict: { fingerprint: TAKEN_MESSAGES, key: TAKEN_MESSAGES },
  });
  return { status: 201, body: keyShape(row) } as const;
}

async function remove(context: Context, user: User, id: number) {
  const row = await sshKeys.byId(context.store, user.id, id);
  await sshKeys.remove(context.store, user.id, id);
  return keyShape(row);
}

export const listCurrentUserKeys: Handler<"listCurrentUserKeys"> = (_, context) =>
  list(context, viewerOf(context));

export const getCurrentUserKey: Handler<"getCurrentUserKey"> = async ({ path }, context) => {
  const user = viewerOf(context);
  const row = await requireRecord(sshKeys.byId(context.store, user.id, Number(path.id)));
  return { status: 200, body: keyShape(row) };
};

export const addCurrentUserKey: Handler<"addCurrentUserKey"> = ({ body }, context) =>
  add(context, viewerOf(context), body);

/** What is not there counts as deleted. */
export const deleteCurrentUserKey: Handler<"deleteCurrentUserKey"> = async ({ path }, context) => {
  const removed = await undefinedIfMissing(remove(context, viewerOf(context), Number(path.id)));
  return { status: 200, body: removed ?? null };
};

export const listUserKeys: Handler<"listUserKeys"> = async ({ path }, context) => {
  requireAdmin(context);
  return list(context, await userOf(context, path.uid));
};

export const addUserKey: Handler<"addUserKey"> = async ({ path, body }, context) => {
  requireAdmin(context);
  return add(context, await requireRecord(getUserById(context.store, Number(path.uid))), body);
};

export const deleteUserKey: Handler<"deleteUserKey"> = async ({ path }, context) => {
  requireAdmin(context);
  const user = await userOf(context, path.uid);
  return { status: 200, body: await remove(context, user, Number(path.id)) };
};
