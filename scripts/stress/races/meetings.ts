import { Agent } from "node:http";
import { ask, type Wanted } from "../../../tests/http/wire.ts";
import { Random } from "../fuzz/random.ts";
import { requestFor } from "./expected.ts";
import { faultsIn } from "./inspect.ts";
import { served } from "./race.ts";
import { type Account, build, type Fixture, tearDown } from "./setup.ts";

/** Pairs that meet at the same time in one round. */
const PAIRS_PER_ROUND = 16;
const CROWD_USERS = 40;
const CONNECTIONS = 32;
/** All of the crowd follow each other, and stop, once in so many rounds. */
const CROWD_EVERY_ROUNDS = 15;

export interface Meetings {
  readonly problems: string[];
  /** Requests by what they asked for. */
  readonly asked: ReadonlyMap<string, number>;
  /** Transactions that met in a deadlock and were sent again. */
  readonly retries: number;
}

/**
 * What must be kept out of each other's way where nothing but the database does it: a block that
 * meets a follow, a suspension that meets one, and people who follow each other, each of the two at
 * another server. No caller sees an error, no follow stays across a block, and no mark is wrong.
 */
export async function meetings(options: {
  database?: string | undefined;
  rounds: number;
  seed: number;
}): Promise<Meetings> {
  const fixture = await build(CROWD_USERS, options.database);
  try {
    return await served(fixture, (urls) =>
      new Meeting(fixture, urls, new Random(options.seed)).run(options.rounds),
    );
  } finally {
    tearDown(fixture);
  }
}

class Meeting {
  readonly #problems: string[] = [];
  readonly #asked = new Map<string, number>();
  // Between rounds a server closes connections that were kept, perhaps as the next request comes.
  readonly #agent = new Agent({ keepAlive: false, maxSockets: CONNECTIONS });
  readonly #fixture: Fixture;
  readonly #urls: readonly string[];
  readonly #random: Random;

  constructor(fixture: Fixture, urls: readonly string[], random: Random) {
    this.#fixture = fixture;
    this.#urls = urls;
    this.#random = random;
  }

  async run(rounds: number): Promise<Meetings> {
    for (let round = 0; round < rounds; round += 1) {
      const pairs = this.#pairs();
      await this.#blockMeetsFollow(pairs, round);
      await this.#suspensionMeetsFollow(pairs, round);
      if (round % CROWD_EVERY_ROUNDS === 0) await this.#allFollowAll();
      for (const fault of await faultsIn(this.#fixture)) {
        this.#problems.push(`round ${round}: ${fault}`);
      }
    }
    const retries = await Promise.all(this.#urls.map((url) => this.#retriesAt(url)));
    this.#agent.destroy();
    return {
      problems: this.#problems,
      asked: this.#asked,
      retries: retries.reduce((sum, each) => sum + each, 0),
    };
  }

  /** People two by two, none of them twice. */
  #pairs(): [Account, Account][] {
    const left = [...this.#fixture.accounts];
    const take = () => left.splice(this.#random.below(left.length), 1)[0] as Account;
    return Array.from({ length: PAIRS_PER_ROUND }, () => [take(), take()]);
  }

  async #blockMeetsFollow(pairs: readonly [Account, Account][], round: number): Promise<void> {
    await Promise.all(
      pairs.flatMap(([a, b]) => [
        this.#ask("follow", round, requestFor("github follow", a, b)),
        this.#ask("block", round + 1, requestFor("block", b, a)),
        this.#ask("follow", round, requestFor("github follow", b, a)),
      ]),
    );
    for (const fault of await faultsIn(this.#fixture)) {
      this.#problems.push(`round ${round}, after blocks: ${fault}`);
    }
    await Promise.all(
      pairs.map(([a, b]) => this.#ask("unblock", round, requestFor("unblock", b, a))),
    );
  }

  async #suspensionMeetsFollow(pairs: readonly [Account, Account][], round: number): Promise<void> {
    const headers = { authorization: `token ${this.#fixture.root}` };
    const path = ({ username }: Account) => `/api/v3/users/${username}/suspended`;
    await Promise.all(
      pairs.flatMap(([a, b]) => [
        this.#ask("follow", round, requestFor("github follow", a, b), [204, 404]),
        this.#ask("suspend", round + 1, { method: "PUT", path: path(b), headers }),
      ]),
    );
    for (const fault of await faultsIn(this.#fixture)) {
      this.#problems.push(`round ${round}, after suspensions: ${fault}`);
    }
    await Promise.all(
      pairs.flatMap(([a, b]) => [
        this.#ask("unsuspend", round + 1, { method: "DELETE", path: path(b), headers }),
        this.#ask("unfollow", round, requestFor("github unfollow", a, b)),
      ]),
    );
  }

  async #allFollowAll(): Promise<void> {
    const { accounts } = this.#fixture;
    const pairs = accounts.flatMap((by) =>
      accounts.filter((to) => to !== by).map((to) => [by, to]),
    );
    for (const kind of ["github follow", "github unfollow"] as const) {
      await Promise.all(
        (pairs as [Account, Account][]).map(([by, to]) =>
          this.#ask(kind, this.#random.below(this.#urls.length), requestFor(kind, by, to)),
        ),
      );
    }
  }

  async #ask(what: string, turn: number, wanted: Wanted, right = [204]): Promise<void> {
    const url = this.#urls[turn % this.#urls.length] ?? "";
    const { status, text } = await ask(url, this.#agent, wanted);
    this.#asked.set(what, (this.#asked.get(what) ?? 0) + 1);
    if (!right.includes(status)) this.#problems.push(`${what} was answered ${status} ${text}`);
  }

  async #retriesAt(url: string): Promise<number> {
    const { text } = await ask(url, this.#agent, { method: "GET", path: "/-/metrics" });
    return Number(/^followd_database_retries_total (\d+)/m.exec(text)?.[1] ?? 0);
  }
}
