import * as blocks from "../people/blocks.ts";
import { notFound, PeopleError } from "../people/errors.ts";
import { idOf } from "../people/users.ts";
import { writeUsers } from "./lists.ts";
import { linkHeader, pageOf } from "./pages.ts";
import { type Handler, viewerOf } from "./wire/context.ts";

export const list: Handler<"users/list-blocked-by-authenticated-user"> = async (
  { query },
  context,
) => {
  const page = pageOf(query);
  const limits = { offset: page.offset, limit: page.size };
  const { ids, total } = await blocks.blockedBy(context.people, viewerOf(context).id, limits);
  const headers = linkHeader(context, "/user/blocks", page, total);
  return { status: 200, body: await writeUsers(context, ids, headers) };
};

export const check: Handler<"users/check-blocked"> = async ({ path }, context) => {
  const blocked = await idOf(context.people, path.username);
  const { id } = viewerOf(context);
  if (!(await blocks.isBlocking(context.people, id, blocked))) throw notFound("block");
  return { status: 204 };
};

export const block: Handler<"users/block"> = async ({ path }, context) => {
  const blocked = await idOf(context.people, path.username);
  const { id } = viewerOf(context);
  if (blocked === id) throw new PeopleError("invalid", "nobody blocks themself", "username");
  await blocks.block(context.people, id, blocked);
  return { status: 204 };
};

export const unblock: Handler<"users/unblock"> = async ({ path }, context) => {
  const blocked = await idOf(context.people, path.username);
  await blocks.unblock(context.people, viewerOf(context).id, blocked);
  return { status: 204 };
};
