import * as accounts from "../../domain/profile/social-accounts.ts";
import { idOf } from "../../domain/users/users.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { paginateList } from "../http/user-lists.ts";
import { presentSocialAccount } from "../presenters/social-account.ts";

export const list: Handler<"users/list-social-accounts-for-authenticated-user"> = async (
  { query },
  context,
) => {
  const rows = await accounts.listSocialAccounts(context.store, viewerOf(context).id);
  return paginateList(context, "/user/social_accounts", query, rows.map(presentSocialAccount));
};

export const listForUser: Handler<"users/list-social-accounts-for-user"> = async (
  { path, query },
  context,
) => {
  const id = await idOf(context.store, path.username);
  const rows = await accounts.listSocialAccounts(context.store, id);
  const link = `/users/${path.username}/social_accounts`;
  return paginateList(context, link, query, rows.map(presentSocialAccount));
};

export const add: Handler<"users/add-social-account-for-authenticated-user"> = async (
  { body },
  context,
) => {
  const { id } = viewerOf(context);
  const rows = await accounts.addSocialAccounts(context.store, id, body.account_urls);
  return { status: 201, body: rows.map(presentSocialAccount) };
};

export const remove: Handler<"users/delete-social-account-for-authenticated-user"> = async (
  { body },
  context,
) => {
  await accounts.deleteSocialAccounts(context.store, viewerOf(context).id, body.account_urls);
  return { status: 204 };
};
