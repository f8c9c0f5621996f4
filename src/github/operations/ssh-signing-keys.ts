import * as signingKeys from "../../domain/keys/ssh-signing-keys.ts";
import { idOf } from "../../domain/users/users.ts";
import type { components } from "../../generated/github-types.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { paginateList } from "../http/user-lists.ts";
import { timestamp } from "../presenters/user.ts";

type PresentedKey = components["schemas"]["ssh-signing-key"];

const presentSigningKey = (row: signingKeys.SshSigningKey): PresentedKey => ({
  id: row.id,
  key: row.key,
  title: row.title,
  created_at: timestamp(row.createdAt),
});

export const list: Handler<"users/list-ssh-signing-keys-for-authenticated-user"> = async (
  { query },
  context,
) => {
  const rows = await signingKeys.listSigningKeys(context.store, viewerOf(context).id);
  return paginateList(context, "/user/ssh_signing_keys", query, rows.map(presentSigningKey));
};

export const listForUser: Handler<"users/list-ssh-signing-keys-for-user"> = async (
  { path, query },
  context,
) => {
  const id = await idOf(context.store, path.username);
  const rows = await signingKeys.listSigningKeys(context.store, id);
  const link = `/users/${path.username}/ssh_signing_keys`;
  return paginateList(context, link, query, rows.map(presentSigningKey));
};

export const get: Handler<"users/get-ssh-signing-key-for-authenticated-user"> = async (
  { path },
  context,
) => {
  const id = Number(path.ssh_signing_key_id);
  const row = await signingKeys.getSigningKey(context.store, viewerOf(context).id, id);
  return { status: 200, body: presentSigningKey(row) };
};

export const create: Handler<"users/create-ssh-signing-key-for-authenticated-user"> = async (
  { body },
  context,
) => {
  const { store, base } = context;
  const row = await signingKeys.createSigningKey(store, viewerOf(context).id, body);
  const headers = ["Location", `${base.api}/user/ssh_signing_keys/${row.id}`];
  return { status: 201, body: presentSigningKey(row), headers };
};

export const remove: Handler<"users/delete-ssh-signing-key-for-authenticated-user"> = async (
  { path },
  context,
) => {
  const id = Number(path.ssh_signing_key_id);
  await signingKeys.deleteSigningKey(context.store, viewerOf(context).id, id);
  return { status: 204 };
};
