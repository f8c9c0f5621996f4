import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { hostnameOf, isLoopback } from "../../http/loopback.ts";

export { isLoopback };

/** The controls were asked without the token that opens them. */
export class NotAuthorized extends Error {
  override name = "NotAuthorized";
}

/** Refuses a request to the controls that does not show their token. Throws NotAuthorized. */
export function checkToken(
  { headers }: Pick<IncomingMessage, "headers">,
  controlToken: string,
): void {
  const [, shown = ""] = /^bearer +(\S+) *$/i.exec(headers.authorization ?? "") ?? [];
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (!timingSafeEqual(digest(shown), digest(controlToken))) throw new NotAuthorized();
}

/** A page that is looked at on this machine, or a name that was made up elsewhere. */
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
 * this machine, at any port, and links that are followed stay. Throws NotLocal.
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
