import { memoizeWeak } from "../../http/memoize-weak.ts";
import type { RateLimitState } from "../../http/rate-limits.ts";
import type { Context } from "./context.ts";
import { grantedTo } from "./scopes.ts";

/** On every answer of any kind (contract, section 4). */
const ALWAYS: readonly string[] = [
  "X-Followd-Dialect",
  "github",
  "Server",
  "GitHub.com",
  "Access-Control-Allow-Origin",
  "*",
  "Access-Control-Expose-Headers",
  "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, " +
    "X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, " +
    "X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, " +
    "X-GitHub-Request-Id, Deprecation, Sunset",
  "Strict-Transport-Security",
  "max-age=31536000; includeSubdomains; preload",
  "X-Frame-Options",
  "deny",
  "X-Content-Type-Options",
  "nosniff",
  "X-XSS-Protection",
  "0",
  "Referrer-Policy",
  "origin-when-cross-origin, strict-origin-when-cross-origin",
  "Content-Security-Policy",
  "default-src 'none'",
];

const VARY = "Accept-Encoding, Accept, X-Requested-With";
const FORWARDED = "X-Forwarded-Host, X-Forwarded-Proto";
const CACHE_PRIVATE = ["Cache-Control", "private, max-age=60, s-maxage=60"] as const;
const CACHE_PUBLIC = ["Cache-Control", "public, max-age=60, s-maxage=60"] as const;

/** What kind of answer the headers are for. */
type AnswerClass = "content" | "empty" | "unchanged" | "error";

/** All headers of an answer but those of its body, as a flat list of names and values. */
export function headersOf(context: Context, kind: AnswerClass): string[] {
  const headers = [
    ...ALWAYS,
    "X-GitHub-Request-Id",
    context.requestId,
    "X-GitHub-Enterprise-Version",
    context.settings.version,
  ];
  if (context.versionJudged) headers.push("x-github-api-version-selected", context.apiVersion);
  if (kind !== "unchanged") {
    headers.push("X-GitHub-Media-Type", context.mediaType);
    addCredential(headers, context);
  }
  if (context.spent !== undefined) addLimits(headers, context.spent);
  addCaching(headers, context, kind);
  return headers;
}

/** Adds headers; those of the same name that are there already give way. */
export function putHeaders(headers: string[], more: readonly string[]): void {
  for (let at = 0; at < more.length; at += 2) {
    const [name = "", value = ""] = more.slice(at, at + 2);
    const known = headers.findIndex((each, place) => place % 2 === 0 && each === name);
    if (known === -1) headers.push(name, value);
    else headers[known + 1] = value;
  }
}

function addCaching(headers: string[], { caller, settings }: Context, kind: AnswerClass): void {
  if (kind === "empty" || kind === "error") {
    headers.push("Vary", VARY);
  } else if (caller === undefined) {
    // What a shared cache may keep has links, which must not be another caller's.
    const vary = settings.isBehindProxy ? `${VARY}, ${FORWARDED}` : VARY;
    headers.push(...CACHE_PUBLIC, "Vary", `Accept,${vary}`);
  } else {
    headers.push(...CACHE_PRIVATE, "Vary", `Accept, Authorization, Cookie, X-GitHub-OTP,${VARY}`);
  }
}

/** What the token may do, and what the operation would accept. */
function addCredential(headers: string[], { caller, exchange: { match } }: Context): void {
  if (caller === undefined) return;
  const { security } = match?.target.schema ?? { security: [] };
  if (caller.permissions === null) {
    headers.push("X-OAuth-Scopes", grantedTo(caller).header);
    headers.push("X-Accepted-OAuth-Scopes", acceptedScopes(security));
  } else {
    const accepted = acceptedPermissions(security);
    if (accepted !== "") headers.push("X-Accepted-GitHub-Permissions", accepted);
  }
  const { expiresAt } = caller.token;
  if (expiresAt !== null) {
    headers.push("github-authentication-token-expiration", expiry(expiresAt));
  }
}

type Security = readonly Record<string, readonly string[]>[];

const wordsOf = (security: Security, scheme: string) =>
  security.flatMap((alternative) => alternative[scheme] ?? []);

/** Administration shows none in recordings: its one scope is not shown to other callers. */
const acceptedScopes = memoizeWeak((security: Security) => {
  const words = wordsOf(security, "token").filter((scope) => scope !== "site_admin");
  return [...new Set(words)].sort().join(", ");
});

const acceptedPermissions = memoizeWeak((security: Security) => {
  if (security.some(({ permission }) => permission?.length === 0)) {
    return "allows_permissionless_access=true";
  }
  return wordsOf(security, "permission")
    .map((word) => word.replace(":", "="))
    .join("; ");
});

/** `2026-02-19 19:55:13 UTC`. */
function expiry(seconds: number): string {
  const [day, time] = new Date(seconds * 1000).toISOString().split("T");
  return `${day} ${time?.slice(0, 8)} UTC`;
}

function addLimits(
  headers: string[],
  { limit, used, remaining, reset, resource = "core" }: RateLimitState,
): void {
  headers.push(
    "X-RateLimit-Limit",
    String(limit),
    "X-RateLimit-Remaining",
    String(remaining),
    "X-RateLimit-Reset",
    String(reset),
    "X-RateLimit-Used",
    String(used),
    "X-RateLimit-Resource",
    resource,
  );
}
