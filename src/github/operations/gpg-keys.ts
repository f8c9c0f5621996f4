import { DomainError } from "../../domain/errors.ts";
import * as gpgKeys from "../../domain/keys/gpg-keys.ts";
import { idOf } from "../../domain/users/users.ts";
import { validationFailed } from "../http/api-error.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { paginateList } from "../http/user-lists.ts";
import { presentGpgKey } from "../presenters/gpg-key.ts";

const RESOURCE = "GpgKey";

/** A page of a user's keys; only those shown are parsed. */
async function listOf(
  context: Context,
  ownerId: number,
  path: string,
  query: { page?: string; per_page?: string },
) {
  const rows = await gpgKeys.listByUser(context.store, ownerId);
  const page = paginateList(context, path, query, rows);
  const body = await Promise.all(page.body.map((row) => presentGpgKey(context.store, row)));
  return { ...page, body };
}

export const list: Handler<"users/list-gpg-keys-for-authenticated-user"> = ({ query }, context) =>
  listOf(context, viewerOf(context).id, "/user/gpg_keys", query);

export const listForUser: Handler<"users/list-gpg-keys-for-user"> = async (
  { path, query },
  context,
) => {
  const id = await idOf(context.store, path.username);
  return listOf(context, id, `/users/${path.username}/gpg_keys`, query);
};

export const get: Handler<"users/get-gpg-key-for-authenticated-user"> = async (
  { path },
  context,
) => {
  const { store } = context;
  const row = await gpgKeys.byId(store, viewerOf(context).id, Number(path.gpg_key_id));
  return { status: 200, body: await presentGpgKey(store, row) };
};

export const create: Handler<"users/create-gpg-key-for-authenticated-user"> = async (
  { body },
  context,
) => {
  const { store, base } = context;
  const { id } = viewerOf(context);
  const row = await gpgKeys
    .add(store, id, body.armored_public_key, body.name ?? null)
    .catch(toKeyRefusal);
  const headers = ["Location", `${base.api}/user/gpg_keys/${row.id}`];
  return { status: 201, body: await presentGpgKey(store, row), headers };
};

/** gh and others recognize a key that exists by the message of `key_id`. */
function toKeyRefusal(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  const custom = (field: string, message: string) =>
    ({ resource: RESOURCE, field, code: "custom", message }) as const;
  if (error.kind === "conflict") {
    throw validationFailed(
      custom("key_id", "key_id already exists"),
      custom("public_key", "public_key already exists"),
    );
  }
  if (error.kind === "invalid") {
    const problem = "We were unable to parse the supplied public key";
    throw validationFailed(custom("armored_public_key", problem));
  }
  throw error;
}

export const remove: Handler<"users/delete-gpg-key-for-authenticated-user"> = async (
  { path },
  context,
) => {
  await gpgKeys.remove(context.store, viewerOf(context).id, Number(path.gpg_key_id));
  return { status: 204 };
};
