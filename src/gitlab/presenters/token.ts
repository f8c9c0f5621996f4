import type { TokenRow } from "../../domain/credential.ts";
import { splitScopes } from "../../domain/credentials/scopes.ts";
import { isActive } from "../../domain/credentials/token-queries.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { dateOf } from "../http/coerce-parameters.ts";
import { timestamp } from "./times.ts";

type Schemas = components["schemas"];

const DAY_SECONDS = 24 * 60 * 60;
/** The longest that a token may live where the vendor wants every token to end. */
export const MAX_LIFE_DAYS = 365;

/** The day at whose beginning a token ends. */
const dateShape = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** The beginning of the day in so many days, in seconds since 1970. */
const inDays = (now: number, days: number): number =>
  (Math.floor(now / 1000 / DAY_SECONDS) + days) * DAY_SECONDS;

/** The beginning of the day that was asked for; clients send a time with it, which says nothing. */
export function endFrom(
  given: string | null | undefined,
  now: number,
  { usual }: { usual: number },
): number {
  if (!given) return inDays(now, usual);
  const [date = given] = /^\s*\d{4}-\d{1,2}-\d{1,2}/.exec(given) ?? [];
  return inDays(dateOf(date), 0);
}

/** What the model says of an end: one in the past is fine, and makes a token that opens nothing. */
export function endMessages(expiresAt: number, now: number): string[] {
  const latest = inDays(now, MAX_LIFE_DAYS);
  return expiresAt > latest ? [`must be before ${dateShape(latest)}`] : [];
}

export function personalAccessToken(row: TokenRow, now: number): Schemas["personal-access-token"] {
  return {
    id: row.id,
    name: row.name,
    // GitLab's fourth version knows no private tokens; here their owners find and end them.
    ...(row.kind === "private" ? { kind: row.kind } : {}),
    revoked: row.revokedAt !== null,
    created_at: timestamp(row.createdAt),
    description: row.description,
    scopes: splitScopes(row.scopes),
    user_id: row.userId,
    last_used_at: timestamp(row.lastUsedAt),
    active: isActive(row, now),
    expires_at: row.expiresAt === null ? null : dateShape(row.expiresAt),
  };
}

export const impersonationToken = (row: TokenRow, now: number): Schemas["impersonation-token"] => ({
  ...personalAccessToken(row, now),
  impersonation: true,
});
