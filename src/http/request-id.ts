import type { Request } from "express";

/** What nginx, HAProxy, Envoy and others make; nothing that could end a header or a text in JSON. */
const WELL_FORMED = /^[A-Za-z0-9][\w.:-]{7,127}$/;

/** The id of a request: the one that a trusted proxy gave it where that can be one, else a new one. */
export function requestIdOf(req: Request, random: { uuid(): string }): string {
  const given = req.headers["x-request-id"];
  if (typeof given !== "string" || !WELL_FORMED.test(given)) return random.uuid();
  const isTrusted = req.app.get("trust proxy fn") as (address: string, hop: number) => boolean;
  return isTrusted(req.socket.remoteAddress ?? "", 0) ? given : random.uuid();
}
