import { membershipsOf } from "../people/memberships.ts";
import { byId } from "../people/users.ts";
import { pageHeaders, pageOf } from "./pages.ts";
import { adminOf, type Handler } from "./wire/context.ts";

export const listUserMemberships: Handler<"listUserMemberships"> = async (
  { path, query },
  context,
) => {
  adminOf(context);
  const { people } = context;
  const user = await byId(people, Number(path.user_id));
  const page = pageOf(query);
  const part = { offset: page.offset, limit: page.size };
  const { memberships, total } = await membershipsOf(people, user.id, query.type, part);
  const body = memberships.map(({ sourceId, sourceName, sourceType, accessLevel }) => ({
    source_id: sourceId,
    source_name: sourceName,
    source_type: sourceType,
    access_level: accessLevel,
  }));
  return { status: 200, body, headers: pageHeaders(context, page, total) };
};
