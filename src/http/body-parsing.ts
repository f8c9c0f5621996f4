import type { RequestHandler } from "express";
import type { Exchange } from "./dialect.ts";

/** The body can't be read as any media type that is taken here. */
export class UnreadableType extends Error {
  override name = "UnreadableType";
}

/** Whether the request has a body at all (RFC 9112, section 6). */
export const hasBody = ({ req: { headers } }: Pick<Exchange, "req">): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Reads the body as this media type; rejects with what the parser finds wrong. */
export function parseBody({ req, res }: Exchange, type: string, parser: RequestHandler) {
  // The validator compiles its checks anew for each spelling of Content-Type and keeps them for
  // ever, so it is shown one spelling per media type.
  req.headers["content-type"] = type;
  return new Promise<void>((resolve, reject) => {
    parser(req, res, (error?: unknown) => {
      if (error !== undefined) reject(named(error));
      else if (isDeeperThan(DEEPEST, req.body)) reject(tooDeep());
      else resolve();
    });
  });
}

/** Ruby's parser, which both vendors have, refuses JSON that goes deeper (`max_nesting`). */
const DEEPEST = 100;
const tooDeep = () => Object.assign(new Error("too deep"), { type: "entity.parse.failed" });

function isDeeperThan(most: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null || Buffer.isBuffer(value)) return false;
  return most === 0 || Object.values(value).some((each) => isDeeperThan(most - 1, each));
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
