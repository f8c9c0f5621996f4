import type { Task } from "./child.ts";
import type { Ask } from "./load.ts";
import type { Seeded } from "./seed.ts";
import type { Ship } from "./start-server.ts";

/** One thing that is measured: a server under one kind of load. */
export interface Measure {
  name: string;
  ship: Ship;
  asks: (connection: number) => readonly Ask[];
  connections?: number;
  /** What as many others ask for meanwhile; only their CPU shows. */
  beside?: (connection: number) => readonly Ask[];
}

/** What measures are made from. */
export interface Yard {
  seeded: Seeded;
  /** Starts a server of this folder on the seeded file, with another task where that is said. */
  start: (script: string, changes?: Partial<Task>, more?: unknown) => Promise<Ship>;
  /** Another file with the same rows, for the servers that write. */
  copy: (name: string) => string;
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

/** An answer of followd's, to be repeated by a server that does nothing else. */
export async function record({ url }: Pick<Ship, "url">, { path, headers: asked }: Ask) {
  const answer = await fetch(url + path, { headers: asked });
  const own = new Set(["date", "connection", "keep-alive"]);
  const headers = [...answer.headers].filter(([name]) => !own.has(name)).flat();
  return { path, status: answer.status, headers, body: await answer.text() };
}

/** The headers of an answer without those that go by its body. */
export const manners = (headers: readonly string[]): string[] =>
  headers.filter((_, place) => {
    const name = headers[place - (place % 2)] ?? "";
    return !/^(content-length|etag|link)$/i.test(name);
  });

/** Throws unless both servers answer alike. Times of day and ids of requests are in no body. */
export async function same(a: Ship, b: Ship, { path, headers }: Ask): Promise<void> {
  const [one = "", two = ""] = await Promise.all(
    [a, b].map(async ({ url }) => {
      const text = await (await fetch(url + path, { headers })).text();
      return text.replaceAll(url, "");
    }),
  );
  if (one !== two || one.length < 100) throw new Error(`${path} differs between the servers.`);
}
