import { constants, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { Task } from "./child.ts";
import { type ColdStart, coldStart } from "./cold-start.ts";
import { type Figure, Figures, holds, type Line, table } from "./figures.ts";
import { githubMeasures, writeMeasures } from "./github-measures.ts";
import { gitlabMeasures } from "./gitlab-measures.ts";
import { largeMeasures } from "./large-measures.ts";
import { load } from "./load.ts";
import type { Measure, Yard } from "./measure.ts";
import { memoryAtRest } from "./memory.ts";
import { Noise } from "./noise.ts";
import { type Seeded, seed } from "./seed.ts";
import { launch, launchProgram, type Ship } from "./start-server.ts";
import { switchMeasures } from "./switch-measures.ts";
import { linesOf } from "./thresholds.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "1" },
    users: { type: "string", default: "100000" },
    follows: { type: "string", default: "2000000" },
    "large-users": { type: "string", default: "1000000" },
    "large-follows": { type: "string", default: "3000000" },
    /** Groups of measures, with a comma between them, where it is not all of them and all ratios. */
    only: { type: "string", default: "" },
    json: { type: "string", default: "bench.json" },
  },
});

const folder = mkdtempSync(join(tmpdir(), "followd-bench-"));
const ships: Ship[] = [];
async function run(): Promise<boolean> {
  const noise = new Noise();
  const measures = await allMeasures();
  const figures = new Figures();
  // What runs for the first time is compiled meanwhile, and shows what no later request sees.
  for (const measure of measures) await one(measure);
  for (let round = 0; round < Number(options.rounds); round += 1) {
    // Every other round runs backwards, so that a machine that warms up or tires favours none.
    for (const measure of round % 2 === 0 ? measures : measures.toReversed()) {
      figures.add(measure.name, await one(measure));
    }
  }
  const { user, system } = process.cpuUsage();
  const own = ships.reduce((sum, ship) => sum + ship.cpu(), user + system);
  const spread = figures.spread("list const");
  console.log(`${noise.report(own, spread)}\n`);
  if (options.only !== "") return report(figures, []);
  await Promise.all(ships.map((ship) => ship.stop()));
  const start = await coldStart(join(folder, "cold"));
  const memory = await memoryAtRest(join(folder, "rest"));
  return report(figures, [...linesOf(figures, start), ...memory], start);
}

/** What `--only` may name. */
const GROUPS: Readonly<Record<string, () => Promise<Measure[]>>> = {
  github: async () => githubMeasures(await yard()),
  switches: async () => switchMeasures(await yard()),
  writes: async () => writeMeasures(await yard()),
  gitlab: async () => gitlabMeasures(await yard()),
  large: async () => {
    const data = join(folder, "large");
    const [users, follows] = [Number(options["large-users"]), Number(options["large-follows"])];
    const seeded = await seed(data, users, follows);
    const ship = await launchProgram({ data });
    ships.push(ship);
    return largeMeasures(ship, seeded);
  },
};

async function allMeasures(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const [group, made] of Object.entries(GROUPS)) {
    if (options.only === "" || options.only.split(",").includes(group)) {
      measures.push(...(await made()));
    }
  }
  return measures;
}

let seeding: Promise<Seeded> | undefined;
async function yard(): Promise<Yard> {
  seeding ??= seed(join(folder, "data"), Number(options.users), Number(options.follows));
  return yardOf(await seeding);
}

async function one({ ship, asks, beside, connections = 32 }: Measure): Promise<Figure> {
  const before = ship.cpu();
  const wish = { url: ship.url, connections, seconds: Number(options.seconds) };
  const [loaded, others] = await Promise.all([
    load({ ...wish, asks }),
    beside && load({ ...wish, asks: beside }),
  ]);
  const requests = loaded.requests + (others?.requests ?? 0);
  const cpu = (ship.cpu() - before) / requests;
  const { perSecond: rate, p99 } = loaded;
  return { cpu, rate, p99, wrong: loaded.wrong + (others?.wrong ?? 0) };
}

/** A place to measure in; every server that starts there is noted, to be stopped. */
function yardOf(seeded: Seeded): Yard {
  const { file, secret } = seeded;
  const task: Task = { file, secret, pageCache: true, groupCommit: true, synchronous: "FULL" };
  // Each server has a directory of its own: two on one file would tell each other of changes.
  const copy = () => {
    const to = mkdtempSync(join(folder, "copy-"));
    for (const name of ["followd.db", "followd.key"]) {
      copyFileSync(join(dirname(file), name), join(to, name), constants.COPYFILE_FICLONE);
    }
    return to;
  };
  const noted = async (starting: Promise<Ship>) => {
    const ship = await starting;
    ships.push(ship);
    return ship;
  };
  return {
    seeded,
    program: (words = [], preload) => noted(launchProgram({ data: copy(), words, preload })),
    baseline: (script, changes = {}, more) =>
      noted(launch(script, { ...task, file: join(copy(), "followd.db"), ...changes }, more)),
  };
}

function report(figures: Figures, lines: Line[], start?: ColdStart): boolean {
  const { cost, rate, p99, names } = figures;
  const details = names.map(
    (name) =>
      `| ${name} | ${cost(name).toFixed(1)} | ${Math.round(rate(name))} | ${p99(name).toFixed(1)} |`,
  );
  const head = [
    "| request and server | CPU µs a request | requests/s | p99 ms |",
    "|---|---|---|---|",
  ];
  console.log([...head, ...details].join("\n"));
  console.log(lines.length > 0 ? `\n${table(lines)}` : "\nOnly a whole run judges ratios.");
  const rows = names.map((name) => [name, { cpu: cost(name), rate: rate(name), p99: p99(name) }]);
  const result = { node: process.version, lines, figures: Object.fromEntries(rows), start };
  writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  return lines.every(holds);
}

try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  await Promise.all(ships.map((ship) => ship.stop()));
  rmSync(folder, { recursive: true, force: true });
}
