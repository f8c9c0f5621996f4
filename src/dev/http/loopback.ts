import type { IncomingMessage } from "node:http";

/** Names and addresses that lead to this machine and nowhere else (RFC 6761, section 6.3). */
const LOOPBACK = /^(?:(?:[a-z0-9_-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/i;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

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
  const named = URL.parse(`http://${host ?? ""}`)?.hostname ?? "";
  const from = origin === undefined ? named : (URL.parse(origin)?.hostname ?? "");
  if (!isLoopback(named) || !isLoopback(from)) throw new NotLocal(`${host} from ${origin}`);
}
