import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import { idOf } from "../../domain/users/users.ts";
import type { components } from "../../generated/github-types.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { pageOfAll } from "../http/user-lists.ts";
import { timestamp } from "../presenters/user.ts";

type KeyShape = components["schemas"]["key"];

const urlOf = ({ base }: Context, id: number): string => `${base.api}/user/keys/${id}`;

const keyShape = (context: Context, { id, key, title, createdAt }: sshKeys.SshKey): KeyShape => ({
  key,
  id,
  url: urlOf(context, id),
  title,
  created_at: timestamp(createdAt),
  verified: true,
  read_only: false,
});

export const list: Handler<"users/list-public-ssh-keys-for-authenticated-user"> = async (
  { query },
  context,
) => {
  const mine = await sshKeys.of(context.store, viewerOf(context).id);
  const shapes = mine.map((key) => keyShape(context, key));
  return pageOfAll(context, "/user/keys", query, shapes);
};

export const get: Handler<"users/get-public-ssh-key-for-authenticated-user"> = async (
  { path },
  context,
) => {
  const { store } = context;
  const key = await sshKeys.byId(store, viewerOf(context).id, Number(path.key_id));
  return { status: 200, body: keyShape(context, key) };
};

export const create: Handler<"users/create-public-ssh-key-for-authenticated-user"> = async (
  { body },
  context,
) => {
  const wanted = { title: body.title ?? "", key: body.key };
  const key = await sshKeys.add(context.store, viewerOf(context).id, wanted);
  const headers = ["Location", urlOf(context, key.id)];
  return { status: 201, body: keyShape(context, key), headers };
};

export const remove: Handler<"users/delete-public-ssh-key-for-authenticated-user"> = async (
  { path },
  context,
) => {
  await sshKeys.remove(context.store, viewerOf(context).id, Number(path.key_id));
  return { status: 204 };
};

export const listForUser: Handler<"users/list-public-keys-for-user"> = async (
  { path, query },
  context,
) => {
  const keys = await sshKeys.of(context.store, await idOf(context.store, path.username));
  const shapes = keys.map(({ id, key }) => ({ id, key }));
  return pageOfAll(context, `/users/${path.username}/keys`, query, shapes);
};
