import { pino } from "pino";
import { createApp } from "../../../src/app.ts";
import { defaultConfig } from "../../../src/config/config.ts";
import { openFor, serve, task } from "../child.ts";

/** followd itself, without an access log: the baselines write none either. */
const { handler, messages } = await createApp({
  store: openFor(task()),
  config: { ...defaultConfig, accessLog: false },
  log: pino({ level: "warn" }),
});
serve(handler, messages);
