import type { LinkBase } from "../../cache/response-cache.ts";
import type { Credential } from "../../domain/credential.ts";
import type { SendMail } from "../../domain/letter.ts";
import type { Store } from "../../domain/store.ts";
import type { User } from "../../domain/user.ts";
import type { operations } from "../../generated/gitlab-v4-types.ts";
import type { Exchange } from "../../http/dialect.ts";
import type { Handler as AnyHandler, Handlers as AnyHandlers } from "../../http/handler.ts";
import type { Limiter } from "../../http/rate-limiter.ts";
import type { Limits } from "../../http/rate-limits.ts";
import type { GitLabRelease } from "../versions.ts";
import { fixedError, forbidden, notFoundError } from "./api-error.ts";
import type { Upload } from "./uploads.ts";

/** How the operator wants this dialect to behave. */
export interface GitLabSettings {
  /** The version and edition of GitLab that are spoken. */
  release: GitLabRelease;
  /** Whether users' endpoints have limits for each minute. */
  userLimits: boolean;
  publicUrl: string | undefined;
  /** Follows that one user may have; 0 for any number. */
  followLimit: number;
  /** Single users that one caller may read in ten minutes; 0 for no limit. */
  lookupLimit: number;
  /** Tries to sign in that an address or an account has in a minute; 0 for any number. */
  signInLimit: number;
  /** Whether v3 lets an administrator delete who is not there. */
  idempotentDeletion: boolean;
  /** Whether anonymous callers are refused (private mode). */
  privateMode: boolean;
  /** Whether tokens count with which administrators act as users. */
  impersonation: boolean;
  /** Whether new profiles are private unless the request says otherwise. */
  privateProfiles: boolean;
  /** Undefined where no mail server is known. */
  sendMail: SendMail | undefined;
  /** Takes letters that are not sent, for the operator. */
  keepMail: SendMail;
  /** Counts requests, together with the other dialects; undefined where they are not counted. */
  limits: Limits | undefined;
  /** Bad credentials, by address, as well. */
  badCredentials: Limiter<string> | undefined;
  log: { error(details: object): void };
}

/** What is known about one request in GitLab's dialect. */
export interface Context {
  /** As the caller changes it, once it is known who calls. */
  store: Store;
  readonly settings: GitLabSettings;
  readonly exchange: Pick<Exchange, "req" | "res" | "dialect" | "prefix" | "match">;
  readonly base: LinkBase;
  readonly lookups: Limiter<number> | undefined;
  /** Tries to sign in, by address and by account; undefined where there is no sign-in. */
  readonly signIns: Limiter<string> | undefined;
  /** X-Request-Id, which X-Gitlab-Meta repeats. */
  readonly requestId: string;
  /** Milliseconds, for X-Runtime. */
  readonly started: number;
  /** The holder of the token; undefined for an anonymous caller. */
  caller: Credential | undefined;
  /** For whom the request runs: the caller, or whom an administrator stands in for. */
  viewer: User | undefined;
  /** Whether an administrator acts as another user: then no scope but `sudo` is asked for. */
  sudo: boolean;
  /** Everything that was given, wherever it stood; Link headers repeat it. */
  parameters: Readonly<Record<string, unknown>>;
  /** Files that were given, by parameter. */
  readonly uploads: Map<string, Upload>;
}

/** The user for whom the request runs, where the operation needs one. */
export function viewerOf({ viewer }: Context): User {
  if (viewer === undefined) throw fixedError(401, "401 Unauthorized");
  return viewer;
}

/** In private mode, anonymous callers get 404 for every user. */
export function requireCallerInPrivateMode({ viewer, settings }: Context): void {
  if (viewer === undefined && settings.privateMode) throw notFoundError("User");
}

/** Refuses a caller who is no administrator. */
export function requireAdmin(context: Context): User {
  const viewer = viewerOf(context);
  if (!viewer.admin) throw forbidden();
  return viewer;
}

export type Handler<Id extends keyof operations> = AnyHandler<operations[Id], Context>;
export type Handlers = AnyHandlers<operations, Context>;
