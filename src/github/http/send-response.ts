import { hash } from "node:crypto";
import { addressOf } from "../../http/client-address.ts";
import { codingHeaders, type Form, formOf } from "../../http/compressible-body.ts";
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
export function sendResponse(exchange: Exchange<Context>, reply: Reply): void | Promise<void> {
  const { context, req } = exchange;
  // A script that is to be called gets a body in any case.
  if (reply.body !== undefined || callbackOf(req) !== undefined) return sendBody(exchange, reply);
  const headers = headersOf(context, "empty");
  if (reply.headers !== undefined) headers.push(...reply.headers);
  writeResponse(exchange, reply.status, headers);
}

async function sendBody(exchange: Exchange<Context>, reply: Reply): Promise<void> {
  const { context, req } = exchange;
  const cacheable = isCacheable(req, reply.status);
  const known = cacheable ? reply.tag : undefined;
  if (known !== undefined && hasFreshCopy(req, known, reply.lastModified)) {
    return sendUnchanged(context, known, reply);
  }
  const read = readBody(reply);
  const written = serialize((read instanceof Promise ? await read : read) ?? null);
  const tag = known ?? (hasEtag(context, reply) ? hash("sha256", written.text, "hex") : undefined);
  if (
    tag !== undefined &&
    cacheable &&
    known === undefined &&
    hasFreshCopy(req, tag, reply.lastModified)
  ) {
    return sendUnchanged(context, tag, reply);
  }
  const sent = sendText(context, reply, written, tag);
  if (sent !== undefined) await sent;
}

/** Recordings have an ETag on what was created or changed, too; GraphQL's answers have none. */
const hasEtag = ({ exchange }: Context, { status }: Reply): boolean =>
  (status === 200 || status === 201) && exchange.match?.target.id !== "graphql";

function sendText(
  context: Context,
  reply: Reply,
  written: SerializedBody<unknown>,
  tag?: string,
): Promise<void> | undefined {
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
  const { type = JSON_TYPE } = body;
  const status = callback === undefined ? reply.status : 200;
  const write = (form: Form) => {
    headers.push(...codingHeaders(form));
    writeResponse(exchange, status, headers, { text: form.text, type });
  };
  const form = formOf(body, acceptedBy(req));
  if (form instanceof Promise) return form.then(write);
  write(form);
  return undefined;
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
