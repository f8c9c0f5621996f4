import { isSoleOwner } from "../../domain/activity/memberships.ts";
import type { User } from "../../domain/user.ts";
import { createAccount, deleteAccount, updateAccount } from "../../domain/users/accounts.ts";
import { deleteKeepingEvents } from "../../domain/users/ghost-user.ts";
import { fixedError } from "../http/api-error.ts";
import { type Context, type Handler, requireAdmin } from "../http/context.ts";
import { checkUnmodifiedSince } from "../http/preconditions.ts";
import { userWithAdmin } from "../presenters/hydrate-user.ts";
import type { Attributes } from "../user-input/attributes.ts";
import {
  buildAccount,
  buildAccountUpdate,
  type NewUserOptions,
} from "../user-input/build-account.ts";
import { toUniquenessError } from "../user-input/uniqueness.ts";
import { sendLink, sendPasswordChanged } from "./send-email-link.ts";
import { userOf } from "./users.ts";

export const createUser: Handler<"createUser"> = async ({ body }, context) => {
  const confirmed = body?.skip_confirmation === true;
  const reset = body?.reset_password === true;
  const withoutPassword = reset || body?.force_random_password === true;
  const user = await create(context, body ?? {}, { confirmed, withoutPassword, reset });
  return { status: 201, body: await userWithAdmin(context, user) };
};

/** Creates a user and mails the links that are needed: to confirm the address, to set a password. */
export async function create(
  context: Context,
  body: Attributes,
  options: NewUserOptions,
): Promise<User> {
  requireAdmin(context);
  const account = await buildAccount(context, body, options);
  const user = await createAccount(context.store, account).catch(toUniquenessError);
  if (!options.confirmed) await sendLink(context, user, "confirm_email", account.email);
  if (options.reset) await sendLink(context, user, "reset_password", account.email);
  return user;
}

export const updateUser: Handler<"updateUser"> = async ({ path, body }, context) => {
  requireAdmin(context);
  const user = await userOf(context, path.id);
  const changed = await update(context, user, body ?? {}, body?.skip_reconfirmation === true);
  return { status: 200, body: await userWithAdmin(context, changed) };
};

/** Changes a user; a change of nothing moves no `updated_at`. */
export async function update(
  context: Context,
  user: User,
  body: Attributes,
  skipConfirmation: boolean,
): Promise<User> {
  const built = await buildAccountUpdate(context, user, body, skipConfirmation);
  if (Object.keys(built.update).length === 0) return user;
  const changed = await updateAccount(context.store, user.id, built.update).catch(
    toUniquenessError,
  );
  if (built.update.passwordHash !== undefined) await sendPasswordChanged(context, changed);
  if (built.pendingEmail !== undefined)
    await sendLink(context, changed, "confirm_email", built.pendingEmail);
  return changed;
}

export const deleteUser: Handler<"deleteUser"> = async ({ path, query, body }, context) => {
  requireAdmin(context);
  const { id, updatedAt } = await userOf(context, path.id);
  const hard = query.hard_delete ?? body?.hard_delete ?? false;
  if (!hard && (await isSoleOwner(context.store, id))) {
    throw fixedError(409, "User cannot be removed while is the sole-owner of a group");
  }
  checkUnmodifiedSince(context, updatedAt);
  await (hard ? deleteAccount : deleteKeepingEvents)(context.store, id);
  return { status: 204 };
};
