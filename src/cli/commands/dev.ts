import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { UsageError } from "../../command-error.ts";
import { type Config, type Key, mailProblem } from "../../config/config.ts";
import { SETTINGS } from "../../config/settings.ts";
import { isLoopback } from "../../dev/http/loopback.ts";
import { SeedError } from "../../dev/seed-error.ts";
import { readSeed, type SeedFile } from "../../dev/seed-file.ts";
import type { Seed } from "../../dev/seed-types.ts";
import { openOrigin } from "../../dev/world-template.ts";
import { DEFAULT_WORLD, Worlds } from "../../dev/worlds.ts";
import { drain, listen } from "../../server/http-server.ts";
import { type Log, openLog } from "../../server/logger.ts";
import { parentExit } from "../../server/parent.ts";
import { runUntilSignal } from "../../server/shutdown.ts";
import { isTlsConfigured, openSource, serverFor, trustLine } from "../../server/tls/index.ts";
import { setV8Flags } from "../../server/v8-flags.ts";
import { version } from "../../version.ts";
import { addConfigOption, addSettings, configOf, print, printInfo } from "../command.ts";
import { startSummary, tokenLines } from "./dev-message.ts";

const MAX_DRAIN_MS = 2000;

/** Settings without a meaning for a server in memory. */
const WITHOUT: ReadonlySet<Key> = new Set([
  ...(["data", "keyFile", "trustedProxies", "metricsToken"] as const),
  ...(["pageCacheMb", "fragmentCacheMb"] as const),
]);

interface Options {
  json?: boolean;
  seed?: string;
  randomSeed: string;
  clock?: number;
  open?: true;
  waitForParent?: true;
}

export function command(): Command {
  const dev = new Command("dev")
    .description("Serves from memory alone, for tests, with controls below /-/dev (docs/dev.md).")
    .option(
      "--seed <file>",
      "who is there to begin with, as YAML; else those of the vendors' pages",
    )
    .option("--random-seed <word>", "the same word gives the same tokens and ids", "followd")
    .option("--clock <time>", "the clock stands still at this time, such as 2024-02-29", time)
    .option("--open", "let other machines in: listen on 0.0.0.0, with a token for the controls")
    .addOption(
      new Option(
        "--control-token <token>",
        "the token for the controls (FOLLOWD_CONTROL_TOKEN); --open draws one if none is given",
      ),
    )
    .option("--wait-for-parent", "end when the program that started this one has ended")
    .option("--json", "write the address and the tokens as JSON on standard output");
  addSettings(
    dev,
    (Object.keys(SETTINGS) as Key[]).filter((key) => !WITHOUT.has(key)),
  );
  addConfigOption(dev);
  return dev.action(async (options: Options) => {
    setV8Flags();
    const config = controlled(configOf(options), options);
    isTlsConfigured(config);
    const problem = mailProblem(config);
    if (problem !== undefined) throw new UsageError(problem);
    const log = await openLog(config, options.json === true, process.stderr);
    await run(config, options, log);
  });
}

/** The settings with what `--open` makes of them. Throws where the controls would be open to all. */
function controlled(config: Config, { open }: Options): Config {
  if (open !== true) {
    if (isLoopback(config.host)) return config;
    throw new UsageError(
      `--host ${config.host} is open to other machines; add --open, which asks for a token for the controls.`,
    );
  }
  const host = isLoopback(config.host) ? "0.0.0.0" : config.host;
  const controlToken =
    config.controlToken ?? randomBytes(CONTROL_TOKEN_BYTES).toString("base64url");
  return { ...config, host, controlToken };
}

const CONTROL_TOKEN_BYTES = 24;

/** Where `--tls local` keeps its authority, so that it is the same at each start. */
function certificateFolder(): string {
  const { XDG_DATA_HOME } = process.env;
  return join(XDG_DATA_HOME || join(homedir(), ".local/share"), "followd");
}

function time(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new UsageError(`--clock ${text} is no time such as 2024-02-29.`);
  return value;
}

async function run(config: Config, options: Options, { log, flush, end }: Log): Promise<void> {
  const stopped = Promise.race([
    runUntilSignal({ log, flush }),
    ...(options.waitForParent === true ? [parentExit()] : []),
  ]);
  const { randomSeed, clock: startAt, seed: file, json } = options;
  const origin = await planted(file, (seed) =>
    openOrigin({ config, log, seed, randomSeed, startAt }),
  );
  const worlds = new Worlds(origin);
  const world = await worlds.get(DEFAULT_WORLD);
  const source = isTlsConfigured(config)
    ? await openSource({ ...config, data: certificateFolder() })
    : undefined;
  const server = await serverFor(worlds, source, log);
  const url = await listen(server, config.host, config.port);
  printInfo(`followd ${version} is listening at ${url}, and forgets everything when it ends`);
  if (source?.authority !== undefined) printInfo(trustLine(source.authority));
  if (json === true) print(true, startSummary(origin, url, source?.authority), "");
  else printInfo(tokenLines(origin, url, source?.authority));
  await world.warmUp();
  await stopped;
  await drain(server, MAX_DRAIN_MS);
  await worlds.close();
  await end();
}

/** Does something with the seed of a file, and names the line of what can't be in it. */
async function planted<T>(file: string | undefined, work: (seed?: Seed) => Promise<T>): Promise<T> {
  if (file === undefined) return work();
  let read: SeedFile | undefined;
  try {
    read = readSeed(textOf(file));
    return await work(read.seed);
  } catch (error) {
    if (!(error instanceof SeedError)) throw error;
    const line = read === undefined ? "" : `${read.lineOf(error.path)}: `;
    throw new UsageError(`${file}:${line}${error.message}`);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`The seed in ${file} can't be read.`);
  }
}
