import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cluster, startCluster } from "../../postgres/cluster.ts";
import { Figures } from "../figures.ts";
import { load } from "../load.ts";
import { type BenchServer, launchProgram } from "../start-server.ts";
import { cpuOfBackends } from "./backends.ts";
import type { BareTask } from "./bare-follows.ts";
import { type Filled, fill, followStatements } from "./databases.ts";
import { type LargeTimes, measureMillion } from "./million.ts";
import { followedBy, KINDS } from "./requests.ts";

const CALLERS = 32;
const MANY_CALLERS = 128;
/** Connections for writing that a node has by default. */
const WRITING = 8;
const BARE = new URL("./bare-follows.ts", import.meta.url);

export interface Sizes {
  users: number;
  follows: number;
  /** Users of a second graph, of whom nearly all follow one. */
  many: number;
  rounds: number;
  /** Of each kind to each server, in each round. */
  requests: number;
  /** How long many callers follow. */
  seconds: number;
}

export interface Found {
  /** Named by kind and server, such as `check, sqlite`. */
  readonly servers: Figures;
  /** CPU of PostgreSQL's own processes, named by kind. */
  readonly backends: Figures;
  /** Seconds of the imports. */
  readonly imports: { readonly sqlite: number; readonly postgres: number };
  readonly barriersPerRequest: number;
  readonly large: LargeTimes;
}

interface Subject {
  readonly filled: Filled;
  readonly running: BenchServer;
}
type Subjects = Readonly<Record<"sqlite" | "postgres" | "never", Subject>>;

/** Measures a node on PostgreSQL beside a server on SQLite, with the same graph, in the same run. */
export async function measureRows(sizes: Sizes): Promise<Found> {
  const settings = ["shared_buffers=512MB", "max_wal_size=4GB"];
  const cluster = await startCluster({ durable: true, settings });
  const folder = mkdtempSync(join(tmpdir(), "followd-rows-"));
  const started: BenchServer[] = [];
  const launched = async (filled: Filled, preload?: string): Promise<Subject> => {
    const running = await launchProgram({ data: filled.folder, words: flagsFor(filled), preload });
    started.push(running);
    return { filled, running };
  };
  try {
    const onFile = await fill(join(folder, "sqlite"), sizes, MANY_CALLERS);
    const onNodes = await fill(join(folder, "node"), sizes, MANY_CALLERS, cluster.url);
    const subjects = {
      sqlite: await launched(onFile),
      postgres: await launched(onNodes),
      never: await launched(onNodes, "postgres/without-barrier.ts"),
    };
    const found = await loads(cluster, subjects, sizes);
    const graph = { users: sizes.many, follows: sizes.many };
    const large = await fill(join(folder, "many"), graph, 1, newDatabase(cluster, "many"));
    return {
      ...found,
      imports: { sqlite: onFile.importSeconds, postgres: onNodes.importSeconds },
      large: await measureMillion((await launched(large)).running, large),
    };
  } finally {
    for (const running of started) await running.stop();
    cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const flagsFor = ({ database }: Filled): string[] => [
  ...["--lookup-limit", "0", "--follow-limit", "0"],
  ...(database === undefined ? [] : ["--database", database]),
];

function newDatabase(cluster: Cluster, name: string): string {
  const { url } = cluster;
  cluster.run("psql", "-d", url, "-qc", `create database ${name}`);
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

/** All kinds of load on each server in turn; the first round, in which they get fast, is left out. */
async function loads(
  cluster: Cluster,
  subjects: Subjects,
  { rounds, requests: amount, seconds, users }: Sizes,
) {
  const [servers, backends] = [new Figures(), new Figures()];
  const bare = await bareTask(cluster, { seconds, users });
  let [asked, waited] = [0, 0];

  async function measure(kind: string, server: keyof Subjects, connections: number) {
    const { running, filled } = subjects[server];
    const requestsOf = (KINDS[kind] as (typeof KINDS)[string])(filled.tokens, users);
    const [own, theirs] = [running.cpu(), cpuOfBackends(cluster)];
    const { requests, perSecond, p99, wrong, statuses } = await load({
      ...{ url: running.url, asks: requestsOf, connections, seconds },
      ...(connections === CALLERS ? { amount } : {}),
    });
    if (wrong > 0) console.error(`${kind}, ${server}: ${wrong} wrong`, statuses);
    const figure = { rate: perSecond, p99, wrong };
    return {
      server: { ...figure, cpu: (running.cpu() - own) / requests },
      backends: { ...figure, cpu: (cpuOfBackends(cluster) - theirs) / requests },
    };
  }

  for (let round = 0; round <= rounds; round += 1) {
    const counts = round > 0;
    const before = await barrierCounts(subjects.postgres.running.url);
    for (const kind of Object.keys(KINDS)) {
      const names = kind === "check" ? SERVERS : SERVERS.slice(0, 2);
      for (const server of round % 2 === 0 ? names : names.toReversed()) {
        const found = await measure(kind, server, CALLERS);
        if (counts) servers.add(`${kind}, ${server}`, found.server);
        if (counts && server === "postgres") backends.add(kind, found.backends);
      }
    }
    const after = await barrierCounts(subjects.postgres.running.url);
    if (!counts) continue;
    asked += after[0] - before[0];
    waited += after[1] - before[1];
    for (const kind of ["follow", "follow of one"]) {
      servers.add(`${kind}, 128`, (await measure(kind, "postgres", MANY_CALLERS)).server);
    }
    servers.add("bare, 128", { cpu: 0, p99: 0, wrong: 0, rate: await bareRate(bare) });
  }
  return { servers, backends, barriersPerRequest: asked / waited };
}

const SERVERS: readonly (keyof Subjects)[] = ["sqlite", "postgres", "never"];

async function barrierCounts(url: string): Promise<[asked: number, requests: number]> {
  const text = await (await fetch(`${url}/-/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return [read("followd_barrier_questions_total"), read("followd_barrier_requests_total")];
}

/** The same follows by as many callers, without a server: a driver that sends the same statements. */
async function bareTask(
  { url }: Cluster,
  { seconds, users }: Pick<Sizes, "seconds" | "users">,
): Promise<BareTask> {
  const [follow, unfollow] = await followStatements(url);
  if (follow === undefined || unfollow === undefined) throw new Error("A follow sent nothing.");
  const values = Array.from({ length: MANY_CALLERS }, (_, caller) =>
    Array.from({ length: 200 }, (_each, turn) => [
      follow.bind(caller + 3, followedBy(caller, turn, users) + 1),
      unfollow.bind(caller + 3, followedBy(caller, turn, users) + 1),
    ]).flat(),
  );
  const statements = [follow, unfollow].map(({ text, name }) => ({ text, name }));
  return { url, statements, values, connections: WRITING, seconds };
}

async function bareRate(task: BareTask): Promise<number> {
  const child = fork(BARE);
  child.send(task);
  const [rate] = (await once(child, "message")) as [number];
  return rate;
}
