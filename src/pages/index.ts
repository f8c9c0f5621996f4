import { actingStore } from "../domain/activity/audit-log.ts";
import type { Actor } from "../domain/actor.ts";
import { isNotFound } from "../domain/errors.ts";
import { invalidate } from "../domain/invalidation.ts";
import type { Exchange, RequestHead } from "../http/dialect.ts";
import { type Match, Routes } from "../http/path-router.ts";
import { originOf } from "../http/public-origin.ts";
import { counterOptions, Limiter } from "../http/rate-limiter.ts";
import { requestIdOf } from "../http/request-id.ts";
import { MalformedTextError, UnavailableError } from "../storage/errors.ts";
import { authenticate, refusal } from "./http/authenticate.ts";
import { choosePage } from "./http/choose-page.ts";
import type { PageContext, PageOperation, PageReply, PagesSettings } from "./http/context.ts";
import { getCookie, parseCookies } from "./http/cookies.ts";
import { isCrossSite } from "./http/cross-site.ts";
import { NO_FORM, readForm, UnreadableFormError } from "./http/forms.ts";
import { parseNotice, sendPage } from "./http/send-page.ts";
import { pageOperations } from "./operations/index.ts";
import { errorPage } from "./views/errors.ts";

const MINUTE_MS = 60_000;

/** The pages for people, which are asked before the dialects. */
export interface Pages {
  readonly operations: readonly PageOperation[];
  /** The page that answers a request; undefined where the dialects do. */
  choose(
    head: RequestHead,
    isKnown: (method: string, path: string) => boolean,
  ): Match<PageOperation> | undefined;
  /**
   * Answers, or says that the dialects do after all, where they may: a path that none of them has
   * is a page that says so. `seen` is called when a page will answer.
   */
  answer(exchange: Exchange, mayPass: boolean, seen: () => void): Promise<boolean>;
}

/** Binds the pages to their table. */
export function createPages(settings: PagesSettings): Pages {
  const routes = new Routes<PageOperation>();
  for (const each of pageOperations) routes.add(each.method, each.route, each);
  const { signInLimit, store } = settings;
  const signIns =
    signInLimit === 0
      ? undefined
      : new Limiter<string>(signInLimit, MINUTE_MS, counterOptions(store, "sign-ins by pages"));
  return {
    operations: pageOperations,
    choose: (head, isKnown) => choosePage(routes, head, isKnown),
    answer: async (incoming, mayPass, seen) => {
      const exchange = incoming as Exchange<PageContext>;
      const context = createContext(settings, signIns, exchange);
      exchange.context = context;
      const reply = await replyTo(context, exchange.match?.target as PageOperation).catch(
        (error: unknown) => failure(context, error),
      );
      if ("pass" in reply && mayPass) return false;
      seen();
      const page = "pass" in reply ? { html: errorPage(context, 404), status: 404 } : reply;
      if (exchange.res.headersSent) exchange.res.destroy();
      else sendPage(context, page);
      return true;
    },
  };
}

function createContext(
  settings: PagesSettings,
  signIns: Limiter<string> | undefined,
  exchange: Exchange<PageContext>,
): PageContext {
  const { store, publicUrl } = settings;
  const context: PageContext = {
    ...{ store, settings, signIns, exchange, requestId: requestIdOf(exchange.req, store.random) },
    origin: originOf(exchange.req, publicUrl),
    cookies: parseCookies(exchange.req.headers.cookie),
    ...{ setCookies: [], session: undefined, viewer: undefined, caller: undefined },
    notice: undefined,
  };
  context.notice = parseNotice(getCookie(context, "notice"));
  return context;
}

/** The actor in the audit log of a change on a page. */
function actorOf(
  { viewer, session, requestId, exchange }: PageContext,
  { id: operation }: PageOperation,
): Actor {
  return {
    ...{ id: viewer?.id, username: viewer?.username, sessionId: session?.id },
    ...{ via: "pages", address: exchange.req.ip, requestId, operation },
  };
}

/** One request through the pages; ARCHITECTURE.md has the same steps of the dialects. */
async function replyTo(context: PageContext, operation: PageOperation): Promise<PageReply> {
  const { req, match } = context.exchange;
  const writes = operation.method === "POST";
  if (writes && isCrossSite(req.headers, context.origin)) {
    const why = "This form was sent from another site, so nothing was done.";
    return { html: errorPage(context, 403, why), status: 403 };
  }
  await invalidate.catchUp(context.store);
  await authenticate(context);
  if (writes || operation.access === "admin")
    context.store = actingStore(context.store, actorOf(context, operation));
  const limited = await countRequest(context, operation);
  if (limited !== undefined) return limited;
  const refused = refusal(context, operation);
  if (refused === "not-found") return { html: errorPage(context, 404), status: 404 };
  if (refused !== undefined) return refused;
  const form = writes ? await readForm(context.exchange, operation.maxFileBytes) : NO_FORM;
  const query = new URLSearchParams(req.originalUrl.split("?").slice(1).join("?"));
  return operation.handler({ path: match?.path ?? {}, query, form }, context);
}

/** Counts a request with those of the dialects, as its pages show the same; the refusal above a limit. */
async function countRequest(
  context: PageContext,
  { method, isPublic, isForPrograms }: PageOperation,
): Promise<PageReply | undefined> {
  const { viewer, settings, exchange } = context;
  const { limits, store } = settings;
  // Scripts and styles are the same for all and say nothing of users.
  if (limits === undefined || (isPublic && isForPrograms)) return undefined;
  const address = exchange.req.ip ?? "";
  const { exceeded, reset } = await limits.count(viewer?.id, address);
  const now = Math.ceil(store.clock() / 1000);
  const wait = exceeded
    ? Math.max(1, reset - now)
    : method === "POST"
      ? await limits.waitToWrite(viewer?.id, address)
      : 0;
  if (wait === 0) return undefined;
  const why = "You have made very many requests. Wait a while and try again.";
  const html = errorPage(context, 429, why);
  return { html, status: 429, headers: ["Retry-After", String(wait)] };
}

/** The page of a request that went wrong; what is not the caller's fault goes to the log. */
function failure(context: PageContext, error: unknown): Exclude<PageReply, { pass: true }> {
  const [status, why] = statusOf(error);
  if (status >= 500) context.settings.log.error({ err: error, id: context.requestId });
  return { html: errorPage(context, status, why), status };
}

function statusOf(error: unknown): [number, string?] {
  if (error instanceof UnreadableFormError) return [400, error.message];
  if (error instanceof MalformedTextError) return [400, error.message];
  if (isNotFound(error)) return [404];
  if (error instanceof UnavailableError) return [503, "The server can't reach its database now."];
  return [500, "Something went wrong. It is in the server's log."];
}
