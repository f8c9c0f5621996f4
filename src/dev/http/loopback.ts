import type { IncomingMessage } from "node:http";
import { hostnameOf, isLoopback } from "../../http/loopback.ts";

export { isLoopback };

/** A page that somebody on this machine looks at, or a name that somebody else gave us. */
export class NotLocal extends Error {
  override name = "NotLocal";
}

/**
 * Refuses what a page from elsewhere has sent, be it under a name of its own that leads here. Throws
 * NotLocal.
 */
export function checkLocal({ headers }: Pick<IncomingMessage, "headers">): void {
  const { host, origin } = headers;
  const named = hostnameOf(host);
  const from = origin === undefined ? named : (URL.parse(origin)?.hostname ?? "");
  if (!isLoopback(named) || !isLoopback(from)) throw new NotLocal(`${host} from ${origin}`);
}

/**
 * Refuses what a page from elsewhere has the browser send: tokens in dev are the same everywhere and
 * each world is made by its first request, so an image's address would do to use or fill it. Pages on
 * this machine, at whatever port, and links that are followed stay. Throws NotLocal.
 */
export function refuseForeignPages({ headers }: Pick<IncomingMessage, "headers">): void {
  if (headers["sec-fetch-site"] !== "cross-site") return;
  const { origin } = headers;
  const from = origin === undefined ? "" : (URL.parse(origin)?.hostname ?? "");
  const isFollowedLink =
    headers["sec-fetch-mode"] === "navigate" &&
    headers["sec-fetch-dest"] === "document" &&
    headers["sec-fetch-user"] === "?1";
  if (!isLoopback(from) && !isFollowedLink) throw new NotLocal(`a page from ${origin}`);
}
