import type { Request, Response } from "express";
import { matchesEtag } from "./conditional.ts";
import type { Reply } from "./handler.ts";

/** What stands below the headers. */
interface ResponseBody {
  /** Bytes, or a text of ASCII alone. */
  readonly text: Buffer | string;
  /** Its media type. */
  readonly type: string;
  /** Its length in bytes, where the text is not ASCII alone. */
  readonly utf8Bytes?: number;
}

/** The exchange of a dialect, or of the pages. */
interface Written {
  readonly req: Request;
  readonly res: Response;
}

/**
 * The value of a reply's body, or the text that stands for it, or a promise of either. Runs the
 * function that makes it.
 */
export const readBody = ({ body }: Reply): unknown =>
  typeof body === "function" ? (body as () => unknown)() : body;

/** Whether an answer may be a 304: only what was read successfully can be known already. */
export const isCacheable = ({ method }: Request, status: number): boolean =>
  status === 200 && (method === "GET" || method === "HEAD");

/**
 * Whether the caller has what `tag` and `lastModified` (milliseconds since 1970) stand for. RFC
 * 9110, section 13.2.2: If-None-Match decides alone where it is sent.
 */
export function hasFreshCopy({ headers }: Request, tag: string, lastModified?: number): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined) return matchesEtag(tags, tag);
  const since = headers["if-modified-since"];
  if (since === undefined || lastModified === undefined) return false;
  return Math.floor(lastModified / 1000) * 1000 <= Date.parse(since);
}

/** Writes a whole answer. One that has begun already can only be cut. */
export function writeResponse(
  { res }: Pick<Written, "res">,
  status: number,
  headers: readonly string[],
  body?: ResponseBody,
): void {
  if (res.headersSent) {
    res.destroy();
  } else if (body === undefined) {
    res.writeHead(status, headers as string[]);
    res.end();
  } else {
    const { text, type, utf8Bytes } = body;
    const ofBody = ["Content-Type", type, "Content-Length", String(utf8Bytes ?? text.length)];
    res.writeHead(status, [...headers, ...ofBody]);
    // Node leaves the text out where HEAD asks; Latin-1 is the fastest way to write ASCII.
    res.end(text, utf8Bytes === undefined ? "latin1" : "utf8");
  }
}

/**
 * Answers a HEAD whose body has a known length without making the body, which may have to be
 * unpacked first. Says whether it did.
 */
export function writeHeadAlone(
  { req, res }: Written,
  { status, body, length }: Reply,
  headers: readonly string[],
): boolean {
  if (req.method !== "HEAD" || typeof body !== "function" || length === undefined) return false;
  writeResponse({ res }, status, [...headers, "Content-Length", String(length)]);
  return true;
}
