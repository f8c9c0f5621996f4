import type { Exchange } from "../../http/dialect.ts";
import type { Reply } from "../../http/handler.ts";

const ALLOWED: Reply = {
  status: 204,
  headers: [
    "Access-Control-Allow-Headers",
    "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, " +
      "If-Unmodified-Since, X-Requested-With",
    "Access-Control-Allow-Methods",
    "GET, POST, PATCH, PUT, DELETE",
    "Access-Control-Max-Age",
    "86400",
  ],
};

/** What a browser asks before it lets a page of another origin call us: for any path, yes. */
export const preflight = ({ req }: Pick<Exchange, "req">): Reply | undefined =>
  req.method === "OPTIONS" ? ALLOWED : undefined;
