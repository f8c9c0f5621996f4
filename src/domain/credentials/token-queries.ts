import {
  and,
  asc,
  count,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lte,
  not,
  or,
  type SQL,
  sql,
} from "../../storage/drizzle.ts";
import type { TokenRow } from "../credential.ts";
import { notFound } from "../errors.ts";
import type { Store } from "../store.ts";

/** Selects tokens, also revoked and expired ones. */
export interface TokenFilter {
  userId?: number | undefined;
  kinds?: readonly TokenRow["kind"][] | undefined;
  revoked?: boolean | undefined;
  /** Neither revoked nor expired. */
  active?: boolean | undefined;
  /** Milliseconds since 1970, themselves included, as in the three below. */
  createdBefore?: number | undefined;
  createdAfter?: number | undefined;
  usedBefore?: number | undefined;
  usedAfter?: number | undefined;
  /** Anywhere in the name, in any case. */
  name?: string | undefined;
}

/** Tokens with which an administrator acts as the user. */
export const IMPERSONATION = ["impersonation", "site_admin_impersonation"] as const;

/** Tokens that are their owner's alone. */
export const OWN_TOKEN_KINDS = ["personal", "private"] as const;

/** Whether an administrator acts as the user with it. */
export const isImpersonation = ({ kind }: TokenRow): boolean =>
  IMPERSONATION.some((each) => each === kind);

/** Whether a token opens anything now. */
export const isActive = ({ revokedAt, expiresAt }: TokenRow, now: number): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt * 1000 > now);

function activity({ engine: { tables }, clock }: Store, active: boolean): SQL | undefined {
  const { revokedAt, expiresAt } = tables.tokens;
  const seconds = Math.floor(clock() / 1000);
  const lives = and(isNull(revokedAt), or(isNull(expiresAt), sql`${expiresAt} > ${seconds}`));
  return active || lives === undefined ? lives : not(lives);
}

function conditionOf(store: Store, filter: TokenFilter): SQL | undefined {
  const { tokens } = store.engine.tables;
  const { userId, kinds, revoked, active, createdBefore, createdAfter, usedBefore, usedAfter } =
    filter;
  return and(
    userId === undefined ? undefined : eq(tokens.userId, userId),
    kinds === undefined ? undefined : inArray(tokens.kind, kinds),
    revoked === undefined ? undefined : (revoked ? isNotNull : isNull)(tokens.revokedAt),
    active === undefined ? undefined : activity(store, active),
    createdBefore === undefined ? undefined : lte(tokens.createdAt, createdBefore),
    createdAfter === undefined ? undefined : gte(tokens.createdAt, createdAfter),
    usedBefore === undefined ? undefined : lte(tokens.lastUsedAt, usedBefore),
    usedAfter === undefined ? undefined : gte(tokens.lastUsedAt, usedAfter),
    filter.name === undefined ? undefined : store.engine.sql.contains(tokens.name, filter.name),
  );
}

/** A page of tokens, oldest first, and how many there are. */
export async function page(
  store: Store,
  filter: TokenFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: TokenRow[]; total: number }> {
  const { engine } = store;
  const { tokens } = engine.tables;
  const condition = conditionOf(store, filter);
  const [counted] = await engine.query.select({ total: count() }).from(tokens).where(condition);
  const rows = await engine.query
    .select()
    .from(tokens)
    .where(condition)
    .orderBy(asc(tokens.id))
    .limit(limit)
    .offset(offset);
  return { rows, total: counted?.total ?? 0 };
}

/** Any token that was ever issued; undefined where there is none. */
export async function find({ engine }: Store, id: number): Promise<TokenRow | undefined> {
  const { tokens } = engine.tables;
  const [row] = await engine.query.select().from(tokens).where(eq(tokens.id, id));
  return row;
}

/** A token with which an administrator acts as a user. Throws `not-found`, for any other too. */
export async function impersonationOf(store: Store, userId: number, id: number): Promise<TokenRow> {
  const row = await find(store, id);
  const isOne = row !== undefined && row.userId === userId && isImpersonation(row);
  if (!isOne) throw notFound("impersonation-token");
  return row;
}
