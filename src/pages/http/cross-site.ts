import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a write comes from another site: a browser says so in Sec-Fetch-Site, older ones and
 * those on plain http in Origin. Programs send neither, and have no cookies that came by themselves.
 * `origin` is the server's own; Host counts too, as a proxy may end TLS without saying so.
 */
export function isCrossSite(headers: IncomingHttpHeaders, origin: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  if (headers.origin === undefined) return false;
  const from = URL.parse(headers.origin);
  if (from === null) return true;
  return from.host !== URL.parse(origin)?.host && from.host !== headers.host?.toLowerCase();
}
