import { Agent } from "node:http";
import { maxBodyBytesOf } from "../../../src/http/request-bounds.ts";
import { COOKIES } from "../../../src/pages/http/cookies.ts";
import { pageOperations } from "../../../src/pages/operations/index.ts";
import { asClosed, ask } from "../../../tests/http/wire.ts";
import { type Costly, costlyFor } from "./cost-shapes.ts";
import { readDocuments, type Target, targetsOf } from "./documents.ts";
import type { Credentials } from "./requests.ts";
import type { FuzzTarget } from "./target.ts";

/** What a dialect takes in a body where its document says nothing else. */
const USUAL_BYTES: Readonly<Record<string, number>> = {
  github: 100 * 1024,
  "gitlab-v4": 512 * 1024,
  "gitlab-v3": 512 * 1024,
  graph: 0,
  instance: 10_000,
  dev: 100_000,
  pages: 100_000,
};
const PREFIXES: Readonly<Record<string, string>> = {
  github: "/api/v3",
  "gitlab-v4": "/api/v4",
  "gitlab-v3": "/api/v3",
};
/** The first of a kind compiles checks; what counts is what a caller can have over and over. */
const TRIES = 4;

/** Names that the pages' forms and addresses have. */
const PAGE_NAMES = ["q", "to", "login", "password", "name", "email", "key", "scopes"];

/** What the server answers, or a server for tests: every operation of its documents, and the pages. */
export async function costTargets(kind: "serve" | "dev"): Promise<Target[]> {
  const all = targetsOf(await readDocuments());
  // What dev answers beside its own document is answered by the same code.
  if (kind === "dev") return all.filter(({ document }) => document === "dev");
  return [...all.filter(({ document }) => document !== "dev"), ...pageTargets()];
}

const pageTargets = (): Target[] =>
  pageOperations.map(({ id, method, route }) => ({
    ...{ document: "pages", id, method, route, content: undefined },
    parameters: PAGE_NAMES.map((name) => ({ name, in: "query", schema: {} })),
    entry: { operationId: id, responses: {} },
  }));

export interface CostLimits {
  cpuMs: number;
  bytes: number;
}

export interface CostOptions {
  limits: CostLimits;
  /** Whether this request is to be made. */
  wanted: (target: Target, costly: Costly, number: number) => boolean;
  onProgress?: (operations: number, of: number) => void;
}

export interface CostResult {
  requests: number;
  complaints: string[];
  dearest: { what: string; cpuMs: number };
}

/** Makes every operation work as hard as it can be made to, and says where that was too much. */
export async function measureCosts(
  server: FuzzTarget,
  targets: readonly Target[],
  options: CostOptions,
): Promise<CostResult> {
  const agent = new Agent({ keepAlive: true });
  const beside = new Agent({ keepAlive: true });
  const result: CostResult = { requests: 0, complaints: [], dearest: { what: "", cpuMs: 0 } };
  let number = 0;

  async function tryOnce(target: Target, costly: Costly, credentials: Credentials) {
    const before = await server.usage();
    const [answer] = await Promise.all([
      ask(server.url, agent, requestFor(target, costly, credentials)).catch(asClosed),
      ask(server.url, beside, { method: "GET", path: "/-/liveness" }).catch(asClosed),
    ]);
    const after = await server.usage();
    return {
      status: answer.status,
      cpuMs: (after.cpu - before.cpu) / 1000,
      bytes: after.peak - before.peak,
    };
  }

  async function hold(target: Target, costly: Costly, credentials: Credentials) {
    const what = `${target.document} ${target.method} ${target.route}: ${costly.shape}`;
    let found = await tryOnce(target, costly, credentials);
    for (let tries = 1; tries < TRIES && isTooMuch(found, options.limits); tries += 1) {
      found = await tryOnce(target, costly, credentials);
    }
    result.requests += 1;
    if (found.cpuMs > result.dearest.cpuMs) result.dearest = { what, cpuMs: found.cpuMs };
    if (found.status >= 500) result.complaints.push(`${what}: ${found.status}`);
    if (isTooMuch(found, options.limits)) {
      const megabytes = (found.bytes / 2 ** 20).toFixed(0);
      result.complaints.push(`${what}: ${found.cpuMs.toFixed(0)} ms, ${megabytes} MB`);
    }
  }

  try {
    for (const [place, target] of targets.entries()) {
      options.onProgress?.(place, targets.length);
      // Made for the first request that is wanted: most of a run that keeps to a few has none.
      let credentials: Credentials | undefined;
      const usual = USUAL_BYTES[target.document] ?? 0;
      const largest = maxBodyBytesOf({ schema: target.entry } as never, usual);
      for (const costly of costlyFor(target, largest)) {
        number += 1;
        if (!options.wanted(target, costly, number)) continue;
        credentials ??= await server.renew();
        await hold(target, costly, credentials);
      }
    }
  } finally {
    agent.destroy();
    beside.destroy();
  }
  return result;
}

const isTooMuch = ({ cpuMs, bytes }: CostLimits, limits: CostLimits) =>
  cpuMs > limits.cpuMs || bytes > limits.bytes;

function requestFor(
  target: Target,
  { query, body, type }: Costly,
  { admin, session }: Credentials,
) {
  const route = target.route.replace(/\{(\w+)\}/g, (_, name: string) =>
    /user|name|login/.test(name) && !name.includes("id") ? "octocat" : "1",
  );
  const path = `${PREFIXES[target.document] ?? ""}${route}${query === undefined ? "" : `?${query}`}`;
  const headers = {
    ...credentialFor(target, admin, session),
    ...(type === undefined ? {} : { "content-type": type }),
  };
  return { method: target.method, path, headers, body: body?.() };
}

function credentialFor({ document }: Target, token: string, session: string) {
  if (document === "pages") {
    const accept = { accept: "text/html", "sec-fetch-site": "same-origin" };
    return { cookie: `${COOKIES.session}=${session}`, ...accept };
  }
  return document.startsWith("gitlab")
    ? { "private-token": token }
    : { authorization: `token ${token}` };
}
