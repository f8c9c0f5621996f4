import type { NextFunction, Request, Response } from "express";
import type { Exchange, Operation, RequestHead } from "./dialect.ts";
import type { Match } from "./path-router.ts";
import { type DialectServer, matchesPathPatterns } from "./request-pipeline.ts";

/** Which dialects are spoken below a prefix; the first one answers where nothing else decides. */
export interface Mount {
  /** Without a slash at its end; empty for the root. */
  readonly prefix: string;
  readonly servers: readonly [DialectServer, ...DialectServer[]];
}

interface Choice {
  readonly server: DialectServer;
  readonly prefix: string;
  /** What follows the prefix. */
  readonly path: string;
  readonly match: Match<Operation> | undefined;
}

const isBelow = (path: string, prefix: string) =>
  prefix === "" ||
  (path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/"));

/**
 * Chooses who answers: below the longest prefix that fits, the dialect whose document knows the
 * method and path, as they are spelled. Where several do, or none, the caller's manner decides, and
 * at last the order of the mount. Mounts come longest prefix first.
 */
export function chooseDialect(mounts: readonly Mount[], asked: RequestHead): Choice | undefined {
  const mount = mounts.find(({ prefix }) => isBelow(asked.path, prefix));
  if (mount === undefined) return undefined;
  const { prefix, servers } = mount;
  const path = asked.path.slice(prefix.length) || "/";
  const [first] = servers;
  if (servers.length === 1) {
    return { server: first, prefix, path, match: first.match(asked.method, path) };
  }
  // Below a prefix a credential that one vendor alone has decides, before the documents do.
  const owner =
    prefix === "" ? undefined : servers.find((one) => one.affinity({ ...asked, path }) === 3);
  if (owner !== undefined) {
    return { server: owner, prefix, path, match: owner.match(asked.method, path) };
  }
  const knowing: Candidate[] = [];
  const others: Candidate[] = [];
  for (const server of servers) {
    const match = server.matchExact(asked.method, path);
    if (match === undefined) others.push({ server, match: server.match(asked.method, path) });
    else if (matchesPathPatterns(match)) knowing.push({ server, match });
    // Who has such a path, though not with this name in it, comes before who has none.
    else others.unshift({ server, match });
  }
  const [only] = knowing;
  if (only !== undefined && knowing.length === 1) return { prefix, path, ...only };
  const candidates = knowing.length > 0 ? knowing : others;
  return { prefix, path, ...strongest(candidates, { ...asked, path }) };
}

type Candidate = Pick<Choice, "server" | "match">;

/** The dialect with the highest affinity for a request; the first one among equals. */
function strongest(candidates: readonly Candidate[], asked: RequestHead): Candidate {
  let best = candidates[0] as Candidate;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const affinity = candidate.server.affinity(asked);
    if (affinity > most) best = candidate;
    most = Math.max(most, affinity);
  }
  return best;
}

/** What may answer before the dialects: pages for people. */
interface Before {
  readonly mayAnswer: (head: RequestHead) => boolean;
  readonly answer: (req: Request, res: Response, head: RequestHead) => Promise<boolean>;
}

/** The one middleware that every request goes through. */
export function dialectRouter(
  mounts: readonly Mount[],
  seen: (exchange: Exchange) => void,
  before?: Before,
) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const end = req.url.indexOf("?");
    const path = end === -1 ? req.url : req.url.slice(0, end);
    const head = { method: req.method, path, url: req.url, headers: req.headers };
    if (before?.mayAnswer(head) === true && (await before.answer(req, res, head))) return;
    const choice = chooseDialect(mounts, head);
    if (choice === undefined) return next();
    const { server, ...chosen } = choice;
    const exchange = { req, res, dialect: server.name, ...chosen, context: undefined };
    seen(exchange);
    await server.answer(exchange);
  };
}
