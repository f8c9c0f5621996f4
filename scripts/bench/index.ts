import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { request as secureRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchServers } from "./bench-servers.ts";
import { coldStart, makeBundle, type Startable } from "./cold-start.ts";
import { type Figure, Figures } from "./figures.ts";
import { githubMeasures, writeMeasures } from "./github-measures.ts";
import { gitlabMeasures } from "./gitlab-measures.ts";
import { largeMeasures } from "./large-measures.ts";
import { keepAwake, load } from "./load.ts";
import type { BenchServers, Measure } from "./measure.ts";
import { memoryAtRest } from "./memory.ts";
import { Noise } from "./noise.ts";
import { AGAINST, report } from "./report.ts";
import { type Seeded, seed } from "./seed.ts";
import { ABSENT, type BenchServer, launchProgram, MAIN } from "./start-server.ts";
import { switchMeasures } from "./switch-measures.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "1" },
    /** Before each time that is measured. */
    "warm-seconds": { type: "string", default: "1" },
    users: { type: "string", default: "100000" },
    follows: { type: "string", default: "2000000" },
    "large-users": { type: "string", default: "1000000" },
    "large-follows": { type: "string", default: "3000000" },
    /** Groups of measures, with a comma between them, where it is not all of them. */
    only: { type: "string", default: "" },
    /** Another checkout of followd, with its packages installed, that is measured in the same rounds. */
    against: { type: "string" },
    json: { type: "string", default: "bench.json" },
  },
});

const folder = mkdtempSync(join(tmpdir(), "followd-bench-"));
const started: BenchServer[] = [];
/** The program of the other checkout. */
const other = options.against === undefined ? undefined : join(options.against, "src/main.js");

async function run(): Promise<boolean> {
  const noise = new Noise();
  const all = await allMeasures();
  const rest = keepFromRest();
  const measures = await ready(all);
  const figures = new Figures();
  for (let round = 0; round < Number(options.rounds); round += 1) {
    // Every other round runs backwards, so that a machine that warms up or tires favours none.
    for (const measure of round % 2 === 0 ? measures : measures.toReversed()) {
      figures.add(measure.name, await one(measure));
    }
  }
  clearInterval(rest);
  const { user, system } = process.cpuUsage();
  const own = started.reduce((sum, server) => sum + server.cpu(), user + system);
  console.log(`${noise.report(own, figures.spread("list const"))}\n`);
  await Promise.all(started.map((server) => server.stop()));
  const start = isSelected("start") ? await coldStart(programs("cold")) : undefined;
  const memory = isSelected("memory") ? await memoryAtRest(programs("rest")) : undefined;
  return report({ figures, start, memory, isWhole: options.only === "", file: options.json });
}

/** Milliseconds between two questions to each server. */
const ASKED_EVERY_MS = 50;

/**
 * Asks each program something all the time. One that rests for five seconds gives its memory back, the
 * room for new objects included, and for seconds afterwards a request costs twice as much.
 */
function keepFromRest(): NodeJS.Timeout {
  return setInterval(() => {
    for (const { url, rests } of started) {
      if (rests !== true) continue;
      // The certificate of a server with TLS is its own.
      const asked = url.startsWith("https:")
        ? secureRequest(`${url}/-/health`, { rejectUnauthorized: false })
        : request(`${url}/-/health`);
      asked.on("response", (answer) => answer.resume()).on("error", () => {});
      asked.end();
    }
  }, ASKED_EVERY_MS);
}

/** What `--only` may name, beside `start` and `memory`. */
const GROUPS: Readonly<Record<string, () => Promise<Measure[]>>> = {
  github: () => besideOther(githubMeasures),
  switches: () => besideOther(switchMeasures),
  writes: () => besideOther(writeMeasures),
  gitlab: () => besideOther(gitlabMeasures),
  large: async () => {
    const data = join(folder, "large");
    const [users, follows] = [Number(options["large-users"]), Number(options["large-follows"])];
    const seeded = await seed({ data, users, follows, writers: 0 });
    const server = await launchProgram({ data });
    started.push(server);
    return largeMeasures(server, seeded);
  },
};

function isSelected(group: string): boolean {
  return options.only === "" || options.only.split(",").includes(group);
}

async function allMeasures(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const [group, made] of Object.entries(GROUPS)) {
    if (isSelected(group)) measures.push(...(await made()));
  }
  return measures;
}

/** Measures of this checkout, each followed by the same one of the other. */
async function besideOther(made: (bench: BenchServers) => Promise<Measure[]>): Promise<Measure[]> {
  const own = await made(await bench("own"));
  if (other === undefined) return own;
  const others = await made(await bench("other", other));
  return own.flatMap((measure) => {
    const same = others.find(({ name, server }) => name === measure.name && server !== ABSENT);
    return same === undefined ? [measure] : [measure, { ...same, name: measure.name + AGAINST }];
  });
}

/**
 * Measures each once: what runs for the first time is compiled meanwhile, and shows what no later
 * request sees. Leaves out what the other checkout does not answer.
 */
async function ready(measures: readonly Measure[]): Promise<Measure[]> {
  const answered: Measure[] = [];
  for (const measure of measures) {
    const { wrong } = await one({ ...measure, warmSeconds: 0 });
    if (wrong === 0 || !measure.name.endsWith(AGAINST)) answered.push(measure);
    else console.error(`${measure.name}: the other checkout has other answers.`);
  }
  return answered;
}

const seeding = new Map<string, Promise<Seeded>>();
async function bench(name: string, main?: string): Promise<BenchServers> {
  const [users, follows] = [Number(options.users), Number(options.follows)];
  const made = seeding.get(name) ?? seed({ data: join(folder, name), users, follows, main });
  seeding.set(name, made);
  return benchServers({ seeded: await made, folder, started, main });
}

/** What is started and left at rest, each with a folder of data of its own. */
function programs(name: string): Startable[] {
  const from = join(folder, name);
  const each = (checkout: string | undefined, main: string, ending: string): Startable[] => {
    const source = { name: `followd${ending}`, main, data: `${from}${ending}` };
    try {
      const bundle = makeBundle(`${from}-bundle${ending}`, checkout);
      return [
        source,
        { name: `bundle${ending}`, main: bundle, data: `${from}-of-bundle${ending}` },
      ];
    } catch (error) {
      if (ending === "") throw error;
      console.error(`The other checkout makes no bundle: ${(error as Error).message}`);
      return [source];
    }
  };
  const own = each(undefined, MAIN, "");
  return other === undefined ? own : [...own, ...each(options.against, other, AGAINST)];
}

async function one({
  server,
  asks,
  beside,
  connections = 32,
  warmSeconds = Number(options["warm-seconds"]),
}: Measure): Promise<Figure> {
  const ask = (seconds: number) =>
    keepAwake(() => {
      const common = { url: server.url, connections, seconds };
      return Promise.all([load({ ...common, asks }), beside && load({ ...common, asks: beside })]);
    });
  if (warmSeconds > 0) await ask(warmSeconds);
  const before = server.cpu();
  const [loaded, others] = await ask(Number(options.seconds));
  const requests = loaded.requests + (others?.requests ?? 0);
  const cpu = (server.cpu() - before) / requests;
  const { perSecond: rate, p99 } = loaded;
  return { cpu, rate, p99, wrong: loaded.wrong + (others?.wrong ?? 0) };
}

try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  await Promise.all(started.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
}
