import type { Request } from "express";

/** Host names, addresses and ports; anything else would end up in our links. */
const HOST = /^(?:[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/**
 * The scheme, host and port under which the caller reached us, as links must name it: the public
 * URL where one is configured, else what a trusted proxy forwarded, else the Host header. A Host
 * that is none falls back to the address that was connected to.
 */
export function originOf(req: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const host = req.host;
  if (host !== undefined && HOST.test(host)) return `${req.protocol}://${host}`;
  const { localAddress = "localhost", localPort = 80, localFamily } = req.socket;
  const name = localFamily === "IPv6" ? `[${localAddress}]` : localAddress;
  return `${req.protocol}://${name}:${localPort}`;
}
