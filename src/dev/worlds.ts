import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createDialectServer } from "../http/request-pipeline.ts";
import { refuseForeignPages } from "./http/loopback.ts";
import { dev } from "./index.ts";
import { World } from "./world.ts";
import type { Origin } from "./world-template.ts";

/** Who names none is in this one. */
export const DEFAULT_WORLD = "default";

const NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const LABEL = /^([a-z0-9_-]+)\.localhost(?::\d+)?$/i;
/** A world holds about a megabyte; a test run that has more of them does not end its worlds. */
const MAX_WORLDS = 500;

/** Which world a request is for; undefined when what names it can be no name. */
export function worldOf({ headers }: Pick<IncomingMessage, "headers">): string | undefined {
  const asked = headers["x-followd-world"];
  const [, label = DEFAULT_WORLD] = LABEL.exec(headers.host ?? "") ?? [];
  const name = (typeof asked === "string" ? asked : label).toLowerCase();
  return NAME.test(name) ? name : undefined;
}

/** Worlds by name, each made from the same origin when it is first asked. */
export class Worlds {
  readonly #origin: Origin;
  readonly #open = new Map<string, World>();
  readonly #opening = new Map<string, Promise<World>>();

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  get names(): string[] {
    return [...this.#open.keys()];
  }

  /** The world of this name. */
  async get(name: string): Promise<World> {
    const known = this.#open.get(name) ?? this.#opening.get(name);
    if (known !== undefined) return known;
    const opening = this.#make(name);
    this.#opening.set(name, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(name);
    }
  }

  async #make(name: string): Promise<World> {
    const world = await World.open(name, this.#origin, (shown) =>
      createDialectServer(dev(shown, this)),
    );
    this.#open.set(name, world);
    return world;
  }

  /** Ends a world; false when there is none of this name. */
  async end(name: string): Promise<boolean> {
    const world = this.#open.get(name.toLowerCase());
    if (world === undefined) return false;
    this.#open.delete(world.name);
    // Responses in flight, this one included, still finish: close the world later.
    setTimeout(() => void world.close(), CLOSE_DELAY_MS).unref();
    return true;
  }

  /** Sends each request to its world. */
  readonly handler: RequestListener = (req, res) => {
    try {
      refuseForeignPages(req);
    } catch {
      return refuse(res, 403, "Pages from elsewhere may not use the servers of this machine.");
    }
    const name = worldOf(req);
    if (name === undefined) return refuse(res, 400, "X-Followd-World is no name of a world.");
    const open = this.#open.get(name);
    if (open !== undefined) return open.handler(req, res);
    if (this.#open.size >= MAX_WORLDS)
      return refuse(res, 503, "There are too many worlds; end some.");
    this.get(name).then(
      (world) => world.handler(req, res),
      (error: unknown) => {
        this.#origin.log.error({ err: error });
        refuse(res, 500, "The world can't be made; the log tells.");
      },
    );
  };

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((world) => world.close()));
  }
}

const CLOSE_DELAY_MS = 10_000;

function refuse(res: ServerResponse, status: number, error: string): void {
  res.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
  res.end(JSON.stringify({ error }));
}
