import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import type { User } from "../../domain/user.ts";
import { byIdOrUsername, getUserById } from "../../domain/users/users.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { fixedError, noRecord } from "../http/api-error.ts";
import { dateOf } from "../http/coerce-parameters.ts";
import {
  type Context,
  type Handler,
  requireAdmin,
  requireCallerInPrivateMode,
  viewerOf,
} from "../http/context.ts";
import { checkModel, modelError, TAKEN_MESSAGES, textMessages } from "../http/model-errors.ts";
import { paginateList } from "../http/pagination.ts";
import { checkUnmodifiedSince } from "../http/preconditions.ts";
import { userPublic } from "../presenters/hydrate-user.ts";
import { timestamp } from "../presenters/times.ts";
import { userOf } from "./users.ts";

type Schemas = components["schemas"];

export const LONGEST = { title: 255, key: 5000 };
const SHA256 = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/i;
const MD5 = /^(?:MD5:)?((?:[0-9a-f]{2}:){15}[0-9a-f]{2})$/i;

/** The vendor puts the owner and the host where the key's own comment was. */
function keyText({ base }: Context, user: User, { key }: sshKeys.SshKey): string {
  const { hostname } = new URL(base.origin);
  return `${key} ${user.name === "" ? user.username : user.name} (${hostname})`;
}

function keyShape(context: Context, user: User, row: sshKeys.SshKey): Schemas["ssh-key"] {
  return {
    id: row.id,
    title: row.title,
    created_at: timestamp(row.createdAt),
    expires_at: timestamp(row.expiresAt),
    key: keyText(context, user, row),
    usage_type: row.usageType,
  };
}

async function list(context: Context, user: User, query: { page?: number; per_page?: number }) {
  const rows = await sshKeys.listByUser(context.store, user.id);
  const shapes = rows.map((row) => keyShape(context, user, row));
  return paginateList(context, query, shapes);
}

async function get(context: Context, user: User, id: number) {
  const row = await sshKeys.byId(context.store, user.id, id);
  return { status: 200, body: keyShape(context, user, row) } as const;
}

async function add(context: Context, user: User, body: Schemas["new-ssh-key"] | undefined) {
  const { store } = context;
  const { title, key } = { title: body?.title ?? "", key: body?.key ?? "" };
  const expiresAt = body?.expires_at ? dateOf(body.expires_at) : null;
  const expired = expiresAt !== null && expiresAt <= store.clock();
  checkModel({
    title: textMessages(title, LONGEST.title),
    key: [...textMessages(key, LONGEST.key), ...(expired ? ["has expired"] : [])],
  });
  const newKey = { title, key, usageType: body?.usage_type ?? undefined, expiresAt, dsa: true };
  const row = await modelError(sshKeys.add(store, user.id, newKey), {
    invalid: { key: ["is invalid"], fingerprint_sha256: ["cannot be generated"] },
    conflict: {
      fingerprint_sha256: TAKEN_MESSAGES,
      fingerprint: TAKEN_MESSAGES,
      key: TAKEN_MESSAGES,
    },
  });
  return { status: 201, body: keyShape(context, user, row) } as const;
}

async function remove(context: Context, user: User, id: number) {
  const { updatedAt } = await sshKeys.byId(context.store, user.id, id);
  checkUnmodifiedSince(context, updatedAt);
  await sshKeys.remove(context.store, user.id, id);
  return { status: 204 } as const;
}

export const listCurrentUserKeys: Handler<"listCurrentUserKeys"> = ({ query }, context) =>
  list(context, viewerOf(context), query);

export const getCurrentUserKey: Handler<"getCurrentUserKey"> = ({ path }, context) =>
  get(context, viewerOf(context), Number(path.key_id));

export const addCurrentUserKey: Handler<"addCurrentUserKey"> = ({ body }, context) =>
  add(context, viewerOf(context), body);

export const deleteCurrentUserKey: Handler<"deleteCurrentUserKey"> = ({ path }, context) =>
  remove(context, viewerOf(context), Number(path.key_id));

export const listUserKeys: Handler<"listUserKeys"> = async ({ path, query }, context) => {
  requireCallerInPrivateMode(context);
  return list(context, await byIdOrUsername(context.store, path.user_id), query);
};

export const getUserKey: Handler<"getUserKey"> = async ({ path }, context) => {
  requireCallerInPrivateMode(context);
  return get(context, await userOf(context, path.id), Number(path.key_id));
};

export const addUserKey: Handler<"addUserKey"> = async ({ path, body }, context) => {
  requireAdmin(context);
  return add(context, await getUserById(context.store, Number(path.user_id)), body);
};

export const deleteUserKey: Handler<"deleteUserKey"> = async ({ path }, context) => {
  requireAdmin(context);
  return remove(context, await userOf(context, path.id), Number(path.key_id));
};

async function withUser(context: Context, row: sshKeys.SshKey) {
  const user = await getUserById(context.store, row.userId);
  const body = { ...keyShape(context, user, row), user: await userPublic(context, user) };
  return { status: 200, body } as const;
}

export const getKey: Handler<"getKey"> = async ({ path }, context) => {
  requireAdmin(context);
  const row = await sshKeys.find(context.store, Number(path.id));
  if (row === undefined) throw noRecord();
  return withUser(context, row);
};

/** As they are stored, whichever of the two forms that ssh-keygen prints was given. */
function fingerprintFrom(text: string): string {
  const [, sha256] = SHA256.exec(text) ?? [];
  if (sha256 !== undefined) return `SHA256:${sha256}`;
  const [, md5] = MD5.exec(text) ?? [];
  if (md5 === undefined) throw fixedError(400, "Failed to return the key");
  return md5.toLowerCase();
}

export const findKey: Handler<"findKey"> = async ({ query }, context) => {
  requireAdmin(context);
  const fingerprint = fingerprintFrom(query.fingerprint);
  return withUser(context, await sshKeys.byFingerprint(context.store, fingerprint));
};
