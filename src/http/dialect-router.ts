import type { NextFunction, Request, Response } from "express";
import { addressMembers, withoutSecrets } from "./access-log.ts";
import type { AddressMemory, Exchange, RequestHead, Route } from "./dialect.ts";
import { sharedCache } from "./process-caches.ts";
import { type DialectServer, matchesPathPatterns } from "./request-pipeline.ts";

/** Which dialects are spoken below a prefix; the first one answers where nothing else decides. */
export interface Mount {
  /** Without a slash at its end; empty for the root. */
  readonly prefix: string;
  readonly servers: readonly [DialectServer, ...DialectServer[]];
}

interface Candidate {
  readonly server: DialectServer;
  readonly match: Route | undefined;
}

/** Where a method and a target lead, for all callers alike. */
interface Address {
  readonly prefix: string;
  /** What follows the prefix. */
  readonly path: string;
  /** The dialects that answer a credential which only they take. */
  readonly owners: readonly Candidate[];
  /** The dialects among which the caller's credentials and headers decide. */
  readonly candidates: readonly Candidate[];
}

interface Choice extends Candidate, Pick<Address, "prefix" | "path"> {}

const isBelow = (path: string, prefix: string) =>
  prefix === "" ||
  (path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/"));

const REMEMBERED_BYTES = 4 * 2 ** 20;
/** Of an address: its key, and what each of two dialects makes of its parts, few or many. */
const BYTES_PER_CHARACTER = 32;

const remembered = sharedCache<Address>(
  "accepted addresses",
  REMEMBERED_BYTES,
  BYTES_PER_CHARACTER,
);
let routers = 0;

/**
 * Chooses who answers: below the longest prefix that fits, the dialect whose document knows the
 * method and path, as they are spelled. Where several do, or none, the caller's credentials and
 * headers decide, and at last the order of the mount. Mounts come longest prefix first. Reading and
 * routing an address takes longer than all else here, so it is remembered, unless it has a
 * credential in it.
 */
export function dialectChooser(
  mounts: readonly Mount[],
): (head: RequestHead) => Choice | undefined {
  routers += 1;
  const router = routers;

  function addressOf({ method, url, path }: RequestHead): Address | undefined {
    const key = `${router} ${method} ${url}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const shown = withoutSecrets(url);
    const memory = shown === url ? { logged: addressMembers(method, shown) } : undefined;
    const found = findAddress(mounts, method, path, memory);
    if (memory !== undefined && found?.candidates.some(({ match }) => match !== undefined)) {
      remembered.set(key, found);
    }
    return found;
  }

  return (request) => {
    const address = addressOf(request);
    if (address === undefined) return undefined;
    const { prefix, path, owners, candidates } = address;
    const [only] = candidates;
    if (owners.length === 0 && candidates.length === 1)
      return { ...(only as Candidate), prefix, path };
    const head = { method: request.method, path, url: request.url, headers: request.headers };
    const { server, match } =
      owners.find((each) => each.server.affinity(head) === 3) ?? strongest(candidates, head);
    return { server, match, prefix, path };
  };
}

function findAddress(
  mounts: readonly Mount[],
  method: string,
  whole: string,
  memory: AddressMemory | undefined,
): Address | undefined {
  const mount = mounts.find(({ prefix }) => isBelow(whole, prefix));
  if (mount === undefined) return undefined;
  const { prefix, servers } = mount;
  const path = whole.slice(prefix.length) || "/";
  // Each dialect makes something else of an address.
  const remembering = (match: Route | undefined): Route | undefined =>
    match && { ...match, memory: memory && { ...memory } };
  const all = servers.map((server) => {
    const exact = server.matchExact(method, path);
    return { server, exact, match: server.match(method, path) };
  });
  const owners = all.map(({ server, match }) => ({ server, match: remembering(match) }));
  if (owners.length === 1) return { prefix, path, owners: [], candidates: owners };
  const having = all.filter(({ exact }) => exact !== undefined);
  const knowing = having.filter(({ exact }) => exact !== undefined && matchesPathPatterns(exact));
  // Who has such a path, though not with this name in it, comes before who has none.
  const others = [...having.reverse(), ...all.filter(({ exact }) => exact === undefined)];
  const candidates = (knowing.length > 0 ? knowing : others).map(({ server, exact, match }) => ({
    server,
    match: remembering(exact ?? match),
  }));
  // Below a prefix a credential that one vendor alone has decides, before the documents do.
  return { prefix, path, owners: prefix === "" ? [] : owners, candidates };
}

/** The dialect with the highest affinity for a request; the first one among equals. */
function strongest(candidates: readonly Candidate[], head: RequestHead): Candidate {
  let best = candidates[0] as Candidate;
  if (candidates.length === 1) return best;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const affinity = candidate.server.affinity(head);
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
  const choose = dialectChooser(mounts);
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const end = req.url.indexOf("?");
    const path = end === -1 ? req.url : req.url.slice(0, end);
    const head = { method: req.method, path, url: req.url, headers: req.headers };
    if (before?.mayAnswer(head) === true && (await before.answer(req, res, head))) return;
    const choice = choose(head);
    if (choice === undefined) return next();
    const { server, prefix, match } = choice;
    const { name: dialect } = server;
    const exchange = { req, res, dialect, prefix, path: choice.path, match, context: undefined };
    seen(exchange);
    await server.answer(exchange);
  };
}
