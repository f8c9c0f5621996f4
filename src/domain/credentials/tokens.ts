import { createSecretKey, type KeyObject } from "node:crypto";
import { and, asc, eq, isNull, sql } from "../../storage/drizzle.ts";
import { dayOf, recordActivity } from "../activity/last-activity.ts";
import { DomainError, notFound } from "../errors.ts";
import type { Store } from "../store.ts";
import type { User } from "../users/users.ts";
import { jwt } from "./jwt.ts";
import { SCOPES } from "./scopes.ts";

const { placeholder } = sql;

const ISSUER = "followd";
const SHORTEST_KEY = 32;
/** Some clients refuse longer ones (GitLab::API::v4 when it is constructed). */
const LONGEST_TOKEN = 255;
const USE_NOTED_EVERY = 10 * 60 * 1000;
const USE_TRIED_EVERY = 1000;

export type TokenRow = Store["engine"]["tables"]["tokens"]["$inferSelect"];

/** Who is calling, and with which token. */
export interface Credential {
  readonly token: TokenRow;
  readonly user: Pick<User, "id" | "username" | "admin" | "state" | "type">;
  readonly scopes: ReadonlySet<string>;
  /** Null for a classic token; else `permission:level` words. */
  readonly permissions: ReadonlySet<string> | null;
}

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

/** The words of a column that holds several. */
export const splitScopes = (text: string): string[] =>
  text.split(" ").filter((word) => word !== "");

/** The words of a list of scopes, each once and sorted. Throws `invalid` for an unknown one. */
export function scopesFrom(words: readonly string[] | null | undefined): string[] {
  const scopes = [...new Set(words ?? [])].sort();
  if (!scopes.every((scope) => SCOPES.has(scope))) {
    throw new DomainError("invalid", "no such scope", "scopes");
  }
  return scopes;
}

/** The key that signs tokens. Throws when it is too short to be safe. */
export function signingKey(secret: Buffer): KeyObject {
  if (secret.length < SHORTEST_KEY) {
    throw new Error(`The signing key has ${secret.length} bytes; ${SHORTEST_KEY} are needed.`);
  }
  return createSecretKey(secret);
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
  store.credentials.clear();
  if (ended.length > 0) return [signToken(store, row as TokenRow), row as TokenRow];
  // Somebody else was first, so nobody is ever told this one.
  await store.engine.transaction(endingOf(store, (row as TokenRow).id));
  throw new DomainError("conflict", "revoked", "token");
}

/** The text of a token that lives: the same signature over the same claims, every time. */
export function signToken(store: Store, token: TokenRow): string {
  const claims = {
    iss: ISSUER,
    sub: String(token.userId),
    jti: token.jti,
    iat: token.issuedAt,
    ...(token.expiresAt === null ? {} : { exp: token.expiresAt }),
  };
  return jwt().sign(claims, store.key, { algorithm: "HS256" });
}

/** Why a text opens nothing. */
export type TokenRejection = "unknown" | "revoked" | "expired";

/** Who holds the token: undefined when it is not ours, was revoked, has expired or is garbage. */
export async function authenticateToken(
  store: Store,
  text: string,
): Promise<Credential | undefined> {
  const judged = await verifyToken(store, text);
  return typeof judged === "string" ? undefined : judged;
}

/**
 * Who holds the token, or what is wrong with it. `address` finds out where it was used, which is
 * seldom wanted and takes a while behind proxies.
 */
export async function verifyToken(
  store: Store,
  text: string,
  address?: () => string | undefined,
): Promise<Credential | TokenRejection> {
  const known = store.credentials.get(text);
  const credential = known ?? (await verify(store, text));
  if (credential === undefined) return "unknown";
  const { revokedAt, expiresAt } = credential.token;
  if (revokedAt !== null) return "revoked";
  if (expiresAt !== null && expiresAt * 1000 <= store.clock()) return "expired";
  if (known === undefined) store.credentials.set(text, credential);
  await noteUse(store, credential.token, address);
  return credential;
}

/**
 * jsonwebtoken by itself accepts tokens of any type, without a subject, from the future, or with
 * claims that are no object; what is not exactly what `textOf` writes is refused here.
 */
function claimsOf(store: Store, text: string): { sub: string; jti: string } | undefined {
  if (text.length > LONGEST_TOKEN) return undefined;
  try {
    const { header, payload } = jwt().verify(text, store.key, {
      algorithms: ["HS256"],
      issuer: ISSUER,
      ignoreExpiration: true,
      complete: true,
    });
    if (header.typ !== "JWT" || "crit" in header || typeof payload !== "object") return undefined;
    const { sub, jti, iat } = payload;
    if (typeof sub !== "string" || typeof jti !== "string" || typeof iat !== "number") return;
    return { sub, jti };
  } catch {
    return undefined;
  }
}

async function verify(store: Store, text: string): Promise<Credential | undefined> {
  const claims = claimsOf(store, text);
  if (claims === undefined) return undefined;
  const { tokens, users } = store.engine.tables;
  const row = await store.engine
    .prepared("credential", (query) =>
      query
        .select({
          token: tokens,
          user: {
            id: users.id,
            username: users.username,
            admin: users.admin,
            state: users.state,
            type: users.type,
          },
        })
        .from(tokens)
        .innerJoin(users, eq(users.id, tokens.userId))
        .where(eq(tokens.jti, placeholder("jti"))),
    )
    .get({ jti: claims.jti });
  // The claims decide nothing by themselves: the row must tell the same.
  if (row === undefined || signToken(store, row.token) !== text) return undefined;
  const { scopes, permissions } = row.token;
  return {
    ...row,
    scopes: new Set(splitScopes(scopes)),
    permissions: permissions === null ? null : new Set(splitScopes(permissions)),
  };
}

/** When a use that could not be noted is worth another try. */
const notedAgainAt = new WeakMap<TokenRow, number>();

/**
 * Writes down that a token and its owner were here, at most once in ten minutes. The first request
 * of a day waits for it, so that it tells of its caller what the next one will tell.
 */
async function noteUse(
  store: Store,
  token: TokenRow,
  address?: () => string | undefined,
): Promise<void> {
  const now = store.clock();
  const { lastUsedAt } = token;
  if (lastUsedAt !== null && now - lastUsedAt < USE_NOTED_EVERY) return;
  if (now < (notedAgainAt.get(token) ?? 0)) return;
  token.lastUsedAt = now;
  const { tokens } = store.engine.tables;
  const use = store.engine.query
    .update(tokens)
    .set({ lastUsedAt: now })
    .where(eq(tokens.id, token.id));
  const presence = recordActivity(store, token.userId, now, address?.());
  // Nobody waits here for another process's lock; a later use is noted instead. A database that
  // can't take it at all will say so to somebody who needs it to.
  const noted = store.engine.tryWrite(use, presence).then(
    () => store.caches.forgetRow(token.userId),
    () => {
      token.lastUsedAt = lastUsedAt;
      notedAgainAt.set(token, now + USE_TRIED_EVERY);
    },
  );
  if (lastUsedAt === null || dayOf(lastUsedAt) !== dayOf(now)) await noted;
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
  store.credentials.clear();
}
