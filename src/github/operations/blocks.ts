import { DomainError, notFound } from "../../domain/errors.ts";
import * as blocks from "../../domain/follows/blocks.ts";
import { idOf } from "../../domain/users/users.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { linkHeader, pageOf } from "../http/pagination.ts";
import { writeUsers } from "../http/user-lists.ts";

export const list: Handler<"users/list-blocked-by-authenticated-user"> = async (
  { query },
  context,
) => {
  const page = pageOf(query);
  const limits = { offset: page.offset, limit: page.size };
  const { ids, total } = await blocks.blockedBy(context.store, viewerOf(context).id, limits);
  const headers = linkHeader(context, "/user/blocks", page, total);
  return { status: 200, body: await writeUsers(context, ids, headers) };
};

export const check: Handler<"users/check-blocked"> = async ({ path }, context) => {
  const blocked = await idOf(context.store, path.username);
  const { id } = viewerOf(context);
  if (!(await blocks.isBlocking(context.store, id, blocked))) throw notFound("block");
  return { status: 204 };
};

export const block: Handler<"users/block"> = async ({ path }, context) => {
  const blocked = await idOf(context.store, path.username);
  const { id } = viewerOf(context);
  if (blocked === id) throw new DomainError("invalid", "users do not block themselves", "username");
  await blocks.block(context.store, id, blocked);
  return { status: 204 };
};

export const unblock: Handler<"users/unblock"> = async ({ path }, context) => {
  const blocked = await idOf(context.store, path.username);
  await blocks.unblock(context.store, viewerOf(context).id, blocked);
  return { status: 204 };
};
