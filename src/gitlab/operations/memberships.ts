import { membershipsOf } from "../../domain/activity/memberships.ts";
import { getUserById } from "../../domain/users/users.ts";
import { type Handler, requireAdmin } from "../http/context.ts";
import { pageHeaders, pageOf } from "../http/pagination.ts";

export const listUserMemberships: Handler<"listUserMemberships"> = async (
  { path, query },
  context,
) => {
  requireAdmin(context);
  const { store } = context;
  const user = await getUserById(store, Number(path.user_id));
  const page = pageOf(query);
  const part = { offset: page.offset, limit: page.size };
  const { memberships, total } = await membershipsOf(store, user.id, query.type, part);
  const body = memberships.map(({ sourceId, sourceName, sourceType, accessLevel }) => ({
    source_id: sourceId,
    source_name: sourceName,
    source_type: sourceType,
    access_level: accessLevel,
  }));
  return { status: 200, body, headers: pageHeaders(context, page, total) };
};
