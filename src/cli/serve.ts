import type { Command } from "commander";
import type { Logger } from "pino";
import { type App, createApp } from "../app.ts";
import { SETTINGS } from "../config/settings.ts";
import type { Config, Key } from "../config.ts";
import { version } from "../version.ts";
import { giveBackAtRest } from "./at-rest.ts";
import { beginCheckpoints } from "./checkpointing.ts";
import { type Opened, openData, openDirectory } from "./data-directory.ts";
import { prepareEngine } from "./engine.ts";
import { drain, listen, openSecureServer, openServer } from "./http-server.ts";
import { type Log, openLog } from "./log.ts";
import { lockData } from "./server-lock.ts";
import { untilStopped } from "./stopping.ts";
import type { Source } from "./tls/certificate.ts";
import { keepFresh, openSource, trustLine, wantsTls } from "./tls/index.ts";
import { addSettings, configOf, say, verb } from "./verb.ts";
import { welcome } from "./welcome.ts";

const DRAINED_WITHIN = 10_000;

export function command(): Command {
  const serve = verb("serve", "Answers requests until it is told to stop (SIGTERM, Ctrl-C).");
  const shared: readonly Key[] = ["data", "keyFile"];
  const keys = (Object.keys(SETTINGS) as Key[]).filter((key) => !shared.includes(key));
  addSettings(serve, keys);
  return serve.action(async (options: { json?: boolean }) => {
    prepareEngine();
    const config = configOf(options);
    wantsTls(config);
    const log = await openLog(config, options.json === true);
    openDirectory(config);
    const lock = lockData(config, "serve");
    try {
      await run(config, log, await openData(config));
    } finally {
      lock.release();
    }
  });
}

async function run(config: Config, { log, flush, end }: Log, opened: Opened): Promise<void> {
  const { people } = opened;
  const stopped = untilStopped({ log, flush });
  let endCheckpoints = async () => {};
  try {
    const app = await createApp({ people, config, log });
    const source = wantsTls(config) ? await openSource(config) : undefined;
    const server = await serverFor(app, source, log);
    const url = await listen(server, config.host, config.port);
    await app.warmUp();
    app.setReady(true);
    endCheckpoints = beginCheckpoints(opened, log);
    giveBackAtRest();
    log.info({ url, version, data: opened.file }, `listening at ${url}`);
    say(`followd ${version} is listening at ${url}`);
    if (source?.authority !== undefined) say(trustLine(source.authority));
    if (opened.isNew) await welcome(opened, config, url, source?.authority);
    const signal = await stopped;
    log.info({ signal }, "stopping");
    app.setReady(false);
    await drain(server, DRAINED_WITHIN);
    log.info("stopped");
  } finally {
    await endCheckpoints();
    people.db.close();
    await end();
  }
}

async function serverFor({ handler, messages }: App, source: Source | undefined, log: Logger) {
  if (source === undefined) return openServer(handler, messages);
  const server = await openSecureServer(handler, source.first, messages);
  keepFresh(server, source, log);
  return server;
}
