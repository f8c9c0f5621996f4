import type { User } from "../../domain/user.ts";
import { getUserById } from "../../domain/users/users.ts";
import { forbidden, notFoundError } from "../http/api-error.ts";
import { type Context, type Handler, requireAdmin, viewerOf } from "../http/context.ts";
import { requireLookup } from "../http/lookup-limit.ts";
import { presentUser, userDetails, writeCurrentUser } from "../presenters/hydrate-user.ts";
import { fillInOrder, keysetPage, numberedPage, toUserQuery } from "./list-users.ts";

/** The user of a path whose segment is `id`; digits alone come here, or nothing. */
export async function userOf({ store }: Context, id: string): Promise<User> {
  if (id === "") throw notFoundError("User");
  return getUserById(store, Number(id));
}

export const listUsers: Handler<"listUsers"> = async ({ query }, context) => {
  if (query.extern_uid && query.provider) requireAdmin(context);
  const { viewer, settings } = context;
  // Anonymous callers may look a name up, but not list all users.
  if (viewer === undefined && (settings.privateMode || !query.username?.trim())) {
    throw forbidden("Not authorized to access /api/v4/users");
  }
  fillInOrder(context, query);
  const page = query.pagination === "keyset" ? keysetPage : numberedPage;
  return { status: 200, ...(await page(context, toUserQuery(context, query), query)) };
};

export const getUser: Handler<"getUser"> = async ({ path, query }, context) => {
  const { viewer } = context;
  if (viewer === undefined) throw forbidden("Not authorized!");
  await requireLookup(context);
  const user = await userOf(context, path.id);
  const body = viewer.admin
    ? await userDetails(context, user, query.with_custom_attributes)
    : await presentUser(context, user);
  return { status: 200, body };
};

export const getCurrentUser: Handler<"getCurrentUser"> = async (_, context) => ({
  status: 200,
  body: await writeCurrentUser(context, viewerOf(context)),
});
