import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Task } from "./child.ts";
import type { Ask } from "./load.ts";
import type { Seeded } from "./seed.ts";
import { ABSENT, type BenchServer, type Program } from "./start-server.ts";

/** One thing that is measured: a server under one kind of load. */
export interface Measure {
  name: string;
  server: BenchServer;
  asks: (connection: number) => readonly Ask[];
  connections?: number;
  /** Seconds before each time that is measured, where that is not what the others have. */
  warmSeconds?: number;
  /** What as many others ask for meanwhile; only their CPU shows. */
  beside?: (connection: number) => readonly Ask[];
}

/** What measures are made from; where it has no such server, it gives ABSENT. */
export interface BenchServers {
  seeded: Seeded;
  /** Starts followd on a copy of the seeded data, with these words after `serve`. */
  program: (words?: readonly string[], preload?: Program["preload"]) => Promise<BenchServer>;
  /** Starts a server of this folder on a copy, with another task where that is said. */
  baseline: (script: string, changes?: Partial<Task>, more?: unknown) => Promise<BenchServer>;
}

/** The callers of one dialect: how each shows who they are. */
export const asker =
  (headers: Record<string, string>) =>
  (path: string, method: Ask["method"] = "GET", more: Record<string, string> = {}): Ask => ({
    method,
    path,
    headers: { ...headers, "User-Agent": "bench", ...more },
  });

/** Each connection asks for all of these, beginning with another one. */
export const inTurn =
  <T>(all: readonly T[], ask: (each: T) => Ask) =>
  (connection: number): Ask[] => {
    const first = (connection * 31) % all.length;
    return [...all.slice(first), ...all.slice(0, first)].map(ask);
  };

/** Each connection asks for a part of its own, so that nothing comes again before all have come. */
export const inParts =
  <T>(all: readonly T[], connections: number, ask: (each: T) => Ask) =>
  (connection: number): Ask[] => {
    const size = Math.floor(all.length / connections);
    return all.slice(connection * size, (connection + 1) * size).map(ask);
  };

/** Written by node's own server. */
const OF_NODE = new Set(["date", "connection", "keep-alive"]);

export interface Canned {
  path: string;
  status: number;
  /** As they came over the wire, a flat list of names and values. */
  headers: string[];
  body: string;
}

/** An answer of followd's, to be repeated by a server that does nothing else. */
export async function record(
  { url }: Pick<BenchServer, "url">,
  { path, headers: asked }: Ask,
): Promise<Canned> {
  const req = request(url + path, { headers: asked }).end();
  const [res] = (await once(req, "response")) as [IncomingMessage];
  const all = res.rawHeaders;
  const headers = all.filter((_, at) => !OF_NODE.has((all[at - (at % 2)] ?? "").toLowerCase()));
  const body = (await buffer(res)).toString("latin1");
  return { path, status: res.statusCode ?? 0, headers, body };
}

/** The headers of an answer without those that go by its body. */
export const headersOfAll = (headers: readonly string[]): string[] =>
  headers.filter((_, place) => {
    const name = headers[place - (place % 2)] ?? "";
    return !/^(content-length|etag|link|last-modified)$/i.test(name);
  });

/** Throws unless both servers answer alike. Times of day and ids of requests are in no body. */
export async function same(a: BenchServer, b: BenchServer, { path, headers }: Ask): Promise<void> {
  if (a === ABSENT || b === ABSENT) return;
  const [one = "", two = ""] = await Promise.all(
    [a, b].map(async ({ url }) => {
      const text = await (await fetch(url + path, { headers })).text();
      return text.replaceAll(url, "");
    }),
  );
  if (one !== two || one.length < 100) throw new Error(`${path} differs between the servers.`);
}
