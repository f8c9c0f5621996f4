import { parse } from "node:querystring";
import express from "express";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { github } from "./github/index.ts";
import { Limits } from "./github/wire/limits.ts";
import { door, type Mount } from "./http/door.ts";
import { observer } from "./http/observe.ts";
import { speak } from "./http/speak.ts";
import { instance } from "./instance/index.ts";
import { type People, refresh } from "./people/people.ts";
import { version } from "./version.ts";

export interface AppOptions {
  people: People;
  config: Config;
  log: Logger;
}

export interface App {
  handler: express.Application;
  /** Says whether requests should be sent here; readiness answers by it. */
  setReady(ready: boolean): void;
}

/** Puts the program together: the same one for serving and for tests, with another configuration. */
export async function createApp({ people, config, log }: AppOptions): Promise<App> {
  let ready = false;
  const observed = observer(config.accessLog ? log : undefined);
  const speakers = {
    github: await speak(github(people, githubSettings(people, config, log))),
    instance: await speak(
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
  const mounts: Mount[] = [
    { prefix: "/api/v3", speakers: [speakers.github] },
    {
      prefix: "",
      speakers: config.githubRoot ? [speakers.github, speakers.instance] : [speakers.instance],
    },
  ];

  const handler = express();
  handler.disable("x-powered-by");
  handler.set("etag", false);
  handler.set("query parser", queryOf);
  handler.set("trust proxy", config.trustedProxies);
  handler.use((_req, _res, next) => {
    refresh(people);
    next();
  });
  handler.use(door(mounts, observed.seen));
  return {
    handler,
    setReady(now) {
      ready = now;
    },
  };
}

/** Both vendors take the last of several values of one name; lists have names of their own. */
function queryOf(text: string | null): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  if (text === null || text === "") return query;
  for (const [name, value = ""] of Object.entries(parse(text))) {
    query[name] = typeof value === "string" ? value : (value.at(-1) ?? "");
  }
  return query;
}

function githubSettings(people: People, config: Config, log: Logger) {
  const { rateLimit, rateLimitAnonymous, rateLimitWrites } = config;
  const limits = {
    authenticated: rateLimit,
    anonymous: rateLimitAnonymous,
    writesPerMinute: rateLimitWrites,
  };
  return {
    version: config.githubVersion,
    publicUrl: config.publicUrl,
    privateMode: config.privateMode,
    limits: rateLimit > 0 ? new Limits(limits, people.clock) : undefined,
    log,
  };
}
