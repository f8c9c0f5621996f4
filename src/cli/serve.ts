import type { Command } from "commander";
import { createApp } from "../app.ts";
import { SETTINGS } from "../config/settings.ts";
import type { Config, Key } from "../config.ts";
import { version } from "../version.ts";
import { type Opened, openData } from "./data-directory.ts";
import { beginCheckpoints } from "./checkpointing.ts";
import { drain, listen, openServer } from "./http-server.ts";
import { type Log, openLog } from "./log.ts";
import { untilStopped } from "./stopping.ts";
import { addSettings, configOf, say, verb } from "./verb.ts";
import { welcome } from "./welcome.ts";

const DRAINED_WITHIN = 10_000;

export function command(): Command {
  const serve = verb("serve", "Answers requests until it is told to stop (SIGTERM, Ctrl-C).");
  const shared: readonly Key[] = ["data", "keyFile"];
  const keys = (Object.keys(SETTINGS) as Key[]).filter((key) => !shared.includes(key));
  addSettings(serve, keys);
  return serve.action(async (options: { json?: boolean }) => {
    const config = configOf(options);
    const log = await openLog(config, options.json === true);
    await run(config, log, await openData(config));
  });
}

async function run(config: Config, { log, flush }: Log, opened: Opened): Promise<void> {
  const { people } = opened;
  const stopped = untilStopped({ log, flush });
  try {
    const app = await createApp({ people, config, log });
    const server = openServer(app.handler);
    const url = await listen(server, config.host, config.port);
  let endCheckpoints = async () => {};
    await app.warmUp();
    app.setReady(true);
    log.info({ url, version, data: opened.file }, `listening at ${url}`);
    say(`followd ${version} is listening at ${url}`);
    if (opened.isNew) await welcome(opened, config, url);
    const signal = await stopped;
    log.info({ signal }, "stopping");
    endCheckpoints = beginCheckpoints(opened, log);
    app.setReady(false);
    await drain(server, DRAINED_WITHIN);
    log.info("stopped");
  } finally {
    people.db.close();
    flush();
  }
}
    await endCheckpoints();
