import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openProgress } from "../../../src/cli/progress.ts";
import { defaultConfig } from "../../../src/config/config.ts";
import { issue } from "../../../src/domain/credentials/tokens.ts";
import { byUsername } from "../../../src/domain/users/users.ts";
import { importFollows } from "../../../src/import/load-follows.ts";
import { openData } from "../../../src/server/data-directory.ts";
import { drawGraph } from "./graph.ts";
import { measure, type Scene } from "./measure.ts";
import type { Line } from "./watch.ts";
import { weigh } from "./weigh.ts";

const FULL = { users: 1_000_000, follows: 20_000_000 };
const PART = 0.1;
const TEMPLATE = "dev-{id}";

const { values: options } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    users: { type: "string" },
    follows: { type: "string" },
    seed: { type: "string", default: "1" },
    /** Where the graph stays; without it, it is measured and thrown away. */
    data: { type: "string" },
  },
});
const share = options.full ? 1 : PART;
const users = Number(options.users ?? FULL.users * share);
const follows = Number(options.follows ?? FULL.follows * share);
const seed = Number(options.seed);

const folder = options.data ?? mkdtempSync(join(tmpdir(), "followd-graph-"));
try {
  const scene = await generate();
  report(await measure(scene));
} finally {
  if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
}

async function generate(): Promise<Scene> {
  const progress = await openProgress();
  const { store, file } = await openData({ ...defaultConfig, data: folder }, { mayCreate: true });
  try {
    const begun = performance.now();
    const staged = drawGraph({ users, follows, seed }, progress.show);
    const drawn = performance.now();
    const options_ = { createUsers: TEMPLATE, onProgress: progress.show };
    const made = await importFollows(store, staged, options_);
    const seconds = (performance.now() - drawn) / 1000;
    progress.close();
    const celebrity = await byUsername(store, TEMPLATE.replace("{id}", "1"));
    const { id: userId } = await byUsername(store, "root");
    const scopes = ["user", "api"];
    const [token] = await issue(store, { userId, name: "measure", scopes });
    const number = (value: number) => Math.round(value).toLocaleString("en");
    console.log(
      `seed ${seed}: ${number(made.usersMade)} users and ${number(made.added)} follows; drawn in ` +
        `${((drawn - begun) / 1000).toFixed(1)} s, imported in ${seconds.toFixed(1)} s: ` +
        `${number(made.added / seconds)} follows/s with users, indexes and counters`,
    );
    await store.engine.close();
    await tellWeights(file, made.added);
    return { folder, users, celebrity, token, seed };
  } finally {
    progress.close();
  }
}

async function tellWeights(file: string, count: number): Promise<void> {
  const weights = await weigh(file);
  const all = weights.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log("\n| follows | bytes each | pages filled |\n| --- | --- | --- |");
  for (const { name, bytes, fill } of [...weights, { name: "all", bytes: all, fill: Number.NaN }]) {
    const filled = Number.isNaN(fill) ? "" : `${(fill * 100).toFixed(1)} %`;
    console.log(`| ${name} | ${(bytes / count).toFixed(2)} | ${filled} |`);
  }
}

function report(lines: readonly Line[]): void {
  console.log("\n| request | p50 ms | p99 ms |\n| --- | --- | --- |");
  for (const { what, p50, p99 } of lines) {
    console.log(`| ${what} | ${p50.toFixed(2)} | ${p99.toFixed(2)} |`);
  }
}
