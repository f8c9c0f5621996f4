import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writeResponse } from "../../http/write-response.ts";
import type { PageContext, PageReply } from "./context.ts";
import { clearCookie, setCookie } from "./cookies.ts";

/**
 * Everything comes from this server, nothing is inline, and no other site may frame a page. Images
 * of `data:` are the browser's own drawings of a picture before it is uploaded.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HTML_TYPE = "text/html; charset=utf-8";

/** Writes the answer of a page. */
export function sendPage(context: PageContext, reply: Exclude<PageReply, { pass: true }>): void {
  const { exchange } = context;
  if ("redirect" in reply) {
    if (reply.notice !== undefined) {
      setCookie(context, "notice", encodeURIComponent(reply.notice), 60);
    }
    const headers = [...headersOf(context), "Location", reply.redirect, "Content-Length", "0"];
    writeResponse(exchange, 303, headers);
    return;
  }
  if ("lines" in reply) {
    const { req, res } = exchange;
    res.writeHead(200, [...headersOf(context, reply.headers), "Content-Type", reply.type]);
    if (req.method === "HEAD") res.end();
    // A reader who goes away, or a fault on the way, cuts the file off: it has no end then.
    else pipeline(Readable.from(reply.lines), res).catch((error: unknown) => note(context, error));
    return;
  }
  const isHtml = "html" in reply;
  if (isHtml && context.notice !== undefined) clearCookie(context, "notice");
  const text = isHtml ? String(reply.html) : reply.bytes;
  const type = isHtml ? HTML_TYPE : reply.type;
  const { status = 200, headers = [] } = reply;
  writeResponse(exchange, status, headersOf(context, headers), {
    ...{ text, type },
    // Node writes a text together with the headers, and bytes after them.
    ...(typeof text === "string" ? { utf8Bytes: Buffer.byteLength(text) } : {}),
  });
}

function note({ settings, requestId }: PageContext, error: unknown): void {
  if ((error as { code?: string }).code === "ERR_STREAM_PREMATURE_CLOSE") return;
  settings.log.error({ err: error, id: requestId });
}

function headersOf({ requestId, setCookies }: PageContext, more: readonly string[] = []): string[] {
  const has = (name: string) => more.includes(name);
  return [
    ...["X-Followd-Dialect", "pages", "X-Request-Id", requestId],
    ...["X-Content-Type-Options", "nosniff", "Cross-Origin-Opener-Policy", "same-origin"],
    // Not `no-referrer`: with it browsers send `Origin: null` with their forms.
    ...["Referrer-Policy", "same-origin", "Vary", "Accept, Cookie"],
    ...(has("Content-Security-Policy") ? [] : ["Content-Security-Policy", POLICY]),
    ...(has("Cache-Control") ? [] : ["Cache-Control", "no-store"]),
    ...setCookies.flatMap((cookie) => ["Set-Cookie", cookie]),
    ...more,
  ];
}

/** The notice that an earlier answer left for this page. */
export function parseNotice(cookie: string | undefined): string | undefined {
  if (cookie === undefined || cookie === "") return undefined;
  try {
    return decodeURIComponent(cookie).slice(0, 500);
  } catch {
    return undefined;
  }
}
