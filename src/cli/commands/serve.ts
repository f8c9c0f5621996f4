import type { Command } from "commander";
import { createApp } from "../../app.ts";
import { UsageError } from "../../command-error.ts";
import { type Config, type Key, mailProblem } from "../../config/config.ts";
import { SETTINGS } from "../../config/settings.ts";
import type { SendMail } from "../../domain/letter.ts";
import { beginAuditRetention } from "../../server/audit-retention.ts";
import { type OpenData, openData, openDirectory } from "../../server/data-directory.ts";
import { dataFigures } from "../../server/data-figures.ts";
import { drain, listen } from "../../server/http-server.ts";
import { collectWhenIdle } from "../../server/idle-gc.ts";
import { type Log, openLog } from "../../server/logger.ts";
import { type MailQueue, openMailQueue } from "../../server/mail-queue.ts";
import { databaseNameOf } from "../../server/open-engine.ts";
import { lockData } from "../../server/server-lock.ts";
import { runUntilSignal } from "../../server/shutdown.ts";
import { beginCheckpoints } from "../../server/start-checkpointer.ts";
import { isTlsConfigured, openSource, serverFor, trustLine } from "../../server/tls/index.ts";
import { fileMailer } from "../../server/undelivered-mail.ts";
import { setV8Flags } from "../../server/v8-flags.ts";
import { version } from "../../version.ts";
import { addSettings, configOf, printInfo, verb } from "../command.ts";
import { clockWarnings, startWarnings } from "../start-warnings.ts";
import { welcome } from "./serve-message.ts";

const MAX_DRAIN_MS = 10_000;

export function command(): Command {
  const serve = verb("serve", "Answers requests until it is told to stop (SIGTERM, Ctrl-C).");
  const shared: readonly Key[] = ["data", "keyFile", "database", "controlToken"];
  const keys = (Object.keys(SETTINGS) as Key[]).filter((key) => !shared.includes(key));
  addSettings(serve, keys);
  return serve.action(async (options: { json?: boolean }) => {
    setV8Flags();
    const config = configOf(options);
    const problem = mailProblem(config);
    if (problem !== undefined) throw new UsageError(problem);
    isTlsConfigured(config);
    const log = await openLog(config, options.json === true);
    openDirectory(config);
    // Servers on PostgreSQL share nothing of a directory but the key.
    const lock = config.database === undefined ? lockData(config, "serve") : undefined;
    try {
      await run(config, log, await openData(config, { mayCreate: true }));
    } finally {
      lock?.release();
    }
  });
}

async function run(
  config: Config,
  { log, writeLine, flush, end }: Log,
  opened: OpenData,
): Promise<void> {
  const { store } = opened;
  const stopped = runUntilSignal({ log, flush });
  let endCheckpoints = async () => {};
  let endRetention = async () => {};
  const undelivered = fileMailer(config.data);
  let mail: MailQueue | undefined;
  const queueMail = (send: SendMail): SendMail => {
    mail = openMailQueue({ data: config.data, send, keep: undelivered, log });
    return mail.send;
  };
  try {
    const app = await createApp({
      store,
      config,
      log,
      writeLine,
      ...{ undelivered, queueMail },
      figures: () => dataFigures(config.data),
    });
    const source = isTlsConfigured(config) ? await openSource(config) : undefined;
    const server = await serverFor(app, source, log);
    const url = await listen(server, config.host, config.port);
    const warnings = [...startWarnings(config), ...(await clockWarnings(store.engine))];
    for (const warning of warnings) log.warn(warning);
    await app.warmUp();
    app.setReady(true);
    void mail?.work();
    if (store.engine.name === "sqlite") endCheckpoints = beginCheckpoints(opened, log);
    endRetention = beginAuditRetention(store, config.auditDays, log);
    collectWhenIdle();
    log.info({ url, version, data: databaseNameOf(config) }, `listening at ${url}`);
    printInfo(`followd ${version} is listening at ${url}`);
    if (source?.authority !== undefined) printInfo(trustLine(source.authority));
    if (opened.isNew) await welcome(opened, config, url, source?.authority);
    const signal = await stopped;
    log.info({ signal }, "stopping");
    app.setReady(false);
    await drain(server, MAX_DRAIN_MS);
    log.info("stopped");
  } finally {
    mail?.end();
    await endRetention();
    await endCheckpoints();
    await store.engine.close();
    await end();
  }
}
