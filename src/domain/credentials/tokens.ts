import { and, asc, eq, isNull } from "../../storage/drizzle.ts";
import type { TokenRow } from "../credential.ts";
import { DomainError, notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import { splitScopes } from "./scopes.ts";
import { signToken } from "./token-signing.ts";

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
}

function insertionOf({ engine, clock, random }: Store, wanted: NewToken) {
  const now = clock();
  return engine.query
    .insert(engine.tables.tokens)
    .values({
      jti: random.bytes(15).toString("base64url"),
      userId: wanted.userId,
      kind: wanted.kind ?? "personal",
      name: wanted.name,
      description: wanted.description ?? null,
      scopes: [...new Set(wanted.scopes)].sort().join(" "),
      permissions: wanted.permissions?.join(" ") ?? null,
      issuedAt: Math.floor(now / 1000),
      expiresAt: wanted.expiresAt ?? null,
      createdById: wanted.createdById ?? null,
      createdAt: now,
      updatedAt: now,
    })
    .returning();
}

/**
 * Makes a token; its text is told here and can be made again only with the key. Throws `not-found`
 * when the user has gone.
 */
export async function issue(store: Store, wanted: NewToken): Promise<[string, TokenRow]> {
  const [[row]] = await store.engine.transaction(insertionOf(store, wanted));
  return [signToken(store, row as TokenRow), row as TokenRow];
}

/**
 * Ends a token and makes one like it, with an end of its own (seconds since 1970). Throws
 * `conflict` for a token that has been revoked, be it by a rotation at the same time.
 */
export async function rotate(
  store: Store,
  old: TokenRow,
  expiresAt: number,
): Promise<[string, TokenRow]> {
  const { userId, name, kind, description, permissions } = old;
  const [ended, [row]] = await store.engine.transaction(
    endingOf(store, old.id),
    insertionOf(store, {
      ...{ userId, name, kind, expiresAt, scopes: splitScopes(old.scopes) },
      description: description ?? undefined,
      permissions: permissions === null ? undefined : splitScopes(permissions),
      createdById: old.createdById ?? undefined,
    }),
  );
  invalidate.tokensChanged(store);
  if (ended.length > 0) return [signToken(store, row as TokenRow), row as TokenRow];
  // A concurrent rotation won: the token just created is revoked, and never leaves this function.
  await store.engine.transaction(endingOf(store, (row as TokenRow).id));
  throw new DomainError("conflict", "revoked", "token");
}

/** A user's tokens that count, oldest first. */
export function of(store: Store, userId: number): Promise<TokenRow[]> {
  const { tokens } = store.engine.tables;
  return store.engine.query
    .select()
    .from(tokens)
    .where(and(eq(tokens.userId, userId), isNull(tokens.revokedAt)))
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
  const [rows] = await store.engine.transaction(endingOf(store, id));
  if (rows.length === 0) throw notFound("token");
  invalidate.tokensChanged(store);
}
