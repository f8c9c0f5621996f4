import type { RequestHandler } from "express";
import type { Exchange } from "./dialect.ts";
import { MAX_TEXT_LENGTH, maxTextLengthOf, requireBoundedBody } from "./request-bounds.ts";
import { requireUnicode } from "./utf8.ts";

/** The body can't be read as any media type that is taken here. */
export class UnreadableType extends Error {
  override name = "UnreadableType";
}

/** Whether the request has a body at all (RFC 9112, section 6). */
export const hasBody = ({ req: { headers } }: Pick<Exchange, "req">): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Parsers of one kind by the bytes that they take; there are as many as there are limits. */
export function parsersByLimit(
  create: (limit: number) => RequestHandler,
): (limit: number) => RequestHandler {
  const known = new Map<number, RequestHandler>();
  return (limit) => {
    const parser = known.get(limit) ?? create(limit);
    known.set(limit, parser);
    return parser;
  };
}

/**
 * Reads the body as this media type. Rejects with what the parser finds wrong, or with
 * RequestBoundError for a body that carries too much.
 */
export function parseBody({ req, res, match }: Exchange, type: string, parser: RequestHandler) {
  // The validator compiles its checks anew for each spelling of Content-Type and keeps them for
  // ever, so it is shown one spelling per media type.
  req.headers["content-type"] = type;
  return new Promise<void>((resolve, reject) => {
    parser(req, res, (error?: unknown) => {
      if (error !== undefined) {
        reject(named(error));
        return;
      }
      try {
        const longest = match === undefined ? MAX_TEXT_LENGTH : maxTextLengthOf(match.target);
        requireBoundedBody(req.body, longest);
        requireUnicode(req);
        resolve();
      } catch (refused) {
        reject(refused as Error);
      }
    });
  });
}

/** Parsers name what goes wrong by a `type`, but not broken compressions and forms. */
function named(error: unknown): Error {
  const { type } = error as { type?: unknown };
  if (typeof type === "string") return error as Error;
  return Object.assign(error as Error, { type: "entity.unreadable" });
}

/** Leaves the validator nothing to compile checks for. */
export function dropBody({ req }: Pick<Exchange, "req">): void {
  delete req.headers["content-type"];
}
