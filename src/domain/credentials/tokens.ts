import { and, asc, eq, getTableColumns, isNull, sql } from "../../storage/drizzle.ts";
import { auditStatement } from "../activity/audit-log.ts";
import type { TokenRow } from "../credential.ts";
import { DomainError, notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import { splitScopes } from "./scopes.ts";
import {
  defaultForm,
  derivedTokenText,
  isShownAgain,
  randomTokenText,
  type TokenForm,
  tokenHash,
  tokenLastEight,
} from "./token-text.ts";

export interface NewToken {
  userId: number;
  name: string;
  scopes: readonly string[];
  permissions?: readonly string[] | undefined;
  kind?: TokenRow["kind"];
  description?: string | undefined;
  /** Seconds since 1970. */
  expiresAt?: number | undefined;
  createdById?: number | undefined;
  /** What it looks like, where that is not usual for its kind. */
  form?: TokenForm | undefined;
  /** A text that is to be taken as it is, for test servers. */
  text?: string | undefined;
  familyId?: number | undefined;
}

/** A statement that makes a token, and the text that opens what the token opens. */
interface Insertion {
  readonly text: string;
  readonly statement: ReturnType<typeof insertTokenStatement>;
}

function insertionOf(store: Store, newToken: NewToken): Insertion {
  const { kind = "personal", permissions } = newToken;
  const jti = store.random.bytes(15).toString("base64url");
  const form = newToken.form ?? defaultForm(kind, permissions !== undefined);
  const text =
    newToken.text ??
    (isShownAgain({ kind })
      ? derivedTokenText(store, { kind, jti })
      : randomTokenText(store, form));
  return { text, statement: insertTokenStatement(store, newToken, jti, text) };
}

function insertTokenStatement(
  { engine, clock }: Store,
  newToken: NewToken,
  jti: string,
  text: string,
) {
  const now = clock();
  return engine.query
    .insert(engine.tables.tokens)
    .values({
      jti,
      tokenHash: tokenHash(text),
      tokenLastEight: tokenLastEight(text),
      familyId: newToken.familyId ?? null,
      userId: newToken.userId,
      kind: newToken.kind ?? "personal",
      name: newToken.name,
      description: newToken.description ?? null,
      scopes: [...new Set(newToken.scopes)].sort().join(" "),
      permissions: newToken.permissions?.join(" ") ?? null,
      issuedAt: Math.floor(now / 1000),
      expiresAt: newToken.expiresAt ?? null,
      createdById: newToken.createdById ?? null,
      createdAt: now,
      updatedAt: now,
    })
    .returning();
}

/**
 * Makes a token and returns its text, which is stored nowhere. Throws `not-found` when the user has
 * gone, and `conflict` for a text that another token has.
 */
export async function issue(store: Store, newToken: NewToken): Promise<[string, TokenRow]> {
  const { text, statement } = insertionOf(store, newToken);
  const [[row]] = await store.engine.transaction(
    statement,
    createdStatement(store, newToken, text),
  );
  return [text, row as TokenRow];
}

/**
 * Ends a token and makes one like it, with an end of its own (seconds since 1970). Throws
 * `conflict` for a token that has been revoked, be it by a rotation at the same time.
 */
export async function rotate(
  store: Store,
  old: TokenRow,
  expiresAt: number,
  form?: TokenForm,
): Promise<[string, TokenRow]> {
  const { userId, name, kind, description, permissions } = old;
  const { text, statement } = insertionOf(store, {
    ...{ userId, name, kind, expiresAt, form, scopes: splitScopes(old.scopes) },
    description: description ?? undefined,
    permissions: permissions === null ? undefined : splitScopes(permissions),
    createdById: old.createdById ?? undefined,
    familyId: old.familyId ?? old.id,
  });
  const [, ended, [row]] = await store.engine.transaction(
    endedStatement(store, "token.rotate", old.id),
    endingOf(store, old.id),
    statement,
  );
  invalidate.tokensChanged(store);
  if (ended.length > 0) return [text, row as TokenRow];
  // A concurrent rotation won: the token just created is revoked, and never leaves this function.
  await store.engine.transaction(endingOf(store, (row as TokenRow).id));
  throw new DomainError("conflict", "revoked", "token");
}

/** The audit entry of a new token: its scopes, and never its text. */
function createdStatement(store: Store, newToken: NewToken, text: string) {
  const { tokens } = store.engine.tables;
  const { userId, name, kind = "personal", scopes, permissions } = newToken;
  const hash = tokenHash(text);
  const id = sql<number>`(select id from ${tokens} where token_hash = ${hash})`;
  return auditStatement(store, {
    action: "token.create",
    userId,
    target: { type: "Token", id, name },
    details: { kind, scopes, permissions },
  });
}

function endedStatement(store: Store, action: "token.revoke" | "token.rotate", id: number) {
  const { tokens } = store.engine.tables;
  return auditStatement(
    store,
    {
      action,
      userId: sql<number>`${tokens.userId}`,
      target: { type: "Token", id },
    },
    { from: tokens, where: and(eq(tokens.id, id), isNull(tokens.revokedAt)) },
  );
}

/** A user's tokens that count, oldest first. */
export function listByUser(store: Store, userId: number): Promise<TokenRow[]> {
  const { tokens } = store.engine.tables;
  return store.engine.query
    .select()
    .from(tokens)
    .where(and(eq(tokens.userId, userId), isNull(tokens.revokedAt)))
    .orderBy(asc(tokens.id));
}

/** The tokens of all users that count, with their users' names, oldest first. */
export function listAllTokens(store: Store): Promise<(TokenRow & { username: string })[]> {
  const { tokens, users } = store.engine.tables;
  return store.engine.query
    .select({ ...getTableColumns(tokens), username: users.username })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(isNull(tokens.revokedAt))
    .orderBy(asc(tokens.id));
}

function endingOf({ engine, clock }: Store, id: number) {
  const { tokens } = engine.tables;
  const now = clock();
  return engine.query
    .update(tokens)
    .set({ revokedAt: now, updatedAt: now })
    .where(and(eq(tokens.id, id), isNull(tokens.revokedAt)))
    .returning({ id: tokens.id });
}

/** Ends a token: the next request that shows it is refused. Throws `not-found`. */
export async function revoke(store: Store, id: number): Promise<void> {
  const [, rows] = await store.engine.transaction(
    endedStatement(store, "token.revoke", id),
    endingOf(store, id),
  );
  if (rows.length === 0) throw notFound("token");
  invalidate.tokensChanged(store);
}

/**
 * A token that was rotated is shown again where only its owner rotates tokens: one of the two
 * stole it. Ends every token of the chain, as GitLab does (docs: Automatic reuse detection).
 */
export async function revokeRotatedChain(store: Store, text: string): Promise<void> {
  const { engine } = store;
  const { tokens } = engine.tables;
  const [old] = await engine.query
    .select()
    .from(tokens)
    .where(eq(tokens.tokenHash, tokenHash(text)));
  if (old === undefined || old.revokedAt === null) return;
  const now = store.clock();
  await engine.transaction(
    auditStatement(store, {
      action: "token.reuse",
      userId: old.userId,
      target: { type: "Token", id: old.id, name: old.name },
    }),
    engine.query
      .update(tokens)
      .set({ revokedAt: now, updatedAt: now })
      .where(and(eq(tokens.familyId, old.familyId ?? old.id), isNull(tokens.revokedAt))),
  );
  invalidate.tokensChanged(store);
}
