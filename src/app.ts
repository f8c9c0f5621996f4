import type { RequestListener, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import express from "express";
import type { Logger } from "pino";
import type { Config } from "./config/config.ts";
import { authenticateToken } from "./domain/credentials/authenticate-token.ts";
import type { SendMail } from "./domain/letter.ts";
import type { Store } from "./domain/store.ts";
import { github } from "./github/index.ts";
import { documentOfRelease, hasOperation, type Release, toRelease } from "./github/versions.ts";
import { gitlab } from "./gitlab/index.ts";
import { gitlabV3, retiredGitlabV3 } from "./gitlab/v3/index.ts";
import { documentOfGitLabRelease } from "./gitlab/versioned-document.ts";
import { toGitLabRelease } from "./gitlab/versions.ts";
import { graph } from "./graph/index.ts";
import type { Exchange } from "./http/dialect.ts";
import { dialectRouter, type Mount } from "./http/dialect-router.ts";
import { adoptPrototypes, type Messages, messagesOf } from "./http/express-prototypes.ts";
import { counterOptions, Limiter } from "./http/rate-limiter.ts";
import { observer } from "./http/request-metrics.ts";
import { createDialectServer, type DialectServer } from "./http/request-pipeline.ts";
import { readTarget } from "./http/request-target.ts";
import type { ServedDocument } from "./instance/docs/documents.ts";
import type { InstanceSettings } from "./instance/http/context.ts";
import { instance } from "./instance/index.ts";
import { mailerOf } from "./mail-limits.ts";
import { documentsOf, mountsOf } from "./mounts.ts";
import { createPageRouter } from "./pages/page-router.ts";
import { version } from "./version.ts";

/** The window in which bad credentials are counted, in milliseconds. */
const MINUTE = 60_000;

interface AppOptions {
  store: Store;
  config: Config;
  log: Logger;
  /** Takes lines of the access log as finished JSON; without it they go through `log`. */
  writeLine?: ((line: string) => void) | undefined;
  /** What servers for tests have beside. */
  extra?: Extra;
  /** Takes letters that no mail server takes; without it they are gone. */
  undelivered?: SendMail;
  /** Puts a queue before the mail server; without it each letter is tried once. */
  queueMail?: (send: SendMail) => SendMail;
  /** What the file system says of the data; a server in memory has none. */
  figures?: InstanceSettings["figures"];
}

interface Extra {
  /** Asked at the root after all others. */
  readonly server: DialectServer;
  /** Sees every request before it is answered; true when it has answered it itself. */
  readonly first: (exchange: Exchange, server: DialectServer) => Promise<boolean>;
}

export interface App {
  handler: RequestListener;
  /** For the server that calls it; others work as well, and take a little longer. */
  messages: Messages;
  /** Says whether requests should be sent here; readiness answers by it. */
  setReady(ready: boolean): void;
  /** Sets up what the first callers would otherwise wait for. */
  warmUp(): Promise<void>;
}

/** Puts the program together: the same one for serving and for tests, with another configuration. */
export async function createApp({
  store,
  config,
  log,
  writeLine,
  extra,
  undelivered,
  queueMail = (send) => send,
  figures,
}: AppOptions): Promise<App> {
  let ready = false;
  const observed = observer(config.accessLog ? log : undefined, writeLine);
  const keepMail =
    undelivered ?? (async () => log.warn("There is no mail server; a letter is gone."));
  const sendMail = mailerOf(config, store, log, queueMail);
  // Counted once, so that no dialect is the side door of another.
  const limiting = {
    limits: config.rateLimit > 0 ? await limitsFor(store, config) : undefined,
    badCredentials: badCredentialsFor(store, config),
  };
  const shared = sharedSettings(config, log, keepMail, sendMail);
  const gitlabRelease = toGitLabRelease(config.gitlabVersion, config.gitlabEdition);
  const gitlabs = {
    ...shared,
    ...limiting,
    release: gitlabRelease,
    userLimits: config.gitlabUserLimits,
    followLimit: config.followLimit,
    lookupLimit: config.lookupLimit,
    idempotentDeletion: config.idempotentDeletion,
  };
  const servers = {
    github: createDialectServer(github(store, { ...githubSettings(config, log), ...limiting })),
    gitlab: createDialectServer(gitlab(store, gitlabs)),
    gitlabV3: createDialectServer((config.gitlabV3 ? gitlabV3 : retiredGitlabV3)(store, gitlabs)),
    graph: createDialectServer(
      graph({
        ...{ store, log, ...limiting },
        ...{ privateMode: config.privateMode, impersonation: config.impersonation },
      }),
    ),
    instance: createDialectServer(
      instance({
        store,
        version,
        metricsToken: config.metricsToken,
        privateMode: config.privateMode,
        isReady: () => ready,
        observed,
        figures,
        log,
        documented: config.docs ? documented(config, extra) : undefined,
      }),
    ),
  };
  const mounts = mountsOf(servers, config, extra?.server);
  const pages = {
    ...shared,
    version,
    docs: config.docs,
    supportPins: gitlabRelease.hasOperation("createSupportPin"),
    limits: limiting.limits,
    store,
    observed,
    figures,
    database: config.database === undefined ? ("SQLite" as const) : ("PostgreSQL" as const),
    dev: extra !== undefined,
  };
  const atRoot = mounts.find(({ prefix }) => prefix === "")?.servers ?? [];
  const isKnown = (method: string, path: string) =>
    atRoot.some((server) => server.matchExact(method, path) !== undefined);

  const application = express();
  application.disable("x-powered-by");
  application.set("etag", false);
  application.set("query parser", queryOf);
  application.set("trust proxy", config.trustedProxies);
  const route = dialectRouter(
    extra === undefined ? mounts : mounts.map(interceptedBy(extra)),
    observed.seen,
    config.pages ? createPageRouter(pages, { isKnown, seen: observed.seen }) : undefined,
  );
  return {
    messages: messagesOf(application),
    handler: (req, res) => {
      const failed = (error?: unknown) => lastResortErrorHandler(res, log, error);
      if (!readTarget(req)) failed();
      else route(...adoptPrototypes(application, req, res), failed).catch(failed);
    },
    setReady(now) {
      ready = now;
    },
    async warmUp() {
      // Callers of an old version are few, and may wait for a moment.
      const { github: first, gitlab: second, instance: third } = servers;
      for (const server of [first, second, third]) await server.warmUp();
      // A caller without rights goes through the same checks as all, with what is loaded for them.
      await authenticateToken(store, "");
    },
  };
}

/** A mount whose servers answer only what `first` leaves to them. */
const interceptedBy =
  ({ first }: Extra) =>
  ({ prefix, servers }: Mount): Mount => {
    const [one, ...more] = servers.map((server) => ({
      ...server,
      answer: async (exchange: Exchange) => {
        if (!(await first(exchange, server))) await server.answer(exchange);
      },
    }));
    return { prefix, servers: [one as DialectServer, ...more] };
  };

/**
 * Dialects answer everything, errors too; what comes here is a malformed target, or a
 * fault in ours. Express by itself would show the caller a page of its own, with a stack.
 */
function lastResortErrorHandler(res: ServerResponse, log: Logger, error: unknown): void {
  if (error === undefined || error === null) {
    res.writeHead(400, { Connection: "close" }).end();
    return;
  }
  log.error({ err: error });
  res.destroy();
}

/**
 * Both vendors take the last of several values of one name. No parameter here is a list or an
 * object, and the validator would make one of a name with a bracket.
 */
function queryOf(text: string | null): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  if (text === null || text === "") return query;
  for (const [name, value = ""] of Object.entries(
    parse(text, undefined, undefined, { maxKeys: 0 }),
  )) {
    if (!name.includes("[")) query[name] = typeof value === "string" ? value : (value.at(-1) ?? "");
  }
  return query;
}

function githubSettings(config: Config, log: Logger) {
  return {
    version: config.githubVersion,
    release: toRelease(config.githubVersion),
    publicUrl: config.publicUrl,
    isBehindProxy: config.trustedProxies.length > 0 && config.publicUrl === undefined,
    impersonation: config.impersonation,
    privateMode: config.privateMode,
    log,
  };
}

const documented = (config: Config, extra: Extra | undefined) => ({
  served: documentsOf(config, extra !== undefined).map((each) =>
    each.name === "github"
      ? ofRelease(each, toRelease(config.githubVersion))
      : each.name === "gitlab-v4"
        ? ofGitLabRelease(each, config)
        : each,
  ),
  publicUrl: config.publicUrl,
});

/** GitLab's document as the version and edition spoken have it. */
const ofGitLabRelease = (served: ServedDocument, config: Config): ServedDocument => ({
  ...served,
  revise: (document) =>
    documentOfGitLabRelease(document, toGitLabRelease(config.gitlabVersion, config.gitlabEdition)),
});

/** GitHub's document as the release spoken has it; the bare root is as on github.com. */
function ofRelease(served: ServedDocument, release: Release): ServedDocument {
  const { prefixes, paths } = served;
  const versions = prefixes.filter(
    (prefix) => prefix === "" || hasOperation(release, "meta/get-all-versions"),
  );
  return {
    ...served,
    paths: { ...paths, "/versions": versions },
    revise: (document) => documentOfRelease(document, release),
  };
}

/** What GitLab's dialect and the pages are both told. */
const sharedSettings = (
  config: Config,
  log: Logger,
  keepMail: SendMail,
  sendMail: SendMail | undefined,
) => ({
  publicUrl: config.publicUrl,
  privateMode: config.privateMode,
  impersonation: config.impersonation,
  privateProfiles: config.privateProfiles,
  signInLimit: config.signInLimit,
  sendMail,
  keepMail,
  log,
});

function badCredentialsFor(store: Store, { badCredentialsLimit }: Config) {
  if (badCredentialsLimit === 0) return undefined;
  return new Limiter<string>(badCredentialsLimit, MINUTE, counterOptions(store, "bad credentials"));
}

/** Loaded only where limits are on, which is seldom. */
async function limitsFor(store: Store, config: Config) {
  const { Limits } = await import("./http/rate-limits.ts");
  const limits = {
    authenticated: config.rateLimit,
    anonymous: config.rateLimitAnonymous,
    writesPerMinute: config.rateLimitWrites,
  };
  return new Limits(limits, counterOptions(store, "limits"));
}
