import { readFileSync } from "node:fs";
import { Command } from "commander";
import { type Config, type Key, mailProblem } from "../../config/config.ts";
import { SETTINGS } from "../../config/settings.ts";
import { isLoopback } from "../../dev/http/loopback.ts";
import { SeedError } from "../../dev/seed-error.ts";
import { readSeed, type SeedFile } from "../../dev/seed-file.ts";
import type { Seed } from "../../dev/seed-types.ts";
import { openOrigin } from "../../dev/world-template.ts";
import { DEFAULT_WORLD, Worlds } from "../../dev/worlds.ts";
import { UsageError } from "../../server/errors.ts";
import { drain, listen, openServer } from "../../server/http-server.ts";
import { type Log, openLog } from "../../server/logger.ts";
import { runUntilSignal } from "../../server/shutdown.ts";
import { setV8Flags } from "../../server/v8-flags.ts";
import { version } from "../../version.ts";
import { addConfigOption, addSettings, configOf, print, printInfo } from "../command.ts";
import { beginning, tokenLines } from "./dev-message.ts";

const DRAINED_WITHIN = 2000;

/** Settings without a meaning for a server in memory that only this machine reaches. */
const WITHOUT: ReadonlySet<Key> = new Set([
  ...(["data", "keyFile", "trustedProxies", "metricsToken"] as const),
  ...(["tls", "tlsHosts", "tlsCert", "tlsKey"] as const),
  ...(["pageCacheMb", "fragmentCacheMb"] as const),
]);

interface Options {
  json?: boolean;
  seed?: string;
  randomSeed: string;
  clock?: number;
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
    .option("--json", "write the address and the tokens as JSON on standard output");
  addSettings(
    dev,
    (Object.keys(SETTINGS) as Key[]).filter((key) => !WITHOUT.has(key)),
  );
  addConfigOption(dev);
  return dev.action(async (options: Options) => {
    setV8Flags();
    const config = configOf(options);
    const problem = mailProblem(config);
    if (problem !== undefined) throw new UsageError(problem);
    if (!isLoopback(config.host)) throw new UsageError(`--host ${config.host} ${OPEN}`);
    const log = await openLog(config, options.json === true, process.stderr);
    await run(config, options, log);
  });
}

const OPEN =
  "is open to other machines, and the controls of dev ask for no credential; use `followd serve`.";

function time(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new UsageError(`--clock ${text} is no time such as 2024-02-29.`);
  return value;
}

async function run(config: Config, options: Options, { log, flush, end }: Log): Promise<void> {
  const stopped = runUntilSignal({ log, flush });
  const { randomSeed, clock: startAt, seed: file, json } = options;
  const origin = await planted(file, (seed) =>
    openOrigin({ config, log, seed, randomSeed, startAt }),
  );
  const worlds = new Worlds(origin);
  const world = await worlds.get(DEFAULT_WORLD);
  const server = openServer(worlds.handler);
  const url = await listen(server, config.host, config.port);
  printInfo(`followd ${version} is listening at ${url}, and forgets everything when it ends`);
  if (json === true) print(true, beginning(origin, url), "");
  else printInfo(tokenLines(origin.tokens, url));
  await world.warmUp();
  await stopped;
  await drain(server, DRAINED_WITHIN);
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
