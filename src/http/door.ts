import type { NextFunction, Request, Response } from "express";
import type { Asked, Exchange, Operation } from "./dialect.ts";
import type { Match } from "./routes.ts";
import type { Speaker } from "./speak.ts";

/** Which dialects are spoken below a prefix; the first one answers what none of them knows. */
export interface Mount {
  /** Without a slash at its end; empty for the root. */
  readonly prefix: string;
  readonly speakers: readonly [Speaker, ...Speaker[]];
}

export interface Choice {
  readonly speaker: Speaker;
  readonly prefix: string;
  /** What follows the prefix. */
  readonly path: string;
  readonly match: Match<Operation> | undefined;
}

const isBelow = (path: string, prefix: string) =>
  prefix === "" ||
  (path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/"));

/** Whoever takes us for a proxy names the whole URL (RFC 9112, section 3.2.2). */
function withoutOrigin(url: string): string {
  const [, rest] = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*(.*)$/i.exec(url) ?? [];
  if (rest === undefined) return url;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/**
 * Chooses who answers: below the longest prefix that fits, the dialect whose document knows the
 * method and path. Where several do, the caller's manner decides, and at last the order of the
 * mount, whose first dialect also answers what none knows. Mounts come longest prefix first.
 */
export function choose(mounts: readonly Mount[], asked: Asked): Choice | undefined {
  const mount = mounts.find(({ prefix }) => isBelow(asked.path, prefix));
  if (mount === undefined) return undefined;
  const { prefix, speakers } = mount;
  const path = asked.path.slice(prefix.length) || "/";
  let best: Choice = { speaker: speakers[0], prefix, path, match: undefined };
  let strongest = Number.NEGATIVE_INFINITY;
  for (const speaker of speakers) {
    const match = speaker.find(asked.method, path);
    if (match === undefined) continue;
    const claim = speakers.length > 1 ? speaker.claim({ ...asked, path }, match) : 0;
    if (claim > strongest) best = { speaker, prefix, path, match };
    strongest = Math.max(strongest, claim);
  }
  return best;
}

/** The one middleware that every request goes through. */
export function door(mounts: readonly Mount[], seen: (exchange: Exchange) => void) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    if (!req.url.startsWith("/")) {
      req.url = withoutOrigin(req.url);
      req.originalUrl = req.url;
    }
    const end = req.url.indexOf("?");
    const path = end === -1 ? req.url : req.url.slice(0, end);
    const choice = choose(mounts, { method: req.method, path, url: req.url, headers: req.headers });
    if (choice === undefined) return next();
    const { speaker, ...chosen } = choice;
    const exchange = { req, res, dialect: speaker.name, ...chosen, context: undefined };
    seen(exchange);
    await speaker.answer(exchange);
  };
}
