import type { TokenRow } from "../../domain/credential.ts";
import {
  find,
  IMPERSONATION,
  isImpersonation,
  OWN_TOKEN_KINDS,
  page,
  type TokenFilter,
} from "../../domain/credentials/token-queries.ts";
import * as tokens from "../../domain/credentials/tokens.ts";
import { DomainError, isNotFound } from "../../domain/errors.ts";
import type { User } from "../../domain/user.ts";
import { getUserById } from "../../domain/users/users.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { fixedError, noRecord } from "../http/api-error.ts";
import { dateOf } from "../http/coerce-parameters.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { textMessages } from "../http/model-errors.ts";
import { pageHeaders, pageOf } from "../http/pagination.ts";
import { endFrom, endMessages, MAX_LIFE_DAYS, personalAccessToken } from "../presenters/token.ts";

type New = components["schemas"]["new-personal-access-token"];

const UNAUTHORIZED = fixedError(401, "401 Unauthorized");
const NOT_FOUND = fixedError(404, "404 Not Found");
const NO_ACCESS_TOKEN = fixedError(
  400,
  "400 Bad request - This endpoint requires token type to be a personal access token",
);
const ROTATED_LIFE_DAYS = 7;
/** What the vendor calls personal access tokens, which private tokens are not. */
const VENDORS = ["personal", ...IMPERSONATION] as const;

/** Administrators see all tokens of every kind, others their own that are not for impersonation. */
async function scopeOfList(context: Context, userId: number | undefined): Promise<TokenFilter> {
  const viewer = viewerOf(context);
  if (!viewer.admin) {
    if (userId !== undefined && userId !== viewer.id) throw UNAUTHORIZED;
    return { userId: viewer.id, kinds: OWN_TOKEN_KINDS };
  }
  if (userId === undefined) {
    // An empty one names no user; only none at all asks for all users' tokens.
    if ("user_id" in context.parameters) throw NOT_FOUND;
    return { kinds: VENDORS };
  }
  const user = await getUserById(context.store, userId).catch(asNotFound);
  return { userId: user.id };
}

/** Here the vendor names no thing. */
function asNotFound(error: unknown): never {
  throw isNotFound(error) ? NOT_FOUND : error;
}

const timeOf = (text: string | undefined) => (text === undefined ? undefined : dateOf(text));

export const listPersonalAccessTokens: Handler<"listPersonalAccessTokens"> = async (
  { query },
  context,
) => {
  const filter: TokenFilter = {
    ...(await scopeOfList(context, query.user_id)),
    revoked: query.revoked,
    active: query.state === undefined ? undefined : query.state === "active",
    createdBefore: timeOf(query.created_before),
    createdAfter: timeOf(query.created_after),
    usedBefore: timeOf(query.last_used_before),
    usedAfter: timeOf(query.last_used_after),
    name: query.search,
  };
  const at = pageOf(query);
  const found = await page(context.store, filter, { offset: at.offset, limit: at.size });
  const now = context.store.clock();
  const body = found.rows.map((row) => personalAccessToken(row, now));
  return { status: 200, body, headers: pageHeaders(context, at, found.total) };
};

/** Whether the caller may read a token or rotate it. */
const mayManage = (viewer: User, row: TokenRow): boolean =>
  viewer.admin || (row.userId === viewer.id && !isImpersonation(row));

/** 404 for a token that does not exist, to administrators only. */
async function managed(context: Context, id: string): Promise<TokenRow> {
  const viewer = viewerOf(context);
  const row = await find(context.store, Number(id));
  if (row !== undefined && mayManage(viewer, row)) return row;
  throw viewer.admin ? NOT_FOUND : UNAUTHORIZED;
}

export const getPersonalAccessToken: Handler<"getPersonalAccessToken"> = async (
  { path },
  context,
) => {
  const row = await managed(context, path.id);
  return { status: 200, body: personalAccessToken(row, context.store.clock()) };
};

/** A token that has ended already may be ended again. */
async function end({ store }: Context, row: TokenRow) {
  if (row.revokedAt === null) await tokens.revoke(store, row.id);
  return { status: 204 } as const;
}

/** Unlike the other two, this operation shows every caller whether a token exists. */
export const revokePersonalAccessToken: Handler<"revokePersonalAccessToken"> = async (
  { path },
  context,
) => {
  const row = await find(context.store, Number(path.id));
  if (row === undefined) throw noRecord();
  if (!mayManage(viewerOf(context), row)) throw fixedError(400, "400 Bad request");
  return end(context, row);
};

async function rotated({ store }: Context, old: TokenRow, given: string | null | undefined) {
  // There is one for each user, without an end; it is made anew where it was ended.
  if (old.kind === "private") throw NO_ACCESS_TOKEN;
  const now = store.clock();
  const expiresAt = endFrom(given, now, { usual: ROTATED_LIFE_DAYS });
  const [message] = endMessages(expiresAt, now);
  if (message !== undefined) throw fixedError(400, `400 Bad request - Expiration date ${message}`);
  const [token, row] = await tokens.rotate(store, old, expiresAt, "gitlab").catch(asRevoked);
  return { status: 200, body: { ...personalAccessToken(row, now), token } } as const;
}

function asRevoked(error: unknown): never {
  const revoked = error instanceof DomainError && error.kind === "conflict";
  throw revoked ? fixedError(400, "400 Bad request - token already revoked") : error;
}

export const rotatePersonalAccessToken: Handler<"rotatePersonalAccessToken"> = async (
  { path, body },
  context,
) => rotated(context, await managed(context, path.id), body?.expires_at);

/** The token that the request shows, also where it runs for another user. */
function ownToken({ caller }: Context): TokenRow {
  if (caller === undefined) throw UNAUTHORIZED;
  if (caller.token.kind === "private") throw NO_ACCESS_TOKEN;
  return caller.token;
}

export const getOwnPersonalAccessToken: Handler<"getOwnPersonalAccessToken"> = (_, context) => ({
  status: 200,
  body: personalAccessToken(ownToken(context), context.store.clock()),
});

/** The vendor lets no token end itself with which an administrator acts as its owner. */
export const revokeOwnPersonalAccessToken: Handler<"revokeOwnPersonalAccessToken"> = (
  _,
  context,
) => {
  const token = ownToken(context);
  if (isImpersonation(token)) throw fixedError(400, "400 Bad request");
  return end(context, token);
};

export const rotateOwnPersonalAccessToken: Handler<"rotateOwnPersonalAccessToken"> = (
  { body },
  context,
) => rotated(context, ownToken(context), body?.expires_at);

/** GitLab joins the messages into one sentence here. */
function checkToken(name: string, scopes: readonly string[], expiresAt: number, now: number): void {
  const wrong = [
    ...textMessages(name).map((message) => `Name ${message}`),
    ...(scopes.length === 0 ? ["Scopes can't be blank"] : []),
    ...endMessages(expiresAt, now).map((message) => `Expiration date ${message}`),
  ];
  if (wrong.length === 0) return;
  throw fixedError(422, new Intl.ListFormat("en", { type: "conjunction" }).format(wrong));
}

async function create(context: Context, userId: number, body: New | undefined, usual: number) {
  const { store } = context;
  const now = store.clock();
  const { name, scopes } = { name: body?.name ?? "", scopes: body?.scopes ?? [] };
  const expiresAt = endFrom(body?.expires_at, now, { usual });
  checkToken(name, scopes, expiresAt, now);
  const [token, row] = await tokens.issue(store, {
    ...{ userId, name, scopes, expiresAt },
    form: "gitlab",
    description: body?.description ?? undefined,
    createdById: viewerOf(context).id,
  });
  return { status: 201, body: { ...personalAccessToken(row, now), token } } as const;
}

export const createPersonalAccessToken: Handler<"createPersonalAccessToken"> = async (
  { path, body },
  context,
) => {
  const { id } = await getUserById(context.store, Number(path.user_id));
  return create(context, id, body, MAX_LIFE_DAYS);
};

/** Tomorrow ends what users make for themselves, unless they name a day. */
export const createLimitedPersonalAccessToken: Handler<"createLimitedPersonalAccessToken"> = (
  { body },
  context,
) => create(context, viewerOf(context).id, body, 1);
