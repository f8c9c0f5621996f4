import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import { idOf } from "../../domain/users/users.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { paginateList } from "../http/user-lists.ts";
import { keyUrl, presentKey, presentSimpleKey } from "../presenters/ssh-key.ts";

export const list: Handler<"users/list-public-ssh-keys-for-authenticated-user"> = async (
  { query },
  context,
) => {
  const mine = await sshKeys.listByUser(context.store, viewerOf(context).id);
  const keys = mine.map((key) => presentKey(key, context));
  return paginateList(context, "/user/keys", query, keys);
};

export const get: Handler<"users/get-public-ssh-key-for-authenticated-user"> = async (
  { path },
  context,
) => {
  const { store } = context;
  const key = await sshKeys.byId(store, viewerOf(context).id, Number(path.key_id));
  return { status: 200, body: presentKey(key, context) };
};

export const create: Handler<"users/create-public-ssh-key-for-authenticated-user"> = async (
  { body },
  context,
) => {
  const newKey = { title: body.title ?? "", key: body.key };
  const key = await sshKeys.add(context.store, viewerOf(context).id, newKey);
  const headers = ["Location", keyUrl(key.id, context)];
  return { status: 201, body: presentKey(key, context), headers };
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
  const keys = await sshKeys.listByUser(context.store, await idOf(context.store, path.username));
  const simple = keys.map((key) => presentSimpleKey(key, context));
  return paginateList(context, `/users/${path.username}/keys`, query, simple);
};
