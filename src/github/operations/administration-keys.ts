import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import { validationFailed } from "../http/api-error.ts";
import type { Handler } from "../http/context.ts";
import { linkHeader, pageOf } from "../http/pagination.ts";
import { presentFullKey } from "../presenters/ssh-key.ts";

const ORDERS = new Set(["created", "updated", "accessed"]);

export const list: Handler<"enterprise-admin/list-public-keys"> = async ({ query }, context) => {
  const { sort = "created", direction = "desc", since } = query;
  if (!ORDERS.has(sort)) throw invalid("sort");
  if (direction !== "asc" && direction !== "desc") throw invalid("direction");
  const usedAfter = since === undefined ? undefined : Date.parse(since);
  if (Number.isNaN(usedAfter)) throw invalid("since");
  const page = pageOf(query);
  const order = {
    by: sort as sshKeys.SshKeyOrder["by"],
    descending: direction === "desc",
    usedAfter,
  };
  const limits = { offset: page.offset, limit: page.size };
  const { rows, total } = await sshKeys.listAllKeys(context.store, order, limits);
  return {
    status: 200,
    body: rows.map((row) => presentFullKey(row, context)),
    headers: linkHeader(context, "/admin/keys", page, total),
  };
};

const invalid = (field: string) =>
  validationFailed({ resource: "PublicKey", field, code: "invalid" });

export const remove: Handler<"enterprise-admin/delete-public-key"> = async ({ path }, context) => {
  await sshKeys.deleteKeys(context.store, path.key_ids.split(",").map(Number));
  return { status: 204 };
};
