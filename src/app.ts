import type { RequestListener, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import express, { type Request, type Response } from "express";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { github } from "./github/index.ts";
import { gitlab } from "./gitlab/index.ts";
import { door, type Mount } from "./http/door.ts";
import { observer } from "./http/observe.ts";
import { speak } from "./http/speak.ts";
import { instance } from "./instance/index.ts";
import { mailer, type SendMail } from "./mail.ts";
import type { People } from "./people/people.ts";
import { version } from "./version.ts";

export interface AppOptions {
  people: People;
  config: Config;
  log: Logger;
}

export interface App {
  handler: RequestListener;
  /** Says whether requests should be sent here; readiness answers by it. */
  setReady(ready: boolean): void;
  /** Sets up what the first callers would otherwise wait for. */
  warmUp(): Promise<void>;
}

/** Puts the program together: the same one for serving and for tests, with another configuration. */
export async function createApp({ people, config, log }: AppOptions): Promise<App> {
  let ready = false;
  const observed = observer(config.accessLog ? log : undefined);
  const speakers = {
    github: speak(github(people, await githubSettings(people, config, log))),
    gitlab: speak(
      gitlab(people, {
        version: config.gitlabVersion,
        publicUrl: config.publicUrl,
        followLimit: config.followLimit,
        lookupLimit: config.lookupLimit,
        privateMode: config.privateMode,
        impersonation: config.impersonation,
        privateProfiles: config.privateProfiles,
        sendMail: mailerOf(config),
        log,
      }),
    ),
    instance: speak(
      instance({
        people,
        version,
        metricsToken: config.metricsToken,
        isReady: () => ready,
        observed,
        log,
      }),
    ),
  };
  const [first = speakers.instance, ...others] = [
    ...(config.githubRoot ? [speakers.github] : []),
    ...(config.gitlabRoot ? [speakers.gitlab] : []),
  ];
  const mounts: Mount[] = [
    { prefix: "/api/v4", speakers: [speakers.gitlab] },
    { prefix: "/api/v3", speakers: [speakers.github] },
    { prefix: "", speakers: [first, ...others, speakers.instance] },
  ];

  const application = express();
  application.disable("x-powered-by");
  application.set("etag", false);
  application.set("query parser", queryOf);
  application.set("trust proxy", config.trustedProxies);
  application.use(door(mounts, observed.seen));
  return {
    handler: (req, res) =>
      application(req as Request, res as Response, (error) => giveUp(res, log, error)),
    setReady(now) {
      ready = now;
    },
    async warmUp() {
      for (const speaker of Object.values(speakers)) await speaker.warmUp();
    },
  };
}

/**
 * Dialects answer everything, errors too; what comes here is a URL that Express can't read, or a
 * fault in ours. Express by itself would show the caller a page of its own, with a stack.
 */
function giveUp(res: ServerResponse, log: Logger, error: unknown): void {
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
  for (const [name, value = ""] of Object.entries(parse(text))) {
    if (!name.includes("[")) query[name] = typeof value === "string" ? value : (value.at(-1) ?? "");
  }
  return query;
}

async function githubSettings(people: People, config: Config, log: Logger) {
  return {
    version: config.githubVersion,
    publicUrl: config.publicUrl,
    privateMode: config.privateMode,
    limits: config.rateLimit > 0 ? await limitsFor(people, config) : undefined,
    log,
  };
}

function mailerOf({ smtpUrl, publicUrl }: Config): SendMail | undefined {
  if (smtpUrl === undefined) return undefined;
  const { hostname } = new URL(publicUrl ?? smtpUrl);
  return mailer(smtpUrl, `followd <noreply@${hostname}>`);
}

/** Loaded only where limits are on, which is seldom. */
async function limitsFor({ clock }: People, config: Config) {
  const { Limits } = await import("./github/wire/limits.ts");
  const limits = {
    authenticated: config.rateLimit,
    anonymous: config.rateLimitAnonymous,
    writesPerMinute: config.rateLimitWrites,
  };
  return new Limits(limits, clock);
}
