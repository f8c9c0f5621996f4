import { createHash, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { notFound } from "../../domain/errors.ts";
import { hostnameOf, isLoopback } from "../../http/loopback.ts";
import type { Context, Handler } from "../http/context.ts";
import { plainText } from "../http/send-response.ts";

const TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;
/** A request with one of these came through a proxy, from anywhere. */
const FORWARDED = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];

export const metrics: Handler<"metrics"> = async (_input, context) => {
  if (!mayScrape(context)) throw notFound("metrics");
  return plainText(await context.scrape(), TEXT_TYPE);
};

function mayScrape({ exchange: { req }, metricsToken }: Context): boolean {
  return metricsToken === undefined ? isLocal(req) : shows(req, metricsToken);
}

/**
 * A page, a tunnel or a proxy on this machine may ask for another machine; what it asks for then has
 * another name than this machine's.
 */
function isLocal({ socket, headers }: Request): boolean {
  return (
    LOOPBACK.test(socket.remoteAddress ?? "") &&
    isLoopback(hostnameOf(headers.host)) &&
    !FORWARDED.some((name) => name in headers)
  );
}

function shows({ headers }: Request, token: string): boolean {
  const [, shown] = /^bearer +(\S+) *$/i.exec(headers.authorization ?? "") ?? [];
  if (shown === undefined) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(shown), digest(token));
}
