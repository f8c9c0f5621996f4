import { SCOPES } from "../../domain/credentials/scopes.ts";
import { IMPERSONATION, impersonationOf, page } from "../../domain/credentials/token-queries.ts";
import * as tokens from "../../domain/credentials/tokens.ts";
import { getUserById } from "../../domain/users/users.ts";
import { type Context, type Handler, requireAdmin } from "../http/context.ts";
import { BLANK_MESSAGES, checkModel, textMessages } from "../http/model-errors.ts";
import { pageHeaders, pageOf } from "../http/pagination.ts";
import { checkUnmodifiedSince } from "../http/preconditions.ts";
import { endFrom, endMessages, impersonationToken, MAX_LIFE_DAYS } from "../presenters/token.ts";

export const listImpersonationTokens: Handler<"listImpersonationTokens"> = async (
  { path, query },
  context,
) => {
  const { store } = context;
  const { id: userId } = await getUserById(store, Number(path.user_id));
  const { state = "all" } = query;
  const active = state === "all" ? undefined : state === "active";
  const at = pageOf(query);
  const sought = { userId, kinds: IMPERSONATION, active };
  const found = await page(store, sought, { offset: at.offset, limit: at.size });
  const body = found.rows.map((row) => impersonationToken(row, store.clock()));
  return { status: 200, body, headers: pageHeaders(context, at, found.total) };
};

function scopeMessages(scopes: readonly string[]): readonly string[] {
  if (scopes.length === 0) return BLANK_MESSAGES;
  return scopes.every((scope) => SCOPES.has(scope)) ? [] : ["can only contain available scopes"];
}

export const createImpersonationToken: Handler<"createImpersonationToken"> = async (
  { path, body },
  context,
) => {
  const { store } = context;
  const { id: userId } = await getUserById(store, Number(path.user_id));
  const { name, scopes } = { name: body?.name ?? "", scopes: body?.scopes ?? [] };
  const expiresAt = endFrom(body?.expires_at, store.clock(), { usual: MAX_LIFE_DAYS });
  checkModel({
    name: textMessages(name),
    scopes: scopeMessages(scopes),
    expires_at: endMessages(expiresAt, store.clock()),
  });
  const [token, row] = await tokens.issue(store, {
    ...{ userId, name, scopes, expiresAt },
    kind: "impersonation",
    description: body?.description ?? undefined,
    createdById: requireAdmin(context).id,
  });
  return { status: 201, body: { ...impersonationToken(row, store.clock()), token } };
};

/** Throws `not-found` for a user who is not there as well as for a token that is not theirs. */
async function tokenAt(
  { store }: Context,
  path: { user_id: number; impersonation_token_id: number },
) {
  const { id } = await getUserById(store, Number(path.user_id));
  return impersonationOf(store, id, Number(path.impersonation_token_id));
}

export const getImpersonationToken: Handler<"getImpersonationToken"> = async (
  { path },
  context,
) => {
  const row = await tokenAt(context, path);
  return { status: 200, body: impersonationToken(row, context.store.clock()) };
};

export const revokeImpersonationToken: Handler<"revokeImpersonationToken"> = async (
  { path },
  context,
) => {
  const row = await tokenAt(context, path);
  checkUnmodifiedSince(context, row.updatedAt);
  if (row.revokedAt === null) await tokens.revoke(context.store, row.id);
  return { status: 204 };
};
