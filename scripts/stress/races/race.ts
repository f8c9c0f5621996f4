import { writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ask } from "../../../tests/http/wire.ts";
import { Random } from "../fuzz/random.ts";
import { type Asked, wantedFor } from "./expected.ts";
import { explained } from "./history.ts";
import { inspect } from "./inspect.ts";
import type { Deed, Kind } from "./model.ts";
import { followd, serve } from "./program.ts";
import { build, type Racer, type Stadium, tearDown } from "./setup.ts";

export interface Race {
  readonly requests: number;
  readonly seed: number;
  readonly users?: number;
  readonly connections?: number;
  /** How often, at most, another process imports follows meanwhile. */
  readonly imports?: number;
  readonly onProgress?: (done: number) => void;
}

export interface Raced {
  /** What can't have been: pairs without an explanation, counters that are off. */
  readonly problems: string[];
  readonly answers: ReadonlyMap<string, number>;
  readonly imports: number;
  readonly seconds: number;
}

/** So many of a thousand requests are of each kind. */
const SHARES: readonly [Asked, number][] = [
  ["github follow", 220],
  ["gitlab follow", 220],
  ["github unfollow", 160],
  ["gitlab unfollow", 160],
  ["github check", 180],
  ["block", 25],
  ["unblock", 35],
];
const IMPORTED = 200;
const BETWEEN_IMPORTS = 300;
/** At the end so many must still be there, else nothing races. */
const LEAST_LEFT = 0.8;

const now = () => performance.now();

/** Runs a race on the real program, and holds everything that it answered against the model. */
export async function race(options: Race): Promise<Raced> {
  const { users = 50 } = options;
  const stadium = await build(users);
  const server = await serve(stadium.folder);
  try {
    const track = new Track(stadium, server.url, new Random(options.seed));
    const started = now();
    const imports = await track.run(options);
    const seconds = (now() - started) / 1000;
    await server.stop();
    const problems = [...track.problems, ...(await inspect(stadium, track.note))];
    return { problems: [...problems, ...track.judge()], answers: track.answers, imports, seconds };
  } finally {
    await server.stop();
    tearDown(stadium);
  }
}

class Track {
  readonly problems: string[] = [];
  readonly answers = new Map<string, number>();
  readonly #deeds = new Map<string, Deed[]>();
  readonly #stadium: Stadium;
  readonly #url: string;
  readonly #random: Random;

  constructor(stadium: Stadium, url: string, random: Random) {
    this.#stadium = stadium;
    this.#url = url;
    this.#random = random;
  }

  /** Writes a deed down for the two whom it concerns. */
  readonly note = (kind: Kind, by: Racer, other: Racer, deed: Omit<Deed, "kind" | "by">) => {
    const name = [by.id, other.id].sort((a, b) => a - b).join("-");
    const known = this.#deeds.get(name) ?? [];
    known.push({ ...deed, kind, by: by.id < other.id ? 0 : 1 });
    this.#deeds.set(name, known);
  };

  async run({
    requests,
    connections = 16,
    imports: most = Number.POSITIVE_INFINITY,
    onProgress,
  }: Race): Promise<number> {
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    let left = requests;
    const one = async () => {
      while (left > 0) {
        left -= 1;
        if (left % 10_000 === 0) onProgress?.(requests - left);
        await this.#request(agent, requests);
      }
    };
    const done = Promise.all(Array.from({ length: connections }, one));
    const imports = await this.#importUntil((count) => left <= 0 || count >= most);
    await done;
    agent.destroy();
    return imports;
  }

  async #request(agent: Agent, requests: number): Promise<void> {
    const random = this.#random;
    const { racers } = this.#stadium;
    const gone = racers.filter((racer) => racer.gone).length;
    const [by, other] = [random.pick(racers), random.pick(racers)];
    if (by === other) return;
    const mayDelete = gone < racers.length * (1 - LEAST_LEFT);
    if (mayDelete && random.chance((racers.length * 0.5) / requests)) {
      return this.#delete(agent, by);
    }
    const kind = this.#kind();
    const from = now();
    const { status } = await ask(this.#url, agent, wantedFor(kind, by, other));
    this.#count(kind, status);
    this.note(kind, by, other, { from, to: now(), answer: status });
  }

  #kind(): Asked {
    let chance = this.#random.below(1000);
    for (const [kind, share] of SHARES) {
      chance -= share;
      if (chance < 0) return kind;
    }
    return "github check";
  }

  #count(kind: Kind, status: number): void {
    const name = `${kind} ${status}`;
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
    if (status >= 500) this.problems.push(`${kind} was answered ${status}`);
  }

  async #delete(agent: Agent, racer: Racer): Promise<void> {
    if (racer.gone) return;
    racer.gone = true;
    const from = now();
    const headers = { authorization: `token ${this.#stadium.root}` };
    const path = `/api/v3/admin/users/${racer.username}`;
    const { status } = await ask(this.#url, agent, { method: "DELETE", path, headers });
    const deed = { from, to: now(), answer: status };
    this.#count("delete", status);
    for (const other of this.#stadium.racers) {
      if (other !== racer) this.note("delete", racer, other, deed);
    }
  }

  /** Another process brings follows in, all of a file at once. */
  async #importUntil(isOver: (count: number) => boolean): Promise<number> {
    const { folder, racers } = this.#stadium;
    const file = join(folder, "follows.csv");
    let count = 0;
    while (!isOver(count)) {
      const pairs = Array.from({ length: IMPORTED }, () => [
        this.#random.pick(racers),
        this.#random.pick(racers),
      ]).filter(([by, other]) => by !== other) as [Racer, Racer][];
      const lines = pairs.map(([by, other]) => `${by.username},${other.username}`);
      writeFileSync(file, `${lines.join("\n")}\n`);
      const from = now();
      await followd("import", "follows", file, "--data", folder, "--skip-bad", "--no-header");
      const deed = { from, to: now(), answer: 0 };
      // The same two may stand in a file twice, which is no other than once.
      for (const [by, other] of new Map(
        pairs.map((each) => [`${each[0].id} ${each[1].id}`, each]),
      ).values()) {
        this.note("import", by, other, deed);
      }
      count += 1;
      await pause(BETWEEN_IMPORTS);
    }
    return count;
  }

  /** The pairs whose answers no order explains. */
  judge(): string[] {
    return [...this.#deeds].flatMap(([name, deeds]) => {
      const far = explained(deeds);
      return far === deeds.length
        ? []
        : [`${name}: ${far} of ${deeds.length} deeds explained: ${told(deeds)}`];
    });
  }
}

const told = (deeds: readonly Deed[]) =>
  [...deeds]
    .sort((a, b) => a.from - b.from)
    .map(
      ({ kind, by, from, to, answer }) =>
        `${by} ${kind} ${from.toFixed(2)}-${to.toFixed(2)} ${answer}`,
    )
    .join("; ");
