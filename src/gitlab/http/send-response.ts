import { hash } from "node:crypto";
import { etagFor, matchesEtag } from "../../http/conditional.ts";
import type { Exchange } from "../../http/dialect.ts";
import { type Reply, SerializedBody } from "../../http/handler.ts";
import type { Context } from "./context.ts";
import { asJson } from "./rails-json.ts";
import { headersOf } from "./response-headers.ts";

const CACHED = ["Cache-Control", "max-age=0, private, must-revalidate"] as const;
const UNCACHED = ["Cache-Control", "no-cache"] as const;

/** Writes an answer: nothing for 204, a 304 when the caller already has it, else the body. */
export async function send({ context, req, res }: Exchange<Context>, reply: Reply): Promise<void> {
  const headers = [...headersOf(context), ...(reply.headers ?? [])];
  // `null` is a body here; only a reply without one is empty.
  if (!("body" in reply) || reply.body === undefined) {
    res.writeHead(reply.status, [...headers, ...UNCACHED]);
    res.end();
    return;
  }
  const body = await (typeof reply.body === "function" ? reply.body() : reply.body);
  const {
    text,
    headers: own,
    type,
  } = body instanceof SerializedBody ? body : new SerializedBody(asJson(body));
  const tag =
    reply.tag === undefined ? hash("sha256", text, "hex").slice(0, 32) : etagFor(reply.tag);
  headers.push(...CACHED, ...own, "ETag", `W/"${tag}"`);
  const readable = reply.status === 200 && (req.method === "GET" || req.method === "HEAD");
  const asked = req.headers["if-none-match"];
  if (readable && asked !== undefined && matchesEtag(asked, tag)) {
    res.writeHead(304, headers);
    res.end();
    return;
  }
  const length = String(Buffer.byteLength(text));
  headers.push("Content-Type", type ?? "application/json", "Content-Length", length);
  res.writeHead(reply.status, headers);
  res.end(text);
}
