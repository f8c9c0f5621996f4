import { hash } from "node:crypto";
import { addressOf } from "../../http/client-address.ts";
import { codingHeaders, formOf } from "../../http/compressible-body.ts";
import { etagFor } from "../../http/conditional.ts";
import { acceptedBy } from "../../http/content-coding.ts";
import type { Exchange } from "../../http/dialect.ts";
import { type Reply, SerializedBody, serialize } from "../../http/handler.ts";
import { hasFreshCopy, isCacheable, readBody, writeResponse } from "../../http/write-response.ts";
import { resourceOf } from "./authenticate.ts";
import { isPretty } from "./content-negotiation.ts";
import type { Context } from "./context.ts";
import { callbackOf, script } from "./jsonp.ts";
import { headersOf, putHeaders } from "./response-headers.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** Writes an answer: nothing for 204, a 304 when the caller already has it, else the body. */
export async function sendResponse(exchange: Exchange<Context>, reply: Reply): Promise<void> {
  const { context, req } = exchange;
  // A script that is to be called gets a body in any case.
  if (reply.body === undefined && callbackOf(req) === undefined) {
    const headers = [...headersOf(context, "empty"), ...(reply.headers ?? [])];
    return writeResponse(exchange, reply.status, headers);
  }
  const cacheable = isCacheable(req, reply.status);
  const known = cacheable && reply.tag !== undefined ? etagFor(reply.tag) : undefined;
  if (known !== undefined && hasFreshCopy(req, known, reply.lastModified)) {
    return sendUnchanged(context, known, reply);
  }
  const written = serialize((await readBody(reply)) ?? null);
  const tag = known ?? (hasEtag(context, reply) ? hash("sha256", written.text, "hex") : undefined);
  if (
    tag !== undefined &&
    cacheable &&
    known === undefined &&
    hasFreshCopy(req, tag, reply.lastModified)
  ) {
    return sendUnchanged(context, tag, reply);
  }
  await sendText(context, reply, written, tag);
}

/** Recordings have an ETag on what was created or changed, too; GraphQL's answers have none. */
const hasEtag = ({ exchange }: Context, { status }: Reply): boolean =>
  (status === 200 || status === 201) && exchange.match?.target.id !== "graphql";

async function sendText(
  context: Context,
  reply: Reply,
  written: SerializedBody<unknown>,
  tag?: string,
): Promise<void> {
  const { exchange } = context;
  const headers = headersOf(context, reply.body === undefined ? "empty" : "content");
  if (tag !== undefined) headers.push("ETag", `W/"${tag}"`);
  if (reply.lastModified !== undefined) headers.push("Last-Modified", httpDate(reply.lastModified));
  if (reply.headers !== undefined) putHeaders(headers, reply.headers);
  headers.push(...written.headers);
  const { req } = exchange;
  const callback = callbackOf(req);
  let body = written;
  if (callback !== undefined && written.type === undefined) {
    const text = script(callback, reply.status, headers, written.text);
    body = new SerializedBody(text, [], "application/javascript; charset=utf-8");
  } else if (written.type === undefined && isPretty(req.headers["user-agent"])) {
    const value: unknown = JSON.parse(written.text.toString());
    body = new SerializedBody(Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  }
  const form = await formOf(body, acceptedBy(req));
  headers.push(...codingHeaders(form));
  const { type = JSON_TYPE } = body;
  const status = callback === undefined ? reply.status : 200;
  writeResponse(exchange, status, headers, { text: form.text, type });
}

const httpDate = (milliseconds: number) => new Date(milliseconds).toUTCString();

async function sendUnchanged(context: Context, tag: string, reply: Reply): Promise<void> {
  const { caller, exchange, settings } = context;
  // An unchanged answer to a token does not count against its owner's limit.
  if (caller !== undefined && settings.limits !== undefined) {
    const resource = resourceOf(exchange.match?.target.id);
    context.spent = await settings.limits.giveBack(
      caller.user.id,
      addressOf(exchange.req) ?? "",
      resource,
    );
  }
  const headers = headersOf(context, "unchanged");
  headers.push("ETag", `"${tag}"`);
  if (reply.lastModified !== undefined) headers.push("Last-Modified", httpDate(reply.lastModified));
  writeResponse(exchange, 304, headers);
}
