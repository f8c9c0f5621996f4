import { eq, sql } from "../../storage/drizzle.ts";
import { dayOf, recordActivity } from "../activity/last-activity.ts";
import type { Credential, TokenRow } from "../credential.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import { splitScopes } from "./scopes.ts";
import { MAX_TOKEN_LENGTH, tokenHash } from "./token-text.ts";

const { placeholder } = sql;
const USE_NOTED_EVERY_MS = 10 * 60 * 1000;
const USE_TRIED_EVERY_MS = 1000;

/** Why a text opens nothing. */
export type TokenRejection = "unknown" | "revoked" | "expired";

/**
 * Who holds the token, where that is remembered and there is nothing to write down; undefined says
 * nothing about it, and `verifyToken` has to be asked.
 */
export function knownToken(store: Store, text: string): Credential | undefined {
  const credential = store.credentials.get(text);
  return credential !== undefined &&
    flawOf(store, credential) === undefined &&
    isUseNoted(store, credential.token)
    ? credential
    : undefined;
}

/** Who holds the token: undefined when it is not ours, was revoked, has expired or is garbage. */
export async function authenticateToken(
  store: Store,
  text: string,
): Promise<Credential | undefined> {
  const judged = await verifyToken(store, text);
  return typeof judged === "string" ? undefined : judged;
}

/** The credential of a token, or why it is rejected. */
export async function verifyToken(
  store: Store,
  text: string,
): Promise<Credential | TokenRejection> {
  const known = store.credentials.get(text);
  const { latest } = store.profileVersions;
  const credential = known ?? (await verify(store, text));
  if (credential === undefined) return "unknown";
  const flaw = flawOf(store, credential);
  if (flaw !== undefined) return flaw;
  // What changed while it was read may have been forgotten already.
  const isCurrent = store.profileVersions.latest === latest;
  if (known === undefined && isCurrent) store.credentials.set(text, credential);
  if (!isUseNoted(store, credential.token)) await noteUse(store, credential.token);
  return credential;
}

function flawOf({ clock }: Store, { token }: Credential): "revoked" | "expired" | undefined {
  const { revokedAt, expiresAt } = token;
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt * 1000 <= clock() ? "expired" : undefined;
}

async function verify(store: Store, text: string): Promise<Credential | undefined> {
  if (text.length > MAX_TOKEN_LENGTH) return undefined;
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
            confirmedAt: users.confirmedAt,
            passwordExpiresAt: users.passwordExpiresAt,
          },
        })
        .from(tokens)
        .innerJoin(users, eq(users.id, tokens.userId))
        .where(eq(tokens.tokenHash, placeholder("hash"))),
    )
    .get({ hash: tokenHash(text) });
  if (row === undefined) return undefined;
  const { scopes, permissions } = row.token;
  return {
    ...row,
    scopes: new Set(splitScopes(scopes)),
    permissions: permissions === null ? null : new Set(splitScopes(permissions)),
  };
}

const isUseNoted = ({ clock }: Store, { lastUsedAt }: TokenRow): boolean =>
  lastUsedAt !== null && clock() - lastUsedAt < USE_NOTED_EVERY_MS;

/** When a use that could not be noted is worth another try. */
const notedAgainAt = new WeakMap<TokenRow, number>();

/**
 * Writes down that a token and its owner were here, at most once in ten minutes. The first request
 * of a day waits for it, so that it tells of its caller what the next one will tell.
 */
async function noteUse(store: Store, token: TokenRow): Promise<void> {
  const now = store.clock();
  const { lastUsedAt } = token;
  if (now < (notedAgainAt.get(token) ?? 0)) return;
  token.lastUsedAt = now;
  const { tokens } = store.engine.tables;
  const use = store.engine.query
    .update(tokens)
    .set({ lastUsedAt: now })
    .where(eq(tokens.id, token.id));
  const presence = recordActivity(store, token.userId, now);
  // Never waits for another process's lock; a later use is noted instead. A database that
  // can't take it at all fails the next write that has to succeed.
  const noted = store.engine.tryWrite(use, presence).then(
    () => invalidate.userActive(store, token.userId),
    () => {
      token.lastUsedAt = lastUsedAt;
      notedAgainAt.set(token, now + USE_TRIED_EVERY_MS);
    },
  );
  if (lastUsedAt === null || dayOf(lastUsedAt) !== dayOf(now)) await noted;
}
