import { writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ask } from "../../../tests/http/wire.ts";
import { Random } from "../fuzz/random.ts";
import { type Asked, requestFor } from "./expected.ts";
import { explained } from "./history.ts";
import { faultsIn, readInto } from "./inspect.ts";
import type { Kind, TimedOperation } from "./model.ts";
import { followd, type Serving, serve } from "./program.ts";
import { type Account, build, type Fixture, tearDown } from "./setup.ts";

export interface Race {
  /** The address of an empty PostgreSQL database, over which two servers are put; else one on SQLite. */
  readonly database?: string | undefined;
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
const FOLLOWS_PER_IMPORT = 200;
const IMPORT_PAUSE_MS = 300;
const NODES = 2;
/** At the end so many must still be there, else nothing races. */
const MIN_SHARE_LEFT = 0.8;

const now = () => performance.now();

/** Runs a race on the real program, and holds everything that it answered against the model. */
export async function race(options: Race): Promise<Raced> {
  const { users = 50, database } = options;
  const fixture = await build(users, database);
  try {
    const raceRun = new RaceRun(fixture, new Random(options.seed));
    const run = await served(fixture, (urls) => raceRun.run(urls, options));
    await readInto(fixture, raceRun.note);
    const problems = [...raceRun.problems, ...(await faultsIn(fixture)), ...raceRun.unexplained()];
    return { ...run, problems, answers: raceRun.answers };
  } finally {
    tearDown(fixture);
  }
}

/** Has servers stand over the data while work is done: one over a file, two over a database. */
export async function served<T>(
  { folder, flags, database }: Fixture,
  work: (urls: readonly string[]) => Promise<T>,
): Promise<T> {
  const servers: Serving[] = [];
  try {
    const count = database === undefined ? 1 : NODES;
    while (servers.length < count) servers.push(await serve(folder, ...flags));
    return await work(servers.map(({ url }) => url));
  } finally {
    for (const server of servers) await server.stop();
  }
}

class RaceRun {
  readonly problems: string[] = [];
  readonly answers = new Map<string, number>();
  readonly #operations = new Map<string, TimedOperation[]>();
  readonly #fixture: Fixture;
  readonly #random: Random;
  #urls: readonly string[] = [];
  /** Whether an import into PostgreSQL is under way, or was a moment ago. */
  #isImporting = false;

  constructor(fixture: Fixture, random: Random) {
    this.#fixture = fixture;
    this.#random = random;
  }

  /** Writes an operation down for the two whom it concerns. */
  readonly note = (
    kind: Kind,
    by: Account,
    other: Account,
    operation: Omit<TimedOperation, "kind" | "by">,
  ) => {
    const name = [by.id, other.id].sort((a, b) => a - b).join("-");
    const known = this.#operations.get(name) ?? [];
    known.push({ ...operation, kind, by: by.id < other.id ? 0 : 1 });
    this.#operations.set(name, known);
  };

  /** Each request goes to any of the servers. Returns how many imports there were, and the seconds. */
  async run(
    urls: readonly string[],
    { requests, connections = 16, imports: most = Number.POSITIVE_INFINITY, onProgress }: Race,
  ): Promise<{ imports: number; seconds: number }> {
    this.#urls = urls;
    const started = now();
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    let left = requests;
    const one = async () => {
      while (left > 0) {
        left -= 1;
        if (left % 10_000 === 0) onProgress?.(requests - left);
        await this.#request(agent, requests);
      }
    };
    // Together: a request that fails meanwhile would else end the process, and leave its servers.
    const [imports] = await Promise.all([
      this.#importUntil((count) => left <= 0 || count >= most),
      ...Array.from({ length: connections }, one),
    ]);
    agent.destroy();
    return { imports, seconds: (now() - started) / 1000 };
  }

  async #request(agent: Agent, requests: number): Promise<void> {
    const random = this.#random;
    const { accounts } = this.#fixture;
    const gone = accounts.filter((account) => account.gone).length;
    const [by, other] = [random.pick(accounts), random.pick(accounts)];
    if (by === other) return;
    const mayDelete = gone < accounts.length * (1 - MIN_SHARE_LEFT);
    if (mayDelete && random.chance((accounts.length * 0.5) / requests)) {
      return this.#delete(agent, by);
    }
    const kind = this.#kind();
    const from = now();
    const { status } = await ask(this.#random.pick(this.#urls), agent, requestFor(kind, by, other));
    // PostgreSQL's writers wait two seconds at most for an import; then they have done nothing.
    const waitedForImport = status === 503 && this.#isImporting;
    this.#count(kind, status, waitedForImport);
    if (!waitedForImport) this.note(kind, by, other, { from, to: now(), answer: status });
  }

  #kind(): Asked {
    let chance = this.#random.below(1000);
    for (const [kind, share] of SHARES) {
      chance -= share;
      if (chance < 0) return kind;
    }
    return "github check";
  }

  #count(kind: Kind, status: number, isRight = false): void {
    const name = `${kind} ${status}`;
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
    if (status >= 500 && !isRight) this.problems.push(`${kind} was answered ${status}`);
  }

  async #delete(agent: Agent, account: Account): Promise<void> {
    if (account.gone) return;
    account.gone = true;
    const from = now();
    const headers = { authorization: `token ${this.#fixture.root}` };
    const path = `/api/v3/admin/users/${account.username}`;
    const { status } = await ask(this.#random.pick(this.#urls), agent, {
      method: "DELETE",
      path,
      headers,
    });
    const operation = { from, to: now(), answer: status };
    this.#count("delete", status);
    for (const other of this.#fixture.accounts) {
      if (other !== account) this.note("delete", account, other, operation);
    }
  }

  /** Another process brings follows in, all of a file at once. */
  async #importUntil(isOver: (count: number) => boolean): Promise<number> {
    const { folder, flags, accounts, database } = this.#fixture;
    const file = join(folder, "follows.csv");
    let count = 0;
    while (!isOver(count)) {
      const pairs = Array.from({ length: FOLLOWS_PER_IMPORT }, () => [
        this.#random.pick(accounts),
        this.#random.pick(accounts),
      ]).filter(([by, other]) => by !== other) as [Account, Account][];
      const lines = pairs.map(([by, other]) => `${by.username},${other.username}`);
      writeFileSync(file, `${lines.join("\n")}\n`);
      const from = now();
      this.#isImporting = database !== undefined;
      await followd(
        "import",
        "follows",
        file,
        "--data",
        folder,
        "--skip-bad",
        "--no-header",
        ...flags,
      );
      const operation = { from, to: now(), answer: 0 };
      // The same two may stand in a file twice, which is no other than once.
      for (const [by, other] of new Map(
        pairs.map((each) => [`${each[0].id} ${each[1].id}`, each]),
      ).values()) {
        this.note("import", by, other, operation);
      }
      count += 1;
      await pause(IMPORT_PAUSE_MS);
      this.#isImporting = false;
    }
    return count;
  }

  /** The pairs whose answers no order explains. */
  unexplained(): string[] {
    return [...this.#operations].flatMap(([name, operations]) => {
      const far = explained(operations);
      return far === operations.length
        ? []
        : [
            `${name}: ${far} of ${operations.length} operations explained: ${describeOperations(operations)}`,
          ];
    });
  }
}

const describeOperations = (operations: readonly TimedOperation[]) =>
  [...operations]
    .sort((a, b) => a.from - b.from)
    .map(
      ({ kind, by, from, to, answer }) =>
        `${by} ${kind} ${from.toFixed(2)}-${to.toFixed(2)} ${answer}`,
    )
    .join("; ");
