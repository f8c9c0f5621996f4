import type { Request } from "express";

/**
 * The address of the caller: what trusted proxies say of it, else the connection's. Express looks
 * through the settings for who is trusted, also where no proxy says anything.
 */
export const addressOf = (req: Request): string | undefined =>
  req.headers["x-forwarded-for"] === undefined ? req.socket.remoteAddress : req.ip;
