import type { Context } from "./context.ts";

/** On every answer of any kind (contract, section 1.10). */
export function headersOf({ requestId, started, exchange }: Context): string[] {
  const headers = [
    "X-Followd-Dialect",
    exchange.dialect,
    "X-Request-Id",
    requestId,
    "X-Gitlab-Meta",
    `{"correlation_id":"${requestId}","version":"1"}`,
    "X-Runtime",
    ((performance.now() - started) / 1000).toFixed(6),
    "X-Frame-Options",
    "SAMEORIGIN",
    "X-Content-Type-Options",
    "nosniff",
    "Content-Security-Policy",
    "default-src 'none'",
    "Strict-Transport-Security",
    "max-age=63072000",
    "Referrer-Policy",
    "strict-origin-when-cross-origin",
    "Vary",
    "Origin",
  ];
  if (exchange.req.headers.origin !== undefined) headers.push(...CORS);
  return headers;
}

const CORS: readonly string[] = [
  "Access-Control-Allow-Origin",
  "*",
  "Access-Control-Expose-Headers",
  "ETag, Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, X-Prev-Page, X-Request-Id",
];

/** What a browser asks before it lets a page of another origin call us. */
export const PREFLIGHT: readonly string[] = [
  "Access-Control-Allow-Methods",
  "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
  "Access-Control-Allow-Headers",
  "Authorization, Content-Type, PRIVATE-TOKEN, JOB-TOKEN, Sudo, If-None-Match, If-Unmodified-Since",
  "Access-Control-Max-Age",
  "7200",
];
