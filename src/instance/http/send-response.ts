import { matchesEtag } from "../../http/conditional.ts";
import type { Exchange } from "../../http/dialect.ts";
import { type Reply, SerializedBody, serialize } from "../../http/handler.ts";
import type { Context } from "./context.ts";

const TEXT_TYPE = "text/plain; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";

export const plainText = (text: string, type = TEXT_TYPE) => ({
  status: 200 as const,
  body: new SerializedBody<string>(Buffer.from(text), [], type),
});

/** Writes an answer: a 304 when the caller already has it, else the body. */
export async function send(exchange: Exchange<Context>, reply: Reply): Promise<void> {
  const { context, req, res } = exchange;
  const headers = headersOf(context, reply);
  if (reply.tag !== undefined && matchesEtag(req.headers["if-none-match"] ?? "", reply.tag)) {
    res.writeHead(304, headers);
    res.end();
    return;
  }
  // What a body takes to be made, such as unpacking, is for those who read it.
  if (req.method === "HEAD" && typeof reply.body === "function" && reply.length !== undefined) {
    headers.push("Content-Length", String(reply.length));
    res.writeHead(reply.status, headers);
    res.end();
    return;
  }
  const body = await (typeof reply.body === "function" ? reply.body() : reply.body);
  const { text, type = JSON_TYPE } = serialize(body);
  headers.push("Content-Type", type, "Content-Length", String(text.length));
  res.writeHead(reply.status, headers);
  res.end(text);
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
