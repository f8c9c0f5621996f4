import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkpointTail } from "./checkpoints.ts";
import type { Task } from "./child.ts";
import { type ColdStart, coldStart } from "./cold-start.ts";
import { type Figure, Figures, holds, type Line, table } from "./figures.ts";
import { githubMeasures } from "./github-measures.ts";
import { gitlabMeasures } from "./gitlab-measures.ts";
import { load } from "./load.ts";
import type { Measure, Yard } from "./measure.ts";
import { memoryAtRest } from "./memory.ts";
import { type Seeded, seed } from "./seed.ts";
import { launch, type Ship } from "./start-server.ts";
import { linesOf } from "./thresholds.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "8" },
    seconds: { type: "string", default: "1.5" },
    users: { type: "string", default: "100000" },
    follows: { type: "string", default: "2000000" },
    json: { type: "string", default: "bench.json" },
  },
});

const folder = mkdtempSync(join(tmpdir(), "followd-bench-"));
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<boolean> {
  const seeded = await seed(join(folder, "data"), Number(options.users), Number(options.follows));
  const ships: Ship[] = [];
  const yard = yardOf(seeded, ships);
  const measures = [...(await githubMeasures(yard)), ...(await gitlabMeasures(yard))];
  const figures = new Figures();
  // What runs for the first time is compiled meanwhile, and its times do not come again.
  for (const measure of measures) await one(measure);
  for (let round = 0; round < Number(options.rounds); round += 1) {
    // Every other round runs backwards, so that a machine that warms up or tires favours no server.
    for (const measure of round % 2 === 0 ? measures : measures.toReversed()) {
      figures.add(measure.name, await one(measure));
    }
  }
  for (const ship of ships) ship.stop();
  const [users, rounds] = [Number(options.users), Number(options.rounds)];
  const tail = checkpointTail(seeded.file, users, rounds, Number(options.seconds));
  const start = await coldStart(join(folder, "cold"));
  return report(figures, [tail, ...(await memoryAtRest(join(folder, "rest")))], start);
}

async function one({ ship, asks, beside, connections = 32 }: Measure): Promise<Figure> {
  const before = await ship.cpu();
  const wish = { url: ship.url, connections, seconds: Number(options.seconds) };
  const [loaded, others] = await Promise.all([
    load({ ...wish, asks }),
    beside && load({ ...wish, asks: beside }),
  ]);
  const requests = loaded.requests + (others?.requests ?? 0);
  const cpu = ((await ship.cpu()) - before) / requests;
  const { perSecond: rate, p99 } = loaded;
  return { cpu, rate, p99, wrong: loaded.wrong + (others?.wrong ?? 0) };
}

/** A place to measure in; every server that starts there is noted, to be stopped. */
function yardOf(seeded: Seeded, ships: Ship[]): Yard {
  const { file, secret } = seeded;
  const task: Task = { file, secret, pageCache: true, groupCommit: true, synchronous: "FULL" };
  return {
    seeded,
    async start(script, changes = {}, more) {
      const ship = await launch(script, { ...task, ...changes }, more);
      ships.push(ship);
      return ship;
    },
    copy(name) {
      const to = join(folder, name);
      copyFileSync(file, to);
      return to;
    },
  };
}

function report(figures: Figures, more: Line[], start: ColdStart): boolean {
  const { cost, rate, p99, names } = figures;
  const lines = [...linesOf(figures, start), ...more];
  const details = names.map(
    (name) => `| ${name} | ${cost(name).toFixed(1)} | ${Math.round(rate(name))} | ${p99(name)} |`,
  );
  const head = ["| server | CPU us/request | requests/s | p99 ms |", "|---|---|---|---|"];
  console.log([...head, ...details].join("\n"));
  console.log(`\nCold start to the first answer: ${Math.round(start.followd)} ms\n`);
  console.log(table(lines));
  const rows = names.map((name) => [name, { cpu: cost(name), rate: rate(name), p99: p99(name) }]);
  const result = { node: process.version, lines, figures: Object.fromEntries(rows), start };
  writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  return lines.every(holds);
}
