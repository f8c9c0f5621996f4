import * as gpgKeys from "../../domain/keys/gpg-keys.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import {
  type Context,
  type Handler,
  requireAdmin,
  requireCallerInPrivateMode,
  viewerOf,
} from "../http/context.ts";
import { BLANK_MESSAGES, checkModel, modelError, TAKEN_MESSAGES } from "../http/model-errors.ts";
import { paginateList } from "../http/pagination.ts";
import { checkUnmodifiedSince } from "../http/preconditions.ts";
import { timestamp } from "../presenters/times.ts";
import { userOf } from "./users.ts";

type GpgKeyShape = components["schemas"]["gpg-key"];

const MISSHAPEN =
  "is invalid. A valid public GPG key begins with '-----BEGIN PGP PUBLIC KEY BLOCK-----' and " +
  "ends with '-----END PGP PUBLIC KEY BLOCK-----'";

const gpgKeyShape = ({ id, key, createdAt }: gpgKeys.GpgKey): GpgKeyShape => ({
  id,
  key,
  created_at: timestamp(createdAt),
});

async function list(context: Context, userId: number, query: { page?: number; per_page?: number }) {
  const all = await gpgKeys.listByUser(context.store, userId);
  return paginateList(context, query, all.map(gpgKeyShape));
}

async function get({ store }: Context, userId: number, id: number) {
  return { status: 200, body: gpgKeyShape(await gpgKeys.byId(store, userId, id)) } as const;
}

/** What only looks like a key has no fingerprint, which is all that the vendor says of it. */
async function add({ store }: Context, userId: number, given: string | null | undefined) {
  const key = (given ?? "").trim();
  checkModel({
    key: [...(key === "" ? BLANK_MESSAGES : []), ...(gpgKeys.isArmored(key) ? [] : [MISSHAPEN])],
  });
  const row = await modelError(gpgKeys.add(store, userId, key), {
    invalid: { fingerprint: BLANK_MESSAGES, primary_keyid: BLANK_MESSAGES },
    conflict: { key: TAKEN_MESSAGES, fingerprint: TAKEN_MESSAGES },
  });
  return { status: 201, body: gpgKeyShape(row) } as const;
}

async function remove(context: Context, userId: number, id: number) {
  const { updatedAt } = await gpgKeys.byId(context.store, userId, id);
  checkUnmodifiedSince(context, updatedAt);
  await gpgKeys.remove(context.store, userId, id);
  return { status: 204 } as const;
}

/** The vendor answers with the status for a body; the key is gone as if it were deleted. */
async function revoke({ store }: Context, userId: number, id: number) {
  await gpgKeys.remove(store, userId, id);
  return { status: 202, body: 202 } as const;
}

export const listCurrentUserGpgKeys: Handler<"listCurrentUserGpgKeys"> = ({ query }, context) =>
  list(context, viewerOf(context).id, query);

export const getCurrentUserGpgKey: Handler<"getCurrentUserGpgKey"> = ({ path }, context) =>
  get(context, viewerOf(context).id, Number(path.key_id));

export const addCurrentUserGpgKey: Handler<"addCurrentUserGpgKey"> = ({ body }, context) =>
  add(context, viewerOf(context).id, body?.key);

export const deleteCurrentUserGpgKey: Handler<"deleteCurrentUserGpgKey"> = ({ path }, context) =>
  remove(context, viewerOf(context).id, Number(path.key_id));

export const revokeCurrentUserGpgKey: Handler<"revokeCurrentUserGpgKey"> = ({ path }, context) =>
  revoke(context, viewerOf(context).id, Number(path.key_id));

export const listUserGpgKeys: Handler<"listUserGpgKeys"> = async ({ path, query }, context) => {
  requireCallerInPrivateMode(context);
  return list(context, (await userOf(context, path.id)).id, query);
};

export const getUserGpgKey: Handler<"getUserGpgKey"> = async ({ path }, context) => {
  requireCallerInPrivateMode(context);
  return get(context, (await userOf(context, path.id)).id, Number(path.key_id));
};

export const addUserGpgKey: Handler<"addUserGpgKey"> = async ({ path, body }, context) => {
  requireAdmin(context);
  return add(context, (await userOf(context, path.id)).id, body?.key);
};

export const deleteUserGpgKey: Handler<"deleteUserGpgKey"> = async ({ path }, context) => {
  requireAdmin(context);
  return remove(context, (await userOf(context, path.id)).id, Number(path.key_id));
};

export const revokeUserGpgKey: Handler<"revokeUserGpgKey"> = async ({ path }, context) => {
  requireAdmin(context);
  return revoke(context, (await userOf(context, path.id)).id, Number(path.key_id));
};
