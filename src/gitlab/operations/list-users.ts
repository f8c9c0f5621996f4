import {
  listUsersAfter,
  listUsersByPage,
  type UserQuery,
} from "../../domain/users/search/list-users.ts";
import { searchFrom } from "../../domain/users/search/search-query.ts";
import type { UserFilters } from "../../domain/users/search/user-filters.ts";
import type { UserOrder } from "../../domain/users/search/user-ordering.ts";
import { manyById, renderUsers } from "../../domain/users/users.ts";
import type { components, operations } from "../../generated/gitlab-v4-types.ts";
import { SerializedBody } from "../../http/handler.ts";
import { dateOf } from "../http/coerce-parameters.ts";
import type { Context } from "../http/context.ts";
import { cursorOf, keysetHeaders, placeOf } from "../http/keyset-pagination.ts";
import { pageOf, paginateRows } from "../http/pagination.ts";
import { usersWithAdmin } from "../presenters/hydrate-user.ts";
import { userBasicText } from "../presenters/user.ts";
import { noKeyset, requireShallow } from "./deep-pages.ts";

type Query = NonNullable<operations["listUsers"]["parameters"]["query"]>;
type Schemas = components["schemas"];
type Rows = SerializedBody<Schemas["user-basic"][]> | Schemas["user-with-admin"][];

/** What a request asks for; what only administrators may ask is ignored of other callers. */
export function toUserQuery(context: Context, query: Query): UserQuery {
  const isAdmin = context.viewer?.admin === true;
  return {
    filters: {
      ...commonFilters(query),
      ...samlFilter(context, query),
      ...(isAdmin ? ownFilters(context, query) : { withoutShutOut: true }),
    },
    search: searchFrom(query.search ?? ""),
    byPrivateEmail: isAdmin,
    order: orderOf(query),
  };
}

const commonFilters = (query: Query): UserFilters => ({
  username: query.username,
  active: query.active,
  excludeActive: query.exclude_active,
  blocked: query.blocked,
  external: query.external,
  excludeExternal: query.exclude_external,
  humans: query.humans,
  excludeHumans: query.exclude_humans,
  excludeInternal: query.exclude_internal,
  withoutProjectBots: query.without_project_bots,
  publicEmail: query.public_email,
  withoutLdap: query.skip_ldap,
});

/** A filter that the free edition lacks must not widen the list: no user there can meet it. */
function samlFilter({ settings, parameters }: Context, query: Query): UserFilters {
  if (settings.release.edition === "ee") return { samlProviderId: query.saml_provider_id };
  return parameters.saml_provider_id ? { none: true } : {};
}

/** By the provider `scim` the Enterprise Edition means the uids of SCIM. */
function identityFilter({ settings: { release } }: Context, query: Query): UserFilters {
  const { extern_uid: externUid, provider } = query;
  if (!externUid || !provider) return {};
  return release.edition === "ee" && provider === "scim"
    ? { scimUid: externUid }
    : { identity: { externUid, provider } };
}

function ownFilters(context: Context, query: Query): UserFilters {
  const { created_after, created_before, two_factor } = query;
  const date = (text: string | undefined) =>
    text === undefined || text === "" ? undefined : dateOf(text);
  return {
    ...identityFilter(context, query),
    ...(query.auditors !== true
      ? {}
      : context.settings.release.edition === "ee"
        ? { auditors: true }
        : { none: true }),
    createdAfter: date(created_after),
    createdBefore: date(created_before),
    twoFactor:
      two_factor === "enabled" || two_factor === "disabled" ? two_factor === "enabled" : undefined,
    admins: query.admins,
    withoutProjects: query.without_projects,
    customAttributes: query.custom_attributes,
  };
}

/** Undefined where neither is given: then the newest come first, or what a search finds best. */
function orderOf({ order_by, sort }: Query): UserQuery["order"] {
  if (order_by === undefined && sort === undefined) return undefined;
  return { by: columnOf(order_by ?? "id"), descending: sort !== "asc" };
}

/** The vendor sorts by id when asked for the time of creation. */
const columnOf = (name: NonNullable<Query["order_by"]>): UserOrder =>
  name === "created_at" ? "id" : name;

/** Fills in the order as GitLab does, for Link headers to repeat: a search has an order of its own. */
export function fillInOrder(context: Context, query: Query): void {
  const { settings, parameters } = context;
  const isOrdered = query.order_by !== undefined || query.sort !== undefined;
  const hasOrder = query.search === undefined || isOrdered;
  context.parameters = {
    ...(settings.release.edition === "ee" ? { skip_ldap: false } : {}),
    ...(hasOrder ? { order_by: "id", sort: "desc" } : {}),
    ...parameters,
  };
}

/** A page by its number. Counting stops where headers tell no total. */
export async function numberedPage(context: Context, userQuery: UserQuery, query: Query) {
  const page = pageOf(query);
  requireShallow(page, "User");
  const { offset, size } = page;
  // One more than is shown, which says whether a list without a total goes on.
  const place = { offset, limit: size + 1 };
  const { ids, rows } = await listUsersByPage(context.store, userQuery, place);
  const { shown, headers } = paginateRows(context, page, ids, rows);
  return { body: await rowsOf(context, shown, query), headers };
}

/** A page by what it comes after; the best matches of a search have no such order. */
export async function keysetPage(context: Context, userQuery: UserQuery, query: Query) {
  if (userQuery.search !== undefined && userQuery.order === undefined) throw noKeyset();
  const { size } = pageOf(query);
  const column = userQuery.order?.by ?? "id";
  const after = placeOf(column, query.cursor);
  const found = await listUsersAfter(context.store, userQuery, after, size + 1);
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  const cursor = found.length > size && last ? cursorOf(column, last) : undefined;
  const ids = shown.map(({ id }) => id);
  return { body: await rowsOf(context, ids, query), headers: keysetHeaders(context, cursor) };
}

async function rowsOf(context: Context, ids: readonly number[], query: Query): Promise<Rows> {
  const { store, base, viewer } = context;
  if (viewer?.admin === true) {
    const users = await manyById(store, ids);
    return usersWithAdmin(context, users, query.with_custom_attributes);
  }
  const texts = await renderUsers(store, base, ids, userBasicText);
  return new SerializedBody(Buffer.from(`[${texts.join(",")}]`));
}
