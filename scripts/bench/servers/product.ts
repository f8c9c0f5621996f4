import { createApp } from "../../../src/app.ts";
import { defaultConfig } from "../../../src/config/config.ts";
import { openLog } from "../../../src/server/logger.ts";
import { openFor, serve, task } from "../child.ts";

/** followd with another way to commit than `serve` has; its log goes to standard output. */
const { log } = await openLog(defaultConfig, true);
const { handler, messages } = await createApp({
  store: openFor(task()),
  config: defaultConfig,
  log,
});
serve(handler, messages);
