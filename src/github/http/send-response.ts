import { hash } from "node:crypto";
import { etagFor, matchesEtag } from "../../http/conditional.ts";
import type { Exchange } from "../../http/dialect.ts";
import { type Reply, type SerializedBody, serialize } from "../../http/handler.ts";
import { resourceOf } from "./authenticate.ts";
import { isPretty } from "./content-negotiation.ts";
import type { Context } from "./context.ts";
import { callbackOf, script } from "./jsonp.ts";
import { headersOf, putHeaders } from "./response-headers.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** Writes an answer: nothing for 204, a 304 when the caller already has it, else the body. */
export async function send({ context, res }: Exchange<Context>, reply: Reply): Promise<void> {
  // A script that is to be called gets a body in any case.
  if (reply.body === undefined && callbackOf(context.exchange.req) === undefined) {
    res.writeHead(reply.status, [...headersOf(context, "empty"), ...(reply.headers ?? [])]);
    res.end();
    return;
  }
  const readable = isReadable(context, reply);
  const known = readable && reply.tag !== undefined ? etagFor(reply.tag) : undefined;
  if (known !== undefined && isUnchanged(context, known, reply)) {
    return sendUnchanged(context, known, reply);
  }
  const body = await (typeof reply.body === "function" ? reply.body() : reply.body);
  const written = serialize(body ?? null);
  const tag = known ?? (hasEtag(context, reply) ? hash("sha256", written.text, "hex") : undefined);
  if (tag !== undefined && readable && known === undefined && isUnchanged(context, tag, reply)) {
    return sendUnchanged(context, tag, reply);
  }
  sendText(context, reply, written, tag);
}

/** Whether the caller may have the body already. */
function isReadable({ exchange }: Context, { status }: Reply): boolean {
  const { method } = exchange.req;
  return status === 200 && (method === "GET" || method === "HEAD");
}

/** Recordings have an ETag on what was created or changed, too; GraphQL's answers have none. */
const hasEtag = ({ exchange }: Context, { status }: Reply): boolean =>
  (status === 200 || status === 201) && exchange.match?.target.id !== "graphql";

function sendText(
  context: Context,
  reply: Reply,
  written: SerializedBody<unknown>,
  tag?: string,
): void {
  const { req, res } = context.exchange;
  const headers = headersOf(context, reply.body === undefined ? "empty" : "content");
  if (tag !== undefined) headers.push("ETag", `W/"${tag}"`);
  if (reply.lastModified !== undefined) headers.push("Last-Modified", httpDate(reply.lastModified));
  if (reply.headers !== undefined) putHeaders(headers, reply.headers);
  headers.push(...written.headers);
  const callback = callbackOf(req);
  let { text } = written;
  let type = written.type ?? JSON_TYPE;
  if (callback !== undefined && written.type === undefined) {
    text = script(callback, reply.status, headers, text);
    type = "application/javascript; charset=utf-8";
  } else if (written.type === undefined && isPretty(req.headers["user-agent"])) {
    text = Buffer.from(`${JSON.stringify(JSON.parse(text.toString()), null, 2)}\n`);
  }
  headers.push("Content-Type", type, "Content-Length", String(text.length));
  res.writeHead(callback === undefined ? reply.status : 200, headers);
  res.end(text, "latin1");
}

const httpDate = (milliseconds: number) => new Date(milliseconds).toUTCString();

/** RFC 9110, section 13.2.2: If-None-Match decides alone where it is sent. */
function isUnchanged(context: Context, tag: string, { lastModified }: Reply): boolean {
  const { headers } = context.exchange.req;
  const tags = headers["if-none-match"];
  if (tags !== undefined) return matchesEtag(tags, tag);
  const since = headers["if-modified-since"];
  if (since === undefined || lastModified === undefined) return false;
  return Math.floor(lastModified / 1000) * 1000 <= Date.parse(since);
}

async function sendUnchanged(context: Context, tag: string, reply: Reply): Promise<void> {
  const { caller, exchange, settings } = context;
  // An unchanged answer to a token does not count against its owner's limit.
  if (caller !== undefined && settings.limits !== undefined) {
    const resource = resourceOf(exchange.match?.target.id);
    context.spent = await settings.limits.giveBack(caller.user.id, exchange.req.ip ?? "", resource);
  }
  const headers = headersOf(context, "unchanged");
  headers.push("ETag", `"${tag}"`);
  if (reply.lastModified !== undefined) headers.push("Last-Modified", httpDate(reply.lastModified));
  exchange.res.writeHead(304, headers);
  exchange.res.end();
}
