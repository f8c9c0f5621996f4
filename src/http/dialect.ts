import type { Request, RequestHandler, Response } from "express";
import type { Reply } from "./handler.ts";
import type { Match } from "./routes.ts";

/** One entry of a document, with the function that answers it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** The path as the document has it. */
  readonly route: string;
  readonly schema: {
    readonly security: readonly Record<string, readonly string[]>[];
    readonly requestBody?: { readonly required?: boolean };
    readonly externalDocs?: { readonly url: string };
  };
  readonly answer: (input: unknown, context: unknown) => Reply | Promise<Reply>;
}

/** One request on its way to its answer. */
export interface Exchange<Context = unknown> {
  readonly req: Request;
  readonly res: Response;
  /** Who answers. */
  readonly dialect: string;
  /** The mounted prefix, without a slash at its end; empty at the root. */
  readonly prefix: string;
  readonly match: Match<Operation> | undefined;
  /** What the dialect knows about the request; it makes this before anything can fail. */
  context: Context;
}

/** How one vendor speaks: a document, the functions that answer it, and the vendor's manners. */
export interface Dialect<Context = unknown> {
  readonly name: string;
  readonly document: unknown;
  readonly handlers: Readonly<Record<string, unknown>>;
  /** For each security scheme of the document: may the request's caller do this? */
  readonly security: Readonly<
    Record<string, (exchange: Exchange<Context>, scopes: readonly string[]) => boolean>
  >;
  /** Parsers by media type. */
  readonly bodies: Readonly<Record<string, RequestHandler>>;
  /** The media type to read a body as; undefined when there is none that fits. */
  bodyType(contentType: string | undefined): string | undefined;
  /** Makes the context. Never throws. */
  begin(exchange: Omit<Exchange, "context">): Context;
  /** An answer that needs neither a route nor a caller; undefined for every other request. */
  preflight?(exchange: Exchange<Context>): Reply | undefined;
  /** Finds out who is calling, and refuses by throwing what no operation would hear of. */
  admit(exchange: Exchange<Context>): Promise<void>;
  send(exchange: Exchange<Context>, reply: Reply): void | Promise<void>;
  /** Renders any error as the vendor would. */
  refuse(exchange: Exchange<Context>, error: unknown): void | Promise<void>;
}

/** No operation of the document has this method and path. */
export class NoSuchRoute extends Error {
  override name = "NoSuchRoute";
}

/** The body can't be read as any media type that the operation takes. */
export class UnreadableType extends Error {
  override name = "UnreadableType";
}
