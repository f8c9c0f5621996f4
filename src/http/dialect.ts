import type { IncomingHttpHeaders } from "node:http";
import type { Request, Response } from "express";
import type { Reply } from "./handler.ts";
import type { Match } from "./path-router.ts";

/** One entry of a document, with the function that answers it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** The path as the document has it. */
  readonly route: string;
  readonly schema: {
    readonly security: readonly Record<string, readonly string[]>[];
    readonly requestBody?: { readonly required?: boolean };
    readonly parameters: readonly { readonly in: string }[];
    readonly externalDocs?: { readonly url: string };
  };
  /** What the references of `schema` lead to: the document's components, by kind and name. */
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  /** What the path's parameters must look like. */
  readonly requirements: readonly [name: string, pattern: RegExp][];
  readonly answer: (input: unknown, context: unknown) => Reply | Promise<Reply>;
}

/**
 * What was made of an address, for its next request: it depends on the method and the target alone,
 * so that it can't come out otherwise.
 */
export interface AddressMemory {
  /** Its parameters as the validator left them, numbers for one; there once they were found good. */
  accepted?: AcceptedParameters;
  /** Everything that it gives by name, for a dialect that gathers that. */
  parameters?: Readonly<Record<string, unknown>>;
  /** How the access log shows it and the method, as members of JSON. */
  readonly logged: string;
}

export interface AcceptedParameters {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: object;
}

/** The operation that an address names. */
export interface Route extends Match<Operation> {
  /** The same for all requests to the address; undefined where the address is not remembered. */
  readonly memory?: AddressMemory | undefined;
}

/** What is known of a request before it is known who answers it. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  /** With the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** One request on its way to its answer. */
export interface Exchange<Context = unknown> {
  readonly req: Request;
  readonly res: Response;
  /** Who answers. */
  readonly dialect: string;
  /** The mounted prefix, without a slash at its end; empty at the root. */
  readonly prefix: string;
  /** What follows the prefix, without the query. */
  readonly path: string;
  readonly match: Route | undefined;
  /** What the dialect knows about the request; it makes this before anything can fail. */
  context: Context;
}

/** Something that goes wrong at the vendor's, and the error that is rendered as the vendor would. */
export interface Fault<Context = unknown> {
  /** Before it is known who is calling. */
  readonly early?: boolean;
  /** `seconds` is for how long callers are asked to wait, where they are asked to. */
  error(exchange: Exchange<Context>, seconds: number, override: ErrorOverride): Error;
}

/** Which status an error is to have, and the message where it is not the vendor's usual one. */
export interface ErrorOverride {
  readonly status?: number | undefined;
  readonly message?: string | undefined;
}

/** How one vendor speaks: a document, the functions that answer it, and the vendor's conventions. */
export interface Dialect<Context = unknown> {
  readonly name: string;
  readonly document: unknown;
  readonly handlers: Readonly<Record<string, unknown>>;
  /** For each security scheme of the document: may the request's caller do this? */
  readonly security: Readonly<
    Record<string, (exchange: Exchange<Context>, scopes: readonly string[]) => boolean>
  >;
  /** What the validator has to know beside the document. */
  readonly validation?: {
    /** Formats of the vendor's own, and what fits them. */
    readonly formats: Readonly<Record<string, (value: string) => boolean>>;
    /** Whether an error names every fault of a request, and not only the first. */
    readonly allErrors: boolean;
  };
  /** Operations to be set up before the first caller wants them; the others wait for theirs. */
  readonly preloadedOperations: readonly string[];
  /**
   * Whether a path with a parameter that does not fit its pattern leads nowhere; else it leads to
   * an operation that finds nothing.
   */
  readonly strictPathPatterns?: boolean;
  /** The path to look up, where the vendor takes some spellings for others. */
  pathOf?(path: string): string;
  /**
   * How surely a request is meant for this dialect: 3 by a credential that only it takes, 2 by
   * another sign of the vendor's clients, 1 by its path, 0 not at all.
   */
  affinity?(head: RequestHead): 0 | 1 | 2 | 3;
  /** Makes the context. Never throws. */
  createContext(exchange: Omit<Exchange, "context">): Context;
  /** An answer that needs neither a route nor a caller; undefined for every other request. */
  preflight?(exchange: Exchange<Context>): Reply | undefined;
  /** Finds out who is calling, and refuses by throwing what no operation would hear of. */
  authenticate(exchange: Exchange<Context>): void | Promise<void>;
  /** Refuses a caller for whom the operation would not even read what it is given. */
  checkCaller?(exchange: Exchange<Context>, operation: Operation): void;
  /** Reads what the operation is given, and leaves it where the validator looks. */
  parseRequest(exchange: Exchange<Context>, operation: Operation): void | Promise<void>;
  /** Refuses what a document can't say; everything that it can say holds by now. */
  afterValidation?(exchange: Exchange<Context>, operation: Operation): void;
  sendResponse(exchange: Exchange<Context>, reply: Reply): void | Promise<void>;
  /** What may be made to go wrong by those who test how their programs take it. */
  readonly faults?: Readonly<Record<string, Fault<Context>>>;
  /** Renders any error as the vendor would. */
  renderError(exchange: Exchange<Context>, error: unknown): void | Promise<void>;
}

/** No operation of the document has this method and path. */
export class RouteNotFoundError extends Error {
  override name = "NoSuchRoute";
  /** The methods that the path has, if it has any. */
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[] = []) {
    super("No operation has this method and path.");
    this.allowed = allowed;
  }
}
