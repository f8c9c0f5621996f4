import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Task } from "./child.ts";
import { coldStart } from "./cold-start.ts";
import { holds, type Line, median, type Rounds, table } from "./figures.ts";
import { launch, type Ship } from "./fleet.ts";
import { type Ask, load } from "./load.ts";
import { CELEBRITY, type Seeded, seed } from "./seed.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    users: { type: "string", default: "100000" },
    follows: { type: "string", default: "2000000" },
    json: { type: "string", default: "bench.json" },
  },
});

const HOT = `/api/v3/users/${CELEBRITY}/followers`;
const CHECK = `/api/v3/user/following/${CELEBRITY}`;
const PAGE = 30;

/** One thing that is measured: a server under one kind of load. */
interface Measure {
  name: string;
  ship: Ship;
  asks: (connection: number) => readonly Ask[];
  connections?: number;
}

const folder = mkdtempSync(join(tmpdir(), "followd-bench-"));
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<boolean> {
  const seeded = await seed(join(folder, "data"), Number(options.users), Number(options.follows));
  const cpu: Rounds = new Map();
  const speed: Rounds = new Map();
  const p50: Rounds = new Map();
  const ships: Ship[] = [];
  const measures = await prepare(seeded, ships);
  let wrong = 0;
  for (let round = 0; round < Number(options.rounds); round += 1) {
    // Every other round runs backwards, so that a machine that warms up or tires favours nobody.
    for (const measure of round % 2 === 0 ? measures : measures.toReversed()) {
      const before = await measure.ship.cpu();
      const loaded = await load({
        url: measure.ship.url,
        asks: measure.asks,
        connections: measure.connections ?? 32,
        seconds: Number(options.seconds),
      });
      const used = (await measure.ship.cpu()) - before;
      wrong += loaded.wrong;
      add(cpu, measure.name, used / loaded.requests);
      add(speed, measure.name, loaded.perSecond);
      add(p50, measure.name, loaded.p50);
    }
  }
  for (const ship of ships) ship.stop();
  const start = await coldStart(join(folder, "cold"));
  return report(cpu, speed, start, wrong);
}

function add(rounds: Rounds, name: string, value: number): void {
  rounds.set(name, [...(rounds.get(name) ?? []), value]);
}

async function prepare(seeded: Seeded, ships: Ship[]): Promise<Measure[]> {
  const { file, secret, token, writers } = seeded;
  const task: Task = { file, secret, pageCache: true, groupCommit: true, synchronous: "FULL" };
  const start = async (script: string, changes: Partial<Task> = {}, more?: unknown) => {
    const ship = await launch(script, { ...task, ...changes }, more);
    ships.push(ship);
    return ship;
  };
  const headers = { Authorization: `token ${token}`, "User-Agent": "bench" };
  const get = (path: string, more = {}): Ask => ({
    method: "GET",
    path,
    headers: { ...headers, ...more },
  });
  const product = await start("product.ts");
  const canned = await Promise.all([CHECK, HOT].map((path) => record(product, path, headers)));
  const limit = await start("const.ts", {}, canned);
  const manners = canned[0]?.headers ?? [];
  const raw = await start("raw.ts", {}, manners);
  const naive = await start("naive.ts");
  const uncached = await start("product.ts", { pageCache: false });
  const rawUncached = await start("raw.ts", { pageCache: false }, manners);
  await same(product, raw, HOT, headers);
  const tag = (await fetch(product.url + HOT, { headers })).headers.get("etag") ?? "";

  const check = () => [get(CHECK)];
  const hot = () => [get(HOT)];
  const scattered = (connection: number) =>
    seeded.readers.map((_, place, all) => {
      const name = all[(place + connection * 31) % all.length] ?? CELEBRITY;
      return get(`/api/v3/users/${name}/followers`);
    });
  const last = Math.ceil(seeded.celebrityFollowers / PAGE);
  const write = (connection: number) =>
    writes(writers[connection % writers.length] ?? token, seeded);
  const copy = (name: string) => {
    const to = join(folder, name);
    copyFileSync(file, to);
    return to;
  };
  const grouped = await start("product.ts", { file: copy("grouped.db") });
  const single = await start("product.ts", { file: copy("single.db"), groupCommit: false });
  const normal = await start("product.ts", { file: copy("normal.db"), synchronous: "NORMAL" });
  return [
    { name: "check const", ship: limit, asks: check },
    { name: "check raw", ship: raw, asks: check },
    { name: "check product", ship: product, asks: check },
    { name: "check naive", ship: naive, asks: check },
    { name: "list const", ship: limit, asks: hot },
    { name: "list raw", ship: raw, asks: hot },
    { name: "list product", ship: product, asks: hot },
    { name: "list naive", ship: naive, asks: hot },
    { name: "fragments raw", ship: rawUncached, asks: scattered },
    { name: "fragments product", ship: uncached, asks: scattered },
    { name: "304 product", ship: product, asks: () => [get(HOT, { "If-None-Match": tag })] },
    { name: "page 1", ship: uncached, asks: () => [get(`${HOT}?page=1`)] },
    { name: "last page", ship: uncached, asks: () => [get(`${HOT}?page=${last - 1}`)] },
    { name: "PUT grouped", ship: grouped, asks: write },
    { name: "PUT single", ship: single, asks: write },
    { name: "PUT NORMAL", ship: normal, asks: write },
  ];
}

/** Follows many users and then unfollows them, so that every request changes something. */
function writes(token: string, { readers }: Seeded): Ask[] {
  const headers = { Authorization: `token ${token}`, "User-Agent": "bench" };
  const paths = readers.map((name) => `/api/v3/user/following/${name}`);
  return (["PUT", "DELETE"] as const).flatMap((method) =>
    paths.map((path) => ({ method, path, headers })),
  );
}

/** An answer of followd's, to be repeated by a server that does nothing else. */
async function record(ship: Ship, path: string, headers: Record<string, string>) {
  const answer = await fetch(ship.url + path, { headers });
  const own = new Set(["date", "connection", "keep-alive"]);
  const kept = [...answer.headers].filter(([name]) => !own.has(name)).flat();
  return { path, status: answer.status, headers: kept, body: await answer.text() };
}

async function same(a: Ship, b: Ship, path: string, headers: Record<string, string>) {
  const [one = "", two = ""] = await Promise.all(
    [a, b].map(async ({ url }) => {
      const text = await (await fetch(url + path, { headers })).text();
      return text.replaceAll(url, "");
    }),
  );
  if (one !== two || one.length < 1000) throw new Error(`${path} differs between the servers.`);
}

function report(
  cpu: Rounds,
  speed: Rounds,
  start: { followd: number; node: number },
  wrong: number,
): boolean {
  const cost = (name: string) => median(cpu.get(name) ?? []);
  const rate = (name: string) => median(speed.get(name) ?? []);
  const ratio = (a: string, b: string) => cost(a) / cost(b);
  const lines: Line[] = [
    { name: "check: const / product", value: ratio("check const", "check product"), least: 0.28 },
    { name: "check: raw / product", value: ratio("check raw", "check product"), least: 0.42 },
    { name: "check: naive / product", value: ratio("check naive", "check product"), least: 4 },
    {
      name: "list, hot page: const / product",
      value: ratio("list const", "list product"),
      least: 0.4,
    },
    { name: "list, hot page: raw / product", value: ratio("list raw", "list product"), least: 0.5 },
    { name: "list: naive / product", value: ratio("list naive", "list product"), least: 4 },
    {
      name: "list, no page cache: raw / product",
      value: ratio("fragments raw", "fragments product"),
      least: 0.5,
    },
    { name: "304 / hot page", value: ratio("304 product", "list product"), most: 0.95 },
    { name: "last page / page 1", value: ratio("last page", "page 1"), most: 2 },
    {
      name: "PUT, requests/s: one commit a turn / one a request",
      value: rate("PUT grouped") / rate("PUT single"),
      least: 2,
    },
    {
      name: "PUT, requests/s: FULL / NORMAL",
      value: rate("PUT grouped") / rate("PUT NORMAL"),
      least: 0.8,
    },
    { name: "cold start / node -e 0", value: start.followd / start.node, most: 20 },
    { name: "wrong answers", value: wrong, most: 0 },
  ];
  const names = [...cpu.keys()];
  const details = names.map(
    (name) => `| ${name} | ${cost(name).toFixed(1)} | ${Math.round(rate(name))} |`,
  );
  console.log(["| server | CPU us/request | requests/s |", "|---|---|---|", ...details].join("\n"));
  console.log(`\nCold start to the first answer: ${Math.round(start.followd)} ms\n`);
  console.log(table(lines));
  const figures = Object.fromEntries(
    names.map((name) => [name, { cpu: cost(name), rate: rate(name) }]),
  );
  writeFileSync(
    options.json,
    `${JSON.stringify({ node: process.version, lines, figures, start }, null, 2)}\n`,
  );
  return lines.every(holds);
}
