import { isSoleOwner } from "../../../domain/activity/memberships.ts";
import { undefinedIfMissing } from "../../../domain/errors.ts";
import { deleteAccount } from "../../../domain/users/accounts.ts";
import { getUserById } from "../../../domain/users/users.ts";
import { fixedError, notFoundError } from "../../http/api-error.ts";
import { requireAdmin } from "../../http/context.ts";
import { create, update } from "../../operations/users-administration.ts";
import type { Handler } from "../http/context.ts";
import { requireRecord } from "../http/not-found.ts";
import { userFull } from "../presenters/index.ts";

export const createUser: Handler<"createUser"> = async ({ body }, context) => {
  const { confirm, ...account } = body ?? {};
  const options = { confirmed: confirm === false, withoutPassword: false };
  const user = await create(context, account, options);
  return { status: 201, body: await userFull(context, user) };
};

export const updateUser: Handler<"updateUser"> = async ({ path, body }, context) => {
  requireAdmin(context);
  const user = await requireRecord(getUserById(context.store, Number(path.id)));
  const changed = await update(context, user, body ?? {}, false);
  return { status: 200, body: await userFull(context, changed) };
};

/**
 * The vendor's page has this succeed for a user who is not there, its server answers 404. Events go with
 * their author: GitLab 8.13 had no Ghost User, who came with 9.0.
 */
export const deleteUser: Handler<"deleteUser"> = async ({ path }, context) => {
  requireAdmin(context);
  const { store, settings } = context;
  const user = await undefinedIfMissing(getUserById(store, Number(path.id)));
  if (user === undefined) {
    if (!settings.idempotentDeletion) throw notFoundError("User");
    return { status: 200, body: null };
  }
  if (await isSoleOwner(store, user.id)) {
    throw fixedError(409, "User cannot be removed while is the sole-owner of a group");
  }
  const body = await userFull(context, user);
  await undefinedIfMissing(deleteAccount(store, user.id));
  return { status: 200, body };
};
