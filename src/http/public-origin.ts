import type { Request } from "express";

/** Host names, addresses and ports; anything else would end up in our links. */
const HOST = /^(?:[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;
const SCHEME = /^https?$/;

/**
 * The scheme, host and port under which the caller reached us, as links must name it: the public
 * URL where one is configured, else what a trusted proxy forwarded, else the Host header. What is
 * forwarded counts only as http or https and as a host that can be one; a Host header that is none
 * falls back to the address that was connected to.
 */
export function originOf(req: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const { headers } = req;
  // Express looks through the settings for who is trusted, also where no proxy says anything.
  if (headers["x-forwarded-host"] === undefined && headers["x-forwarded-proto"] === undefined) {
    const { host } = headers;
    if (host !== undefined && HOST.test(host)) return `${connectionSchemeOf(req)}://${host}`;
  }
  const scheme = schemeOf(req);
  for (const host of [req.host, req.headers.host]) {
    if (host !== undefined && HOST.test(host)) return `${scheme}://${host}`;
  }
  const { localAddress = "localhost", localPort = 80, localFamily } = req.socket;
  const name = localFamily === "IPv6" ? `[${localAddress}]` : localAddress;
  return `${scheme}://${name}:${localPort}`;
}

function schemeOf(req: Request): string {
  const forwarded = req.protocol;
  if (SCHEME.test(forwarded)) return forwarded;
  return connectionSchemeOf(req);
}

const connectionSchemeOf = ({ socket }: Request): string =>
  "encrypted" in socket ? "https" : "http";
