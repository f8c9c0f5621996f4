import * as identities from "../../domain/profile/identities.ts";
import { type Handler, requireAdmin } from "../http/context.ts";
import { checkUnmodifiedSince } from "../http/preconditions.ts";
import { userOf } from "./users.ts";

export const deleteUserIdentity: Handler<"deleteUserIdentity"> = async ({ path }, context) => {
  requireAdmin(context);
  const { store } = context;
  const { id } = await userOf(context, path.id);
  const { updatedAt } = await identities.withProvider(store, id, path.provider);
  checkUnmodifiedSince(context, updatedAt);
  await identities.remove(store, id, path.provider);
  return { status: 204 };
};
