import type { Credential } from "../../domain/credential.ts";
import type { Store } from "../../domain/store.ts";
import type { operations } from "../../generated/graph-types.ts";
import type { Exchange } from "../../http/dialect.ts";
import type { Handler as AnyHandler, Handlers as AnyHandlers } from "../../http/handler.ts";
import type { Limiter } from "../../http/rate-limiter.ts";
import type { Limits } from "../../http/rate-limits.ts";

export interface GraphSettings {
  readonly store: Store;
  /** Whether anonymous callers are refused. */
  readonly privateMode: boolean;
  /** Whether impersonation tokens open anything. */
  readonly impersonation: boolean;
  /** Shared with the dialects; undefined where there are none. */
  readonly limits: Limits | undefined;
  readonly badCredentials: Limiter<string> | undefined;
  readonly log: { error(details: object): void };
}

/** What is known about one request. */
export interface Context {
  readonly settings: GraphSettings;
  readonly exchange: Omit<Exchange, "context">;
  readonly requestId: string;
  store: Store;
  /** Whose token it is. */
  caller: Credential | undefined;
  /** Whose eyes the answer is for: the caller, where the token may read users. */
  viewer: Credential["user"] | undefined;
}

export type Handler<Id extends keyof operations> = AnyHandler<operations[Id], Context>;
export type Handlers = AnyHandlers<operations, Context>;
