import type { SafeHtml } from "@remix-run/html-template";
import type { Session } from "../../domain/credentials/sessions.ts";
import type { DataFigures } from "../../domain/data-figures.ts";
import type { SendMail } from "../../domain/letter.ts";
import type { Store } from "../../domain/store.ts";
import type { User } from "../../domain/user.ts";
import type { Exchange, Operation } from "../../http/dialect.ts";
import type { Limiter } from "../../http/rate-limiter.ts";
import type { Limits } from "../../http/rate-limits.ts";
import type { Observed } from "../../http/request-metrics.ts";
import type { Form } from "./forms.ts";

/** How the operator wants the pages to behave. */
export interface PagesSettings {
  readonly store: Store;
  readonly version: string;
  readonly publicUrl: string | undefined;
  /** Whether signed-out visitors are shown nothing but the sign-in. */
  readonly privateMode: boolean;
  /** Whether administrators may act as users by tokens. */
  readonly impersonation: boolean;
  /** Whether new profiles begin as private ones. */
  readonly privateProfiles: boolean;
  /** Whether the GitLab that is spoken has support PINs. */
  readonly supportPins: boolean;
  /** Tries to sign in that an address or an account has in a minute; 0 for any number. */
  readonly signInLimit: number;
  /** Undefined where no mail server is known. */
  readonly sendMail: SendMail | undefined;
  /** Takes letters that are not sent, for the operator. */
  readonly keepMail: SendMail;
  /** Whether /-/docs is there to be linked to. */
  readonly docs: boolean;
  /** Whether this is a server for tests, which has an inspector. */
  readonly dev: boolean;
  /** Counts requests, together with the dialects; undefined where they are not counted. */
  readonly limits: Limits | undefined;
  readonly observed: Observed;
  /** The engine, as people call it. */
  readonly database: "SQLite" | "PostgreSQL";
  /** Bytes on disk and the last backup, as far as they are known. */
  readonly figures?: (() => DataFigures) | undefined;
  readonly log: { error(details: object): void };
}

/** What is known of one request for a page. */
export interface PageContext {
  /** As the visitor changes it, once it is known who has signed in. */
  store: Store;
  readonly settings: PagesSettings;
  readonly signIns: Limiter<string> | undefined;
  readonly exchange: Exchange<PageContext>;
  readonly requestId: string;
  /** Scheme, host and port, as links name them. */
  readonly origin: string;
  readonly cookies: ReadonlyMap<string, string>;
  /** Cookies that the answer sets. */
  readonly setCookies: string[];
  session: Session | undefined;
  viewer: User | undefined;
  /** What the access log shows as the caller. */
  caller: { readonly user: { readonly id: number } } | undefined;
  /** A message shown once, on top of the next page. */
  notice: string | undefined;
}

/** What a handler is given. */
export interface PageInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly form: Form;
}

/** A page, a file, or where to go next. */
export type PageReply =
  | { readonly html: SafeHtml; readonly status?: number; readonly headers?: readonly string[] }
  | { readonly redirect: string; readonly notice?: string }
  | {
      readonly bytes: Buffer | string;
      readonly type: string;
      readonly status?: number;
      readonly headers?: readonly string[];
    }
  /** A file that is written while it is read from the database. */
  | {
      readonly lines: AsyncIterable<string>;
      readonly type: string;
      readonly headers: readonly string[];
    }
  /** The dialects answer after all. */
  | { readonly pass: true };

export type PageHandler = (
  input: PageInput,
  context: PageContext,
) => PageReply | Promise<PageReply>;

/** An entry of the pages' table: also an operation, so that metrics and the log name it. */
export interface PageOperation extends Operation {
  /** Who may ask: other callers are redirected to the sign-in, or get a 404. */
  readonly access: "anyone" | "signed-in" | "admin";
  /** Whether it needs no Accept that prefers HTML. */
  readonly isForPrograms: boolean;
  /** Whether signed-out visitors are shown it in private mode, too. */
  readonly isPublic: boolean;
  /** The largest file that a form may have, in bytes. */
  readonly maxFileBytes: number;
  readonly handler: PageHandler;
}
