import type { components } from "../generated/gitlab-v4-types.ts";
import * as sshKeys from "../people/ssh-keys.ts";
import { byId, byIdOrUsername, type User } from "../people/users.ts";
import { pageOfAll } from "./pages.ts";
import { timestamp } from "./times.ts";
import { userPublic } from "./user-views.ts";
import { userOf } from "./users.ts";
import { adminOf, type Context, checkStranger, type Handler, viewerOf } from "./wire/context.ts";
import { dateOf } from "./wire/grape.ts";
import { checkModel, modelled, TAKEN, textMessages } from "./wire/models.ts";
import { checkUnmodifiedSince } from "./wire/precondition.ts";
import { decided, noRecord } from "./wire/refusal.ts";

type Schemas = components["schemas"];

export const LONGEST = { title: 255, key: 5000 };
const SHA256 = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/i;
const MD5 = /^(?:MD5:)?((?:[0-9a-f]{2}:){15}[0-9a-f]{2})$/i;

/** The vendor puts the owner and the host where the key's own comment was. */
export function keyText({ base }: Context, user: User, { key }: sshKeys.SshKey): string {
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
  const rows = await sshKeys.of(context.people, user.id);
  const shapes = rows.map((row) => keyShape(context, user, row));
  return pageOfAll(context, query, shapes);
}

async function get(context: Context, user: User, id: number) {
  const row = await sshKeys.byId(context.people, user.id, id);
  return { status: 200, body: keyShape(context, user, row) } as const;
}

async function add(context: Context, user: User, body: Schemas["new-ssh-key"] | undefined) {
  const { people } = context;
  const { title, key } = { title: body?.title ?? "", key: body?.key ?? "" };
  const expiresAt = body?.expires_at ? dateOf(body.expires_at) : null;
  const expired = expiresAt !== null && expiresAt <= people.clock();
  checkModel({
    title: textMessages(title, LONGEST.title),
    key: [...textMessages(key, LONGEST.key), ...(expired ? ["has expired"] : [])],
  });
  const wanted = { title, key, usageType: body?.usage_type ?? undefined, expiresAt };
  const row = await modelled(sshKeys.add(people, user.id, wanted), {
    invalid: { key: ["is invalid"], fingerprint_sha256: ["cannot be generated"] },
    conflict: { fingerprint_sha256: TAKEN, fingerprint: TAKEN, key: TAKEN },
  });
  return { status: 201, body: keyShape(context, user, row) } as const;
}

async function remove(context: Context, user: User, id: number) {
  const { updatedAt } = await sshKeys.byId(context.people, user.id, id);
  checkUnmodifiedSince(context, updatedAt);
  await sshKeys.remove(context.people, user.id, id);
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
  checkStranger(context);
  return list(context, await byIdOrUsername(context.people, path.user_id), query);
};

export const getUserKey: Handler<"getUserKey"> = async ({ path }, context) => {
  checkStranger(context);
  return get(context, await userOf(context, path.id), Number(path.key_id));
};

export const addUserKey: Handler<"addUserKey"> = async ({ path, body }, context) => {
  adminOf(context);
  return add(context, await byId(context.people, Number(path.user_id)), body);
};

export const deleteUserKey: Handler<"deleteUserKey"> = async ({ path }, context) => {
  adminOf(context);
  return remove(context, await userOf(context, path.id), Number(path.key_id));
};

async function withUser(context: Context, row: sshKeys.SshKey) {
  const user = await byId(context.people, row.userId);
  const body = { ...keyShape(context, user, row), user: await userPublic(context, user) };
  return { status: 200, body } as const;
}

export const getKey: Handler<"getKey"> = async ({ path }, context) => {
  adminOf(context);
  const row = await sshKeys.find(context.people, Number(path.id));
  if (row === undefined) throw noRecord();
  return withUser(context, row);
};

/** As they are stored, whichever of the two forms that ssh-keygen prints was given. */
function fingerprintFrom(text: string): string {
  const [, sha256] = SHA256.exec(text) ?? [];
  if (sha256 !== undefined) return `SHA256:${sha256}`;
  const [, md5] = MD5.exec(text) ?? [];
  if (md5 === undefined) throw decided(400, "Failed to return the key");
  return md5.toLowerCase();
}

export const findKey: Handler<"findKey"> = async ({ query }, context) => {
  adminOf(context);
  const fingerprint = fingerprintFrom(query.fingerprint);
  return withUser(context, await sshKeys.byFingerprint(context.people, fingerprint));
};
