import type { Exchange } from "../../http/dialect.ts";
import { type Reply, serialize } from "../../http/handler.ts";
import { readBody, writeResponse } from "../../http/write-response.ts";
import type { Context } from "./context.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** Writes an answer as JSON. What it shows depends on the caller, so that no cache may keep it. */
export async function sendResponse(exchange: Exchange<Context>, reply: Reply): Promise<void> {
  const headers = [
    ...["X-Followd-Dialect", "graph", "X-Request-Id", exchange.context.requestId],
    ...["X-Content-Type-Options", "nosniff", "Content-Security-Policy", "default-src 'none'"],
    ...["Cache-Control", "no-store", ...(reply.headers ?? [])],
  ];
  const { text } = serialize(await readBody(reply));
  writeResponse(exchange, reply.status, headers, { text, type: JSON_TYPE });
}
