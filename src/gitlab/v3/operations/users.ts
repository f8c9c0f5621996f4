import { privateTokenOf } from "../../../domain/credentials/private-tokens.ts";
import { undefinedIfMissing } from "../../../domain/errors.ts";
import type { User } from "../../../domain/user.ts";
import { listUsersByPage } from "../../../domain/users/search/list-users.ts";
import type { UserFilters } from "../../../domain/users/search/user-filters.ts";
import { byUsername, getUserById, manyById } from "../../../domain/users/users.ts";
import type { components, operations } from "../../../generated/gitlab-v3-types.ts";
import { type Context, requireAdmin, viewerOf } from "../../http/context.ts";
import { requireLookup } from "../../http/lookup-limit.ts";
import { pageOf, paginateRows } from "../../http/pagination.ts";
import { applyTransition } from "../../operations/states.ts";
import { userOf } from "../../operations/users.ts";
import type { Handler } from "../http/context.ts";
import { requireRecord } from "../http/not-found.ts";
import { userBasic, userFull, userShape, usersFull, writeUserFull } from "../presenters/index.ts";

type Schemas = components["schemas"];
type Query = NonNullable<operations["listUsers"]["parameters"]["query"]>;

/**
 * Unlike the fourth version, this one lists blocked users to all. Addresses are searched for
 * administrators alone, as GitLab came to do: part by part they could be read out otherwise.
 */
const filtersOf = (query: Query, isAdmin: boolean): UserFilters => ({
  containing: query.search?.trim() || undefined,
  inPrivateEmail: isAdmin,
  active: query.active,
  blocked: query.blocked,
  external: isAdmin ? query.external : undefined,
  withoutLdap: query.skip_ldap,
});

function rowsOf(
  context: Context,
  users: readonly User[],
): Promise<Schemas["user-full"][]> | Schemas["user-basic"][] {
  if (viewerOf(context).admin) return usersFull(context, users);
  return users.map((user) => userBasic(user, context.base));
}

/** In the very case that was asked for. */
async function called({ store }: Context, username: string): Promise<User[]> {
  const user = await undefinedIfMissing(byUsername(store, username));
  return user?.username === username ? [user] : [];
}

export const listUsers: Handler<"listUsers"> = async ({ query }, context) => {
  const { store } = context;
  if (query.username) {
    return { status: 200, body: await rowsOf(context, await called(context, query.username)) };
  }
  const page = pageOf(query);
  const filters = filtersOf(query, viewerOf(context).admin);
  // One more than is shown, which says whether a list without a total goes on.
  const place = { offset: page.offset, limit: page.size + 1 };
  const { ids, rows } = await listUsersByPage(store, { filters }, place);
  const { shown, headers } = paginateRows(context, page, ids, rows);
  const users = await manyById(store, shown);
  return { status: 200, body: await rowsOf(context, users), headers };
};

export const getUser: Handler<"getUser"> = async ({ path }, context) => {
  const { store, base } = context;
  await requireLookup(context);
  const user = await requireRecord(getUserById(store, Number(path.id)));
  const isAdmin = viewerOf(context).admin;
  return { status: 200, body: isAdmin ? await userFull(context, user) : userShape(user, base) };
};

/** Only an administrator who acts as a user is shown a private token here: that of the user. */
export const getCurrentUser: Handler<"getCurrentUser"> = async (_, context) => {
  const user = viewerOf(context);
  if (!context.sudo) return { status: 200, body: await writeUserFull(context, user) };
  const full = await userFull(context, user);
  const private_token = await privateTokenOf(context.store, user.id);
  return { status: 200, body: { ...full, private_token } };
};

const change =
  (call: "block" | "unblock") =>
  async ({ path }: { path: { uid: string } }, context: Context) => {
    requireAdmin(context);
    const user = await userOf(context, path.uid);
    return { status: 200, body: (await applyTransition(context, user, call)) === true } as const;
  };

export const blockUser: Handler<"blockUser"> = change("block");
export const unblockUser: Handler<"unblockUser"> = change("unblock");
