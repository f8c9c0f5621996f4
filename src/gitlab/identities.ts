import * as identities from "../people/identities.ts";
import { userOf } from "./users.ts";
import { adminOf, type Handler } from "./wire/context.ts";
import { checkUnmodifiedSince } from "./wire/precondition.ts";

export const deleteUserIdentity: Handler<"deleteUserIdentity"> = async ({ path }, context) => {
  adminOf(context);
  const { people } = context;
  const { id } = await userOf(context, path.id);
  const { updatedAt } = await identities.withProvider(people, id, path.provider);
  checkUnmodifiedSince(context, updatedAt);
  await identities.remove(people, id, path.provider);
  return { status: 204 };
};
