import type { TokenRow } from "../../domain/credential.ts";
import { scopesFrom, splitScopes } from "../../domain/credentials/scopes.ts";
import * as issuedTokens from "../../domain/credentials/token-queries.ts";
import { shownTokenText } from "../../domain/credentials/token-text.ts";
import * as tokens from "../../domain/credentials/tokens.ts";
import { notFound } from "../../domain/errors.ts";
import type { User } from "../../domain/user.ts";
import * as states from "../../domain/users/account-states.ts";
import * as accounts from "../../domain/users/accounts.ts";
import { byUsername, idOf, stats } from "../../domain/users/users.ts";
import type { components } from "../../generated/github-types.ts";
import { ApiError } from "../http/api-error.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { linkHeader, pageOf } from "../http/pagination.ts";
import { simpleUser, timestamp } from "../presenters/user.ts";

type Authorization = components["schemas"]["authorization"];

const noContent = { status: 204 } as const;
const APPLICATION = "GitHub Site Administrator";

/** Enterprise Server keeps letters, digits and single hyphens: octo_cat becomes octo-cat. */
const normalised = (login: string): string =>
  login.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");

export const createUser: Handler<"enterprise-admin/create-user"> = async ({ body }, context) => {
  const { store, base } = context;
  const user = await accounts.createAccount(store, {
    username: normalised(body.login),
    email: body.email ?? undefined,
    state: body.suspended === true ? "blocked" : "active",
    createdById: viewerOf(context).id,
  });
  const headers = ["Location", `${base.api}/users/${user.username}`];
  return { status: 201, body: simpleUser(user, base), headers };
};

export const renameUser: Handler<"enterprise-admin/update-username-for-user"> = async (
  { path, body },
  { store, base },
) => {
  const id = await idOf(store, path.username);
  await accounts.updateAccount(store, id, { username: normalised(body.login) });
  const url = `${base.api}/user/${id}`;
  const message = "Job queued to rename user. It may take a few minutes to complete.";
  return { status: 202, body: { message, url }, headers: ["Location", url] };
};

/** The user of the path, whom an administrator may do this to: any user but themself. */
async function other(context: Context, username: string, deed: string): Promise<User> {
  const user = await byUsername(context.store, username);
  if (user.id === viewerOf(context).id) throw new ApiError(403, `You cannot ${deed} yourself.`);
  return user;
}

export const deleteUser: Handler<"enterprise-admin/delete-user"> = async ({ path }, context) => {
  const user = await other(context, path.username, "delete");
  await accounts.deleteAccount(context.store, user.id);
  return noContent;
};

export const suspendUser: Handler<"enterprise-admin/suspend-user"> = async (
  { path, body },
  context,
) => {
  const user = await other(context, path.username, "suspend");
  await states.suspend(context.store, user.id, body?.reason ?? undefined);
  return noContent;
};

export const unsuspendUser: Handler<"enterprise-admin/unsuspend-user"> = async (
  { path },
  { store },
) => {
  await states.unsuspend(store, await idOf(store, path.username));
  return noContent;
};

export const promote: Handler<"enterprise-admin/promote-user-to-be-site-administrator"> = async (
  { path },
  { store },
) => {
  await accounts.updateAccount(store, await idOf(store, path.username), { admin: true });
  return noContent;
};

export const demote: Handler<"enterprise-admin/demote-site-administrator"> = async (
  { path },
  context,
) => {
  const user = await other(context, path.username, "demote");
  await accounts.updateAccount(context.store, user.id, { admin: false });
  return noContent;
};

/** A token without its text, which GitHub's lists leave empty. */
function authorization({ base }: Context, row: TokenRow): Authorization {
  return {
    id: row.id,
    url: `${base.api}/authorizations/${row.id}`,
    app: { name: APPLICATION, url: base.origin, client_id: "00000000000000000000" },
    token: "",
    hashed_token: row.tokenHash ?? "",
    token_last_eight: row.tokenLastEight,
    note: row.name,
    note_url: null,
    created_at: timestamp(row.createdAt),
    updated_at: timestamp(row.updatedAt),
    scopes: splitScopes(row.scopes),
    fingerprint: null,
    expires_at: row.expiresAt === null ? null : timestamp(row.expiresAt * 1000),
  };
}

const withToken = (context: Context, row: TokenRow): Authorization => ({
  ...authorization(context, row),
  token: shownTokenText(context.store, row),
});

const impersonationOf = async ({ store }: Context, userId: number) =>
  (await tokens.listByUser(store, userId)).filter(
    ({ kind }) => kind === "site_admin_impersonation",
  );

export const createImpersonation: Handler<
  "enterprise-admin/create-impersonation-o-auth-token"
> = async ({ path, body }, context) => {
  const userId = await idOf(context.store, path.username);
  const scopes = scopesFrom(body.scopes);
  const [existing] = (await impersonationOf(context, userId)).filter(
    (row) => row.scopes === scopes.join(" "),
  );
  if (existing !== undefined) return { status: 200, body: withToken(context, existing) };
  const [, row] = await tokens.issue(context.store, {
    userId,
    kind: "site_admin_impersonation",
    name: APPLICATION,
    scopes,
    createdById: viewerOf(context).id,
  });
  const body_ = withToken(context, row);
  return { status: 201, body: body_, headers: ["Location", body_.url] };
};

export const deleteImpersonation: Handler<
  "enterprise-admin/delete-impersonation-o-auth-token"
> = async ({ path }, context) => {
  const found = await impersonationOf(context, await idOf(context.store, path.username));
  if (found.length === 0) throw notFound("token");
  for (const { id } of found) await tokens.revoke(context.store, id);
  return noContent;
};

const PERSONAL = { kinds: ["personal"], revoked: false } as const;

export const listTokens: Handler<"enterprise-admin/list-personal-access-tokens"> = async (
  { query },
  context,
) => {
  const page = pageOf(query);
  const limits = { offset: page.offset, limit: page.size };
  const { rows, total } = await issuedTokens.page(context.store, PERSONAL, limits);
  const body = rows.map((row) => authorization(context, row));
  return { status: 200, body, headers: linkHeader(context, "/admin/tokens", page, total) };
};

export const deleteToken: Handler<"enterprise-admin/delete-personal-access-token"> = async (
  { path },
  { store },
) => {
  await tokens.revoke(store, Number(path.token_id));
  return noContent;
};

export const getUserStats: Handler<"enterprise-admin/get-user-stats"> = async (_, { store }) => {
  const { total, admins, suspended } = await stats(store);
  return {
    status: 200,
    body: { total_users: total, admin_users: admins, suspended_users: suspended },
  };
};
