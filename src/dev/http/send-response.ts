import type { Exchange } from "../../http/dialect.ts";
import { type Reply, serialize } from "../../http/handler.ts";
import { readBody, writeResponse } from "../../http/write-response.ts";
import type { Context } from "./context.ts";

const ALWAYS: readonly string[] = [
  ...["X-Content-Type-Options", "nosniff"],
  ...["Content-Security-Policy", "default-src 'none'"],
  ...["Cache-Control", "no-store"],
];
const JSON_TYPE = "application/json; charset=utf-8";

/** Writes an answer, as JSON where it has a body. */
export async function sendResponse(exchange: Exchange<Context>, reply: Reply): Promise<void> {
  const headers = [...ALWAYS, "X-Followd-World", exchange.context.world.name];
  const body = await readBody(reply);
  if (body === undefined) return writeResponse(exchange, reply.status, headers);
  const { text } = serialize(body);
  writeResponse(exchange, reply.status, headers, { text, type: JSON_TYPE });
}
