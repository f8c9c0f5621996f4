import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultConfig } from "../../../src/config/config.ts";
import { issue } from "../../../src/domain/credentials/tokens.ts";
import { byUsername } from "../../../src/domain/users/users.ts";
import { importFollows } from "../../../src/import/load-follows.ts";
import { openData } from "../../../src/server/data-directory.ts";
import { startCluster } from "../../postgres/cluster.ts";
import { makeKey } from "../../postgres/key.ts";
import { type Serving, serve } from "../../stress/races/program.ts";
import { type Line, median } from "../figures.ts";
import { drawGraph } from "../graph/graph.ts";
import { type Ask, load } from "../load.ts";

const WRITERS = 32;
const PAGE = 30;
/** Linux counts a process's CPU in hundredths of a second. */
const TICK_US = 10_000;

interface Subject {
  server: Serving;
  tokens: string[];
  importSeconds: number;
}

export interface Sizes {
  users: number;
  follows: number;
  rounds: number;
  seconds: number;
}

/** Measures a node on PostgreSQL beside a server on SQLite, with the same graph, in the same run. */
export async function measureRows(sizes: Sizes): Promise<readonly Line[]> {
  const cluster = await startCluster({ durable: true, settings: ["shared_buffers=512MB"] });
  const folder = mkdtempSync(join(tmpdir(), "followd-rows-"));
  const servers: Serving[] = [];
  try {
    makeKey(folder);
    const sqlite = await subject(folder, sizes);
    const postgres = await subject(folder, sizes, cluster.url);
    servers.push(sqlite.server, postgres.server);
    return await lines(sqlite, postgres, sizes);
  } finally {
    for (const server of servers) await server.stop();
    cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function subject(folder: string, sizes: Sizes, database?: string): Promise<Subject> {
  const { store } = await openData(
    { ...defaultConfig, data: folder, database },
    { mayCreate: true },
  );
  const begun = performance.now();
  const staged = drawGraph({ ...sizes, seed: 1 }, () => undefined);
  const drawn = performance.now();
  await importFollows(store, staged, { createUsers: "dev-{id}" });
  const importSeconds = (performance.now() - drawn) / 1000;
  console.error(
    `drawn in ${((drawn - begun) / 1000).toFixed(1)} s, imported in ${importSeconds.toFixed(1)} s`,
  );
  const tokens: string[] = [];
  for (let writer = 0; writer < WRITERS; writer += 1) {
    const { id } = await byUsername(store, `dev-${writer + 2}`);
    tokens.push((await issue(store, { userId: id, name: "rows", scopes: ["user"] }))[0]);
  }
  await store.engine.close();
  const flags = database === undefined ? [] : ["--database", database];
  const server = await serve(folder, "--lookup-limit", "0", "--follow-limit", "0", ...flags);
  return { server, tokens, importSeconds };
}

/** What each connection asks for, over and over. */
type Asks = (tokens: readonly string[], sizes: Sizes) => (connection: number) => Ask[];

const ask = (token: string, path: string, method: Ask["method"] = "GET"): Ask => ({
  ...{ method, path: `/api/v3${path}` },
  headers: { authorization: `token ${token}`, "user-agent": "rows" },
});
const turns = (count: number) => Array.from({ length: count }, (_, turn) => turn);

const KINDS: Readonly<Record<string, Asks>> = {
  check: (tokens) => (n) => [ask(tokens[n] ?? "", "/user/following/dev-1")],
  "hot list": (tokens) => (n) => [ask(tokens[n] ?? "", `/users/dev-1/followers?per_page=${PAGE}`)],
  list:
    (tokens, { users }) =>
    (n) =>
      turns(200).map((turn) => {
        const page = 1 + ((n * 7919 + turn * 104_729) % Math.floor(users / PAGE / 2));
        return ask(tokens[n] ?? "", `/users/dev-1/followers?per_page=${PAGE}&page=${page}`);
      }),
  follow:
    (tokens, { users }) =>
    (n) =>
      turns(200).flatMap((turn) => {
        const path = `/user/following/dev-${100 + ((n * 7919 + turn * 104_729) % (users - 200))}`;
        return [ask(tokens[n] ?? "", path, "PUT"), ask(tokens[n] ?? "", path, "DELETE")];
      }),
  "follow of one": (tokens) => (n) => [
    ask(tokens[n] ?? "", "/user/following/dev-99", "DELETE"),
    ask(tokens[n] ?? "", "/user/following/dev-99", "PUT"),
  ],
};

/** Microseconds of CPU that a process has used so far. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

async function barriersOf(url: string): Promise<[asked: number, requests: number]> {
  const text = await (await fetch(`${url}/-/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return [read("followd_barrier_questions_total"), read("followd_barrier_requests_total")];
}

async function lines(sqlite: Subject, postgres: Subject, sizes: Sizes): Promise<Line[]> {
  const found = new Map<string, { cpu: number[]; rate: number[]; wrong: number }>();
  const before = await barriersOf(postgres.server.url);
  for (let round = 0; round < sizes.rounds; round += 1) {
    for (const [kind, asks] of Object.entries(KINDS)) {
      for (const [engine, { server, tokens }] of Object.entries({ sqlite, postgres })) {
        const used = cpuOf(server.pid);
        const { requests, perSecond, wrong } = await load({
          ...{ url: server.url, asks: asks(tokens, sizes) },
          ...{ connections: WRITERS, seconds: sizes.seconds },
        });
        const name = `${kind}, ${engine}`;
        const figures = found.get(name) ?? { cpu: [], rate: [], wrong: 0 };
        figures.cpu.push((cpuOf(server.pid) - used) / requests);
        figures.rate.push(perSecond);
        figures.wrong += wrong;
        found.set(name, figures);
      }
    }
  }
  const after = await barriersOf(postgres.server.url);
  const of = (name: string) => found.get(name) ?? { cpu: [], rate: [], wrong: 0 };
  const cost = (kind: string) =>
    Math.min(...of(`${kind}, postgres`).cpu) / Math.min(...of(`${kind}, sqlite`).cpu);
  for (const [name, { cpu, rate }] of found) {
    console.log(`| ${name} | ${Math.min(...cpu).toFixed(0)} us | ${Math.round(median(rate))}/s |`);
  }
  const rates = (kind: string) => median(of(`${kind}, postgres`).rate);
  const wrong = [...found.values()].reduce((sum, each) => sum + each.wrong, 0);
  return [
    { name: "check: node CPU on PostgreSQL / on SQLite", value: cost("check"), most: 1.3 },
    { name: "list of random pages: the same", value: cost("list"), most: 1.15 },
    { name: "hot list: the same", value: cost("hot list"), most: 2.2 },
    {
      name: "follow of one user by all / of random users",
      value: rates("follow of one") / rates("follow"),
      least: 0.8,
    },
    {
      name: "barriers per request at 32 connections",
      value: (after[0] - before[0]) / (after[1] - before[1]),
      most: 0.15,
    },
    {
      name: "import into an empty database / into SQLite",
      value: postgres.importSeconds / sqlite.importSeconds,
      most: 1.5,
    },
    { name: "wrong answers", value: wrong, most: 0 },
  ];
}
