import type { RequestListener } from "node:http";
import { type App, createApp } from "../app.ts";
import type { Config } from "../config/config.ts";
import { invalidate } from "../domain/invalidation.ts";
import { openStore } from "../domain/open-store.ts";
import type { Store } from "../domain/store.ts";
import * as accounts from "../domain/users/accounts.ts";
import { findUserIdByUsername } from "../domain/users/users.ts";
import type { Exchange } from "../http/dialect.ts";
import type { DialectServer } from "../http/request-pipeline.ts";
import { type MemoryEngine, openMemory } from "../storage/sqlite/memory.ts";
import { DevClock } from "./clock.ts";
import { Faults } from "./faults.ts";
import { withToken } from "./preserved-tokens.ts";
import { RequestLog } from "./request-log.ts";
import { type CreatedToken, issueToken } from "./seed-tokens.ts";
import type { SeedToken } from "./seed-types.ts";
import { SeededRandom } from "./seeded-random.ts";
import type { Origin } from "./world-template.ts";

/** Megabytes that a world may keep of what it has written out. */
const CACHE_BYTES = 2 * 2 ** 20;
const MAX_SNAPSHOTS = 100;

/** The scopes of a token, or any members that a seed's token has. */
export type TokenRequest = readonly string[] | Omit<SeedToken, "username">;

export const tokenMembers = (request: TokenRequest): object =>
  Array.isArray(request) ? { scopes: request } : request;

/** What may be set of a world while it runs. */
type Limits = Pick<
  Config,
  "rateLimit" | "rateLimitAnonymous" | "rateLimitWrites" | "lookupLimit" | "followLimit"
>;

/** Makes the controls of a world, which show it. */
type ServeControls = (world: World) => DialectServer;

interface Snapshot {
  image: Buffer;
  position: number;
}

/** A server's whole state, apart from all others in the same process. */
export class World {
  readonly name: string;
  readonly clock: DevClock;
  readonly faults = new Faults();
  readonly journal: RequestLog;
  readonly store: Store;
  readonly origin: Origin;
  readonly #serveControls: ServeControls;
  readonly #db: MemoryEngine;
  readonly #random: SeededRandom;
  /** Apart from the other: tokens that are given outlive what was drawn there. */
  readonly #grants: SeededRandom;
  readonly #snapshots = new Map<string, Snapshot>();
  #base: Buffer;
  #config: Config;
  #app: Omit<App, "messages">;

  private constructor(name: string, origin: Origin, serveControls: ServeControls) {
    this.name = name;
    this.#serveControls = serveControls;
    this.origin = origin;
    this.clock = new DevClock(origin.clock, origin.startAt);
    this.journal = new RequestLog(this.clock.now);
    this.#random = new SeededRandom(`world ${origin.randomSeed}`);
    this.#grants = new SeededRandom(`grants ${origin.randomSeed}`);
    this.#base = origin.image;
    this.#config = origin.config;
    this.#db = openMemory(origin.image);
    this.store = openStore(this.#db, origin.key, {
      clock: this.clock.now,
      random: this.#random,
      cacheBytes: { pages: CACHE_BYTES, fragments: CACHE_BYTES },
    });
    this.#app = { handler: () => undefined, setReady: () => undefined, warmUp: async () => {} };
  }

  static async open(name: string, origin: Origin, serveControls: ServeControls): Promise<World> {
    const world = new World(name, origin, serveControls);
    try {
      await world.#begin(origin.config);
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  readonly handler: RequestListener = (req, res) => this.#app.handler(req, res);

  warmUp(): Promise<void> {
    return this.#app.warmUp();
  }

  /** Everything as it was at the start, with the tokens that were given out since. */
  async reset(): Promise<void> {
    this.clock.reset();
    this.faults.clear();
    this.journal.clear();
    this.#back({ image: this.#base, position: 0 });
    await this.#begin(this.origin.config);
  }

  /** Keeps the rows as they are now under a name; false when there are too many names. */
  keep(name: string): boolean {
    if (!this.#snapshots.has(name) && this.#snapshots.size >= MAX_SNAPSHOTS) return false;
    this.#snapshots.set(name, { image: this.#db.image(), position: this.#random.position });
    return true;
  }

  /** Brings the rows of a name back; false when there is none. */
  restore(name: string): boolean {
    const snapshot = this.#snapshots.get(name);
    if (snapshot !== undefined) this.#back(snapshot);
    return snapshot !== undefined;
  }

  drop(name: string): boolean {
    return this.#snapshots.delete(name);
  }

  get snapshots(): string[] {
    return [...this.#snapshots.keys()];
  }

  /**
   * A token for a user, who is made if missing. Both are there again after a reset. Throws
   * SeedError for what a token can't have, DomainError for a name that no user can have.
   */
  async tokenFor(username: string, request: TokenRequest = {}): Promise<CreatedToken> {
    const granting = { ...this.store, random: this.#grants };
    if ((await findUserIdByUsername(this.store, username)) === undefined) {
      await accounts.createAccount(granting, { username, email: `${username}@example.com` });
    }
    const given = await issueToken(granting, { ...tokenMembers(request), username });
    this.#base = withToken(this.#base, this.#db, given.id, given.tokenId);
    return given;
  }

  get limits(): Limits {
    const { rateLimit, rateLimitAnonymous, rateLimitWrites, lookupLimit, followLimit } =
      this.#config;
    return { rateLimit, rateLimitAnonymous, rateLimitWrites, lookupLimit, followLimit };
  }

  /** Sets limits; what was counted by now is forgotten. */
  async limit(limits: Partial<Limits>): Promise<void> {
    await this.#begin({ ...this.#config, ...limits });
  }

  close(): Promise<void> {
    return this.#db.close();
  }

  /** The database itself, for what only the controls ask. */
  get database(): MemoryEngine {
    return this.#db;
  }

  #back({ image, position }: Snapshot): void {
    this.#db.restore(image);
    this.#random.position = position;
    invalidate.everything(this.store);
  }

  async #begin(config: Config): Promise<void> {
    this.#config = config;
    const { store, origin } = this;
    const controls = this.#serveControls(this);
    this.#app = await createApp({
      ...{ store, config, log: origin.log },
      extra: {
        server: controls,
        first: (exchange, server) => this.#intercept(exchange, server, controls),
      },
    });
    this.#app.setReady(true);
  }

  async #intercept(
    exchange: Exchange,
    server: DialectServer,
    controls: DialectServer,
  ): Promise<boolean> {
    if (exchange.dialect === controls.name) return false;
    if (exchange.match === undefined && /^\/-\/dev(?:\/|$)/.test(exchange.path)) {
      await controls.answer({ ...exchange, dialect: controls.name });
      return true;
    }
    // Bodies are sent as they are: the log of requests shows them, and faults break their JSON.
    delete exchange.req.headers["accept-encoding"];
    this.journal.note(exchange);
    return this.faults.apply(exchange, server);
  }
}
