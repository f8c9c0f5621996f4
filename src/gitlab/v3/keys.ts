import type { components } from "../../generated/gitlab-v3-types.ts";
import * as sshKeys from "../../people/ssh-keys.ts";
import { byId, type User } from "../../people/users.ts";
import { keyText, LONGEST } from "../keys.ts";
import { timestamp } from "../times.ts";
import { userOf } from "../users.ts";
import { adminOf, type Context, viewerOf } from "../wire/context.ts";
import { checkModel, modelled, TAKEN, textMessages } from "../wire/models.ts";
import type { Handler } from "./context.ts";
import { found, recorded } from "./records.ts";

type Schemas = components["schemas"];

const keyShape = (context: Context, user: User, row: sshKeys.SshKey): Schemas["ssh-key"] => ({
  id: row.id,
  title: row.title,
  key: keyText(context, user, row),
  created_at: timestamp(row.createdAt),
});

async function list(context: Context, user: User) {
  const rows = await sshKeys.of(context.people, user.id);
  return { status: 200, body: rows.map((row) => keyShape(context, user, row)) } as const;
}

async function add(context: Context, user: User, body: Schemas["new-key"] | undefined) {
  const { title, key } = { title: body?.title ?? "", key: body?.key ?? "" };
  checkModel({
    title: textMessages(title, LONGEST.title),
    key: textMessages(key, LONGEST.key),
  });
  const row = await modelled(sshKeys.add(context.people, user.id, { title, key }), {
    invalid: { key: ["is invalid"], fingerprint: ["cannot be generated"] },
    conflict: { fingerprint: TAKEN, key: TAKEN },
  });
  return { status: 201, body: keyShape(context, user, row) } as const;
}

async function remove(context: Context, user: User, id: number) {
  const row = await sshKeys.byId(context.people, user.id, id);
  await sshKeys.remove(context.people, user.id, id);
  return keyShape(context, user, row);
}

export const listCurrentUserKeys: Handler<"listCurrentUserKeys"> = (_, context) =>
  list(context, viewerOf(context));

export const getCurrentUserKey: Handler<"getCurrentUserKey"> = async ({ path }, context) => {
  const user = viewerOf(context);
  const row = await recorded(sshKeys.byId(context.people, user.id, Number(path.id)));
  return { status: 200, body: keyShape(context, user, row) };
};

export const addCurrentUserKey: Handler<"addCurrentUserKey"> = ({ body }, context) =>
  add(context, viewerOf(context), body);

/** What is not there counts as deleted. */
export const deleteCurrentUserKey: Handler<"deleteCurrentUserKey"> = async ({ path }, context) => {
  const removed = await found(remove(context, viewerOf(context), Number(path.id)));
  return { status: 200, body: removed ?? null };
};

export const listUserKeys: Handler<"listUserKeys"> = async ({ path }, context) => {
  adminOf(context);
  return list(context, await userOf(context, path.uid));
};

export const addUserKey: Handler<"addUserKey"> = async ({ path, body }, context) => {
  adminOf(context);
  return add(context, await recorded(byId(context.people, Number(path.uid))), body);
};

export const deleteUserKey: Handler<"deleteUserKey"> = async ({ path }, context) => {
  adminOf(context);
  const user = await userOf(context, path.uid);
  return { status: 200, body: await remove(context, user, Number(path.id)) };
};
