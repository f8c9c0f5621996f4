import type { LinkBase } from "../../cache/response-cache.ts";
import type { Credential } from "../../domain/credential.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Store } from "../../domain/store.ts";
import type { operations } from "../../generated/github-types.ts";
import type { Exchange } from "../../http/dialect.ts";
import type { Handler as AnyHandler, Handlers as AnyHandlers } from "../../http/handler.ts";
import type { Limiter } from "../../http/rate-limiter.ts";
import type { Limits, RateLimitState } from "../../http/rate-limits.ts";
import type { ApiVersion, Release } from "../versions.ts";

/** How the operator wants this dialect to behave. */
export interface GitHubSettings {
  /** The GHES version spoken. */
  version: string;
  release: Release;
  publicUrl: string | undefined;
  /** Whether links follow what a proxy says of the request (X-Forwarded-Host and -Proto). */
  isBehindProxy: boolean;
  /** Every request needs a token. */
  privateMode: boolean;
  /** Whether tokens count with which administrators act as users. */
  impersonation: boolean;
  limits: Limits | undefined;
  /** Bad credentials, by address; undefined where they are not counted. */
  badCredentials: Limiter<string> | undefined;
  log: { error(details: object): void };
}

/** What is known about one request in GitHub's dialect. */
export interface Context {
  /** As the caller changes it, once it is known who calls. */
  store: Store;
  readonly settings: GitHubSettings;
  readonly exchange: Pick<Exchange, "req" | "res" | "prefix" | "path" | "match">;
  readonly base: LinkBase;
  /** X-GitHub-Request-Id. */
  readonly requestId: string;
  /** The caller; undefined for an anonymous one. */
  caller: Credential | undefined;
  /** X-GitHub-Media-Type. */
  mediaType: string;
  /** The version of the REST API that the caller speaks. */
  apiVersion: ApiVersion;
  /** Whether x-github-api-version-selected is sent: not before the version has been looked at. */
  versionJudged: boolean;
  /** The caller's rate limit, where limits are on. */
  spent: RateLimitState | undefined;
}

/** The caller of an operation that needs one; a document that forgot to say so stays shut. */
export function viewerOf(context: Context): Credential["user"] {
  if (context.caller === undefined) throw new DomainError("unauthenticated");
  return context.caller.user;
}

export type Handler<Id extends keyof operations> = AnyHandler<operations[Id], Context>;
export type Handlers = AnyHandlers<operations, Context>;
