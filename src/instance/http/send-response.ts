import type { Exchange } from "../../http/dialect.ts";
import { type Reply, SerializedBody, serialize } from "../../http/handler.ts";
import {
  hasFreshCopy,
  readBody,
  writeHeadAlone,
  writeResponse,
} from "../../http/write-response.ts";
import type { Context } from "./context.ts";

const TEXT_TYPE = "text/plain; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";

export const plainText = (text: string, type = TEXT_TYPE) => ({
  status: 200 as const,
  body: new SerializedBody<string>(Buffer.from(text), [], type),
});

/** Writes an answer: a 304 when the caller already has it, else the body. */
export async function sendResponse(exchange: Exchange<Context>, reply: Reply): Promise<void> {
  const headers = headersOf(exchange.context, reply);
  if (reply.tag !== undefined && hasFreshCopy(exchange.req, reply.tag)) {
    writeResponse(exchange, 304, headers);
  } else if (!writeHeadAlone(exchange, reply, headers)) {
    const { text, type = JSON_TYPE } = serialize(await readBody(reply));
    writeResponse(exchange, reply.status, headers, { text, type });
  }
}

function headersOf({ requestId }: Context, { tag, headers = [] }: Reply): string[] {
  const all = [
    ...["X-Followd-Dialect", "instance", "X-Content-Type-Options", "nosniff"],
    ...["X-Request-Id", requestId, ...headers],
  ];
  if (!headers.includes("Content-Security-Policy")) {
    all.push("Content-Security-Policy", "default-src 'none'");
  }
  if (!headers.includes("Cache-Control")) all.push("Cache-Control", "no-store");
  if (tag !== undefined) all.push("ETag", `"${tag}"`);
  return all;
}
