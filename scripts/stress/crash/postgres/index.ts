import { setTimeout as pause } from "node:timers/promises";
import { signingKey } from "../../../../src/domain/credentials/token-signing.ts";
import { openStore } from "../../../../src/domain/open-store.ts";
import { openPostgres } from "../../../../src/storage/postgres/open.ts";
import { median } from "../../../bench/figures.ts";
import { makeKey } from "../../../postgres/key.ts";
import { wrongsIn } from "../../../postgres/wrongs.ts";
import { fill, KEY, type Server, startServer, type TestDatabase } from "../server.ts";
import type { Row } from "../table.ts";
import { LONGEST_WAIT_MS, until, waits } from "../waits.ts";
import { Ledger } from "../writers.ts";
import { Pair } from "./pair.ts";
import { type Traffic, writeThrough } from "./traffic.ts";

const NODES = 2;
const WRITERS = 16;
const TARGETS = 200;
const READY_WITHIN = 30_000;

/**
 * Kills nodes, and then primaries, in the middle of writes: what was acknowledged is there, counters
 * are what a recount gives, and nodes are ready again by themselves.
 */
export async function crashPostgres(
  folder: string,
  { kills, primaries }: { kills: number; primaries: number },
  random: () => number,
): Promise<Row[]> {
  makeKey(folder, KEY);
  const pair = await Pair.start();
  const nodes: Server[] = [];
  try {
    const database = await fillDatabase(pair.url);
    const flags = ["--database", pair.url, "--database-connections", "8"];
    const start = () => startServer(folder, ...flags);
    for (let node = 0; node < NODES; node += 1) nodes.push(await start());
    const ledger = new Ledger();
    const series = new KillSeries(pair, ledger, () =>
      writeThrough(database, nodes, ledger, random),
    );
    for (let kill = 0; kill < kills; kill += 1) {
      await series.run(`node ${kill + 1} of ${kills}`, random, async () => {
        const place = Math.floor(random() * NODES);
        await nodes[place]?.end("SIGKILL");
        const restarted = await start();
        nodes[place] = restarted;
        return restarted.readyAfter;
      });
    }
    const ofNodes = series.rows(`kill -9 of one of two nodes under load, ${kills} times`, kills);
    for (let kill = 0; kill < primaries; kill += 1) {
      await series.run(`primary ${kill + 1} of ${primaries}`, random, async () => {
        const begun = performance.now();
        await pair.failOver();
        for (const { url } of nodes) await until(`the readiness of ${url}`, () => isReady(url));
        const readyAfter = performance.now() - begun;
        await pair.addStandby();
        return readyAfter;
      });
    }
    const name = `kill -9 of the primary, standby promoted, ${primaries} times`;
    return [...ofNodes, ...series.rows(name, primaries)];
  } catch (error) {
    console.error(
      [...waits(), ...(await pair.activity().catch((failed) => [String(failed)])), ""].join("\n"),
    );
    throw error;
  } finally {
    for (const node of nodes) await node.end("SIGKILL");
    pair.stop();
  }
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/-/readiness`);
  await answer.arrayBuffer();
  return answer.status === 200;
}

async function fillDatabase(url: string): Promise<TestDatabase> {
  const engine = await openPostgres({ url, connections: 8 });
  const store = openStore(engine, signingKey(KEY));
  try {
    return { data: "", file: "", ...(await fill(store, TARGETS, WRITERS)) };
  } finally {
    await engine.close();
  }
}

/** Kills under load, one after the other, and what was found after each. */
class KillSeries {
  readonly #pair: Pair;
  readonly #ledger: Ledger;
  readonly #write: () => Traffic;
  #lost: string[] = [];
  #wrongs: string[] = [];
  #ready: number[] = [];
  #acknowledged = 0;
  #unavailable = 0;

  constructor(pair: Pair, ledger: Ledger, write: () => Traffic) {
    this.#pair = pair;
    this.#ledger = ledger;
    this.#write = write;
  }

  async run(name: string, random: () => number, kill: () => Promise<number>): Promise<void> {
    const before = this.#ledger.acknowledged;
    const traffic = this.#write();
    await pause(200 + random() * 600);
    this.#ready.push(await kill());
    // It goes on without any help.
    traffic.acknowledgedSince();
    await until("a write after the kill", async () => traffic.acknowledgedSince() > 0);
    await traffic.stop();
    console.error(`${name}: ${this.#ledger.acknowledged - before} writes acknowledged`);
    this.#unavailable += traffic.unavailable;
    const rows = await this.#pair.ask<{ pair: string }>(
      `select a.username || ' ' || b.username as pair from follows
        join users as a on a.id = follower_id join users as b on b.id = followed_id`,
    );
    const stored = new Set(rows.map(({ pair }) => pair));
    this.#lost.push(...this.#ledger.lost(stored));
    this.#ledger.settle(stored);
    this.#wrongs.push(...(await wrongsIn(this.#pair.url)));
  }

  rows(name: string, times: number): Row[] {
    const [lost, wrongs, ready] = [this.#lost, this.#wrongs, this.#ready];
    const { strange } = this.#ledger;
    const acknowledged = this.#ledger.acknowledged - this.#acknowledged;
    const rows: Row[] = [
      { name, what: "acknowledged writes", value: acknowledged, least: times },
      { name, what: "of them lost", value: lost.length, most: 0, examples: lost },
      { name, what: "answers of 503, 408, cut connections", value: this.#unavailable, least: 0 },
      {
        ...{ name, what: "other answers than 204, 503 and 408", value: strange.length, most: 0 },
        examples: strange,
      },
      { name, what: "counters or numbers wrong", value: wrongs.length, most: 0, examples: wrongs },
      {
        name,
        what: "until ready, median, ms",
        value: Math.round(median(ready)),
        most: READY_WITHIN,
      },
      {
        ...{ name, what: "until ready, slowest, ms" },
        ...{ value: Math.round(Math.max(0, ...ready)), most: LONGEST_WAIT_MS },
      },
    ];
    this.#acknowledged = this.#ledger.acknowledged;
    [this.#lost, this.#wrongs, this.#ready, this.#unavailable] = [[], [], [], 0];
    return rows;
  }
}
