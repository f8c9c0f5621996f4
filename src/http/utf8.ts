import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** Bytes that are to become text and are not UTF-8. Parsers' errors have a `type`, and so has this. */
class NotUtf8Error extends Error {
  override name = "NotUtf8Error";
  readonly type = "entity.parse.failed";
}

/** Bodies in whose JSON half of a surrogate pair may stand alone, which is no character. */
const suspects = new WeakSet<IncomingMessage>();
const SURROGATE = /\\u[dD][89a-fA-F]/;

/** For body parsers' `verify`: refuses JSON that is not UTF-8 before it becomes text. */
export function verifyJson(req: IncomingMessage, _res: unknown, body: Buffer): void {
  if (!isUtf8(body)) throw new NotUtf8Error();
  if (body.includes("\\u") && SURROGATE.test(body.toString("latin1"))) suspects.add(req);
}

/** The same for forms, whose bytes may be written as `%FF`. */
export function verifyForm(_req: unknown, _res: unknown, body: Buffer): void {
  if (!isUtf8(body) || !isUtf8Encoded(body.toString("latin1"))) throw new NotUtf8Error();
}

/** Refuses a body with half of a surrogate pair, once it is parsed. */
export function requireUnicode(req: IncomingMessage & { body?: unknown }): void {
  if (suspects.has(req) && !isUnicode(req.body)) throw new NotUtf8Error();
}

function isUnicode(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, one]) => name.isWellFormed() && isUnicode(one));
}

/** Refuses a query whose bytes, written as they are or as `%FF`, are not UTF-8. */
export function requireUtf8Query(url: string): void {
  const mark = url.indexOf("?");
  if (mark !== -1 && !isUtf8Encoded(url.slice(mark + 1))) throw new NotUtf8Error();
}

const FOREIGN = /%[89a-f]|[^\0-\x7f]/i;

/** Whether a text of bytes is UTF-8 once its `%` are read; what is ASCII alone is. */
function isUtf8Encoded(text: string): boolean {
  if (!FOREIGN.test(text)) return true;
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return isUtf8(Buffer.from(bytes, "latin1"));
}

/** What a parser of its own puts in the place of bytes that are not UTF-8. */
const REPLACEMENT = "\ufffd";

/**
 * Refuses the fields of a form with files, whose parser has read the bytes already: it leaves this
 * character where they were not UTF-8, and no client has a reason to send it.
 */
export function requireUtf8Fields(fields: unknown, files: unknown): void {
  const names = Array.isArray(files) ? (files as { originalname?: string }[]) : [];
  const texts = [
    ...Object.entries((fields ?? {}) as Record<string, unknown>).flat(2),
    ...names.map(({ originalname }) => originalname),
  ];
  if (texts.some((text) => typeof text === "string" && text.includes(REPLACEMENT))) {
    throw new NotUtf8Error();
  }
}
