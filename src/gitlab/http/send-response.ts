import { hash } from "node:crypto";
import { CompressibleBody, codingHeaders, formOf } from "../../http/compressible-body.ts";
import { acceptedBy } from "../../http/content-coding.ts";
import type { Exchange } from "../../http/dialect.ts";
import { type Reply, SerializedBody } from "../../http/handler.ts";
import { hasFreshCopy, isCacheable, readBody, writeResponse } from "../../http/write-response.ts";
import type { Context } from "./context.ts";
import { asJson } from "./rails-json.ts";
import { headersOf } from "./response-headers.ts";

const CACHED = ["Cache-Control", "max-age=0, private, must-revalidate"] as const;
const UNCACHED = ["Cache-Control", "no-cache"] as const;
export const JSON_TYPE = "application/json";

/** Any body, written out: a value as Rails writes it. */
export const serializeAsRails = (body: unknown): SerializedBody<unknown> =>
  body instanceof SerializedBody ? body : new SerializedBody(asJson(body));

/** Writes an answer: nothing for 204, a 304 when the caller already has it, else the body. */
export function sendResponse(exchange: Exchange<Context>, reply: Reply): void | Promise<void> {
  const headers = headersOf(exchange.context);
  if (reply.headers !== undefined) headers.push(...reply.headers);
  // `null` is a body here; only a reply without one is empty.
  if (reply.body !== undefined) return sendBody(exchange, reply, headers);
  headers.push(...UNCACHED);
  writeResponse(exchange, reply.status, headers);
}

async function sendBody(
  exchange: Exchange<Context>,
  reply: Reply,
  headers: string[],
): Promise<void> {
  const { req } = exchange;
  const read = readBody(reply);
  const body = serializeAsRails(read instanceof Promise ? await read : read);
  const { text, headers: own, type = JSON_TYPE } = body;
  const tag = reply.tag ?? hash("sha256", text, "hex").slice(0, 32);
  headers.push(...CACHED, ...own, "ETag", `W/"${tag}"`);
  if (body instanceof CompressibleBody) putVary(headers);
  if (isCacheable(req, reply.status) && hasFreshCopy(req, tag)) {
    return writeResponse(exchange, 304, headers);
  }
  const formed = formOf(body, acceptedBy(req));
  const form = formed instanceof Promise ? await formed : formed;
  headers.push(...codingHeaders(form));
  writeResponse(exchange, reply.status, headers, { text: form.text, type });
}

/** What comes compressed or not as the caller likes it. */
function putVary(headers: string[]): void {
  headers[headers.indexOf("Vary") + 1] = "Origin, Accept-Encoding";
}
