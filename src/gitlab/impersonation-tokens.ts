import { IMPERSONATION, impersonationOf, page } from "../people/issued-tokens.ts";
import { SCOPES } from "../people/scopes.ts";
import * as tokens from "../people/tokens.ts";
import { byId } from "../people/users.ts";
import { pageHeaders, pageOf } from "./pages.ts";
import { endFrom, endMessages, impersonationToken, LONGEST_LIFE } from "./token-shapes.ts";
import { adminOf, type Context, type Handler } from "./wire/context.ts";
import { BLANK, checkModel, textMessages } from "./wire/models.ts";
import { checkUnmodifiedSince } from "./wire/precondition.ts";

export const listImpersonationTokens: Handler<"listImpersonationTokens"> = async (
  { path, query },
  context,
) => {
  const { people } = context;
  const { id: userId } = await byId(people, Number(path.user_id));
  const { state = "all" } = query;
  const active = state === "all" ? undefined : state === "active";
  const at = pageOf(query);
  const sought = { userId, kinds: IMPERSONATION, active };
  const found = await page(people, sought, { offset: at.offset, limit: at.size });
  const body = found.rows.map((row) => impersonationToken(row, people.clock()));
  return { status: 200, body, headers: pageHeaders(context, at, found.total) };
};

function scopeMessages(scopes: readonly string[]): readonly string[] {
  if (scopes.length === 0) return BLANK;
  return scopes.every((scope) => SCOPES.has(scope)) ? [] : ["can only contain available scopes"];
}

export const createImpersonationToken: Handler<"createImpersonationToken"> = async (
  { path, body },
  context,
) => {
  const { people } = context;
  const { id: userId } = await byId(people, Number(path.user_id));
  const { name, scopes } = { name: body?.name ?? "", scopes: body?.scopes ?? [] };
  const expiresAt = endFrom(body?.expires_at, people.clock(), { usual: LONGEST_LIFE });
  checkModel({
    name: textMessages(name),
    scopes: scopeMessages(scopes),
    expires_at: endMessages(expiresAt, people.clock()),
  });
  const [token, row] = await tokens.issue(people, {
    ...{ userId, name, scopes, expiresAt },
    kind: "impersonation",
    description: body?.description ?? undefined,
    createdById: adminOf(context).id,
  });
  return { status: 201, body: { ...impersonationToken(row, people.clock()), token } };
};

/** Throws `not-found` for a user who is not there as well as for a token that is not theirs. */
async function tokenAt(
  { people }: Context,
  path: { user_id: number; impersonation_token_id: number },
) {
  const { id } = await byId(people, Number(path.user_id));
  return impersonationOf(people, id, Number(path.impersonation_token_id));
}

export const getImpersonationToken: Handler<"getImpersonationToken"> = async (
  { path },
  context,
) => {
  const row = await tokenAt(context, path);
  return { status: 200, body: impersonationToken(row, context.people.clock()) };
};

export const revokeImpersonationToken: Handler<"revokeImpersonationToken"> = async (
  { path },
  context,
) => {
  const row = await tokenAt(context, path);
  checkUnmodifiedSince(context, row.updatedAt);
  if (row.revokedAt === null) await tokens.revoke(context.people, row.id);
  return { status: 204 };
};
