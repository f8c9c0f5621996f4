import { remove } from "../../people/accounts.ts";
import { isSoleOwner } from "../../people/ownership.ts";
import { byId } from "../../people/users.ts";
import { create, update } from "../user-administration.ts";
import { adminOf } from "../wire/context.ts";
import { decided, missing } from "../wire/refusal.ts";
import type { Handler } from "./context.ts";
import { found, recorded } from "./records.ts";
import { userFull } from "./shapes.ts";

export const createUser: Handler<"createUser"> = async ({ body }, context) => {
  const { confirm, ...wanted } = body ?? {};
  const beginning = { confirmed: confirm === false, reset: false, random: false };
  const user = await create(context, wanted, beginning);
  return { status: 201, body: await userFull(context, user) };
};

export const updateUser: Handler<"updateUser"> = async ({ path, body }, context) => {
  adminOf(context);
  const user = await recorded(byId(context.people, Number(path.id)));
  const changed = await update(context, user, body ?? {}, false);
  return { status: 200, body: await userFull(context, changed) };
};

/** The vendor's page has this succeed for who is not there, its server answers 404. */
export const deleteUser: Handler<"deleteUser"> = async ({ path }, context) => {
  adminOf(context);
  const { people, settings } = context;
  const user = await found(byId(people, Number(path.id)));
  if (user === undefined) {
    if (!settings.idempotentDeletion) throw missing("User");
    return { status: 200, body: null };
  }
  if (await isSoleOwner(people, user.id)) {
    throw decided(409, "User cannot be removed while is the sole-owner of a group");
  }
  const body = await userFull(context, user);
  await found(remove(people, user.id));
  return { status: 200, body };
};
