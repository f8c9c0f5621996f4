import type { NextFunction, Request, Response } from "express";
import type { Exchange, Operation } from "./dialect.ts";
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
 * method and path, else the first one. Mounts come longest prefix first, the root last.
 */
export function choose(mounts: readonly Mount[], method: string, path: string): Choice | undefined {
  const mount = mounts.find(({ prefix }) => isBelow(path, prefix));
  if (mount === undefined) return undefined;
  const { prefix, speakers } = mount;
  const rest = path.slice(prefix.length) || "/";
  for (const speaker of speakers) {
    const match = speaker.find(method, rest);
    if (match !== undefined) return { speaker, prefix, match };
  }
  return { speaker: speakers[0], prefix, match: undefined };
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
    const choice = choose(mounts, req.method, path);
    if (choice === undefined) return next();
    const { speaker, prefix, match } = choice;
    const dialect = speaker.name;
    const exchange: Exchange = { req, res, dialect, prefix, match, context: undefined };
    seen(exchange);
    await speaker.answer(exchange);
  };
}
