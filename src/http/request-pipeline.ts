import { setTimeout as pause } from "node:timers/promises";
import { bindOperations } from "./bind-operations.ts";
import { hasBody } from "./body-parsing.ts";
import {
  type AcceptedParameters,
  type Dialect,
  type ErrorOverride,
  type Exchange,
  type Operation,
  type RequestHead,
  type Route,
  RouteNotFoundError,
} from "./dialect.ts";
import { type Validator, validator as validatorOf } from "./openapi/request-validator.ts";
import type { Match } from "./path-router.ts";
import { requireBoundedQuery } from "./request-bounds.ts";
import { requireUtf8Query } from "./utf8.ts";

/** Milliseconds that a warming server leaves to its first callers each time. */
const WARM_UP_PAUSE_MS = 15;

/** A dialect that is ready to answer. */
export interface DialectServer {
  readonly name: string;
  readonly operations: readonly Operation[];
  /** The names of what can be made to go wrong. */
  readonly faults: ReadonlySet<string>;
  /** The operation that a method and a path name. */
  match(method: string, path: string): Match<Operation> | undefined;
  /** Like `match`, for a path spelled exactly as in the document. */
  matchExact(method: string, path: string): Match<Operation> | undefined;
  /** Sets up what the first callers would otherwise wait for. */
  warmUp(): Promise<void>;
  /** How surely a request is meant for this dialect, by what else there is than its path. */
  affinity(head: RequestHead): number;
  answer(exchange: Exchange): Promise<void>;
  /**
   * Answers as if something had gone wrong, once it is known who is calling: a fault of the
   * dialect's, by its name. Callers who would be refused anyway are refused for that.
   */
  answerWithFault(
    exchange: Exchange,
    fault: string,
    seconds: number,
    override?: ErrorOverride,
  ): Promise<void>;
}

/** Binds a dialect to its document. Throws when the two do not fit each other. */
export function createDialectServer<Context>(dialect: Dialect<Context>): DialectServer {
  const { routes, operations } = bindOperations(dialect);
  // Setting it up takes longer than all the rest of a start, so it waits for the first request.
  let loading: Promise<Validator> | undefined;
  let loaded: Validator | undefined;

  async function loadValidator(): Promise<Validator> {
    loading ??= validatorOf(dialect);
    loaded = await loading;
    return loaded;
  }

  // Steps that need no waiting are not awaited: each turn that they would wait costs as much as they do.
  async function reply(exchange: Exchange<Context>): Promise<void> {
    const { req, match } = exchange;
    const early = dialect.preflight?.(exchange);
    if (early !== undefined) return dialect.sendResponse(exchange, early);
    const accepted = hasBody(exchange) ? undefined : match?.memory?.accepted;
    if (accepted === undefined) {
      requireBoundedQuery(req.url);
      requireUtf8Query(req.url);
    }
    const authenticated = dialect.authenticate(exchange);
    if (authenticated !== undefined) await authenticated;
    if (match === undefined) {
      throw new RouteNotFoundError(
        METHODS.filter((method) => findMatch(method, exchange.path) !== undefined),
      );
    }
    const { target: operation } = match;
    const validator = loaded ?? (await loadValidator());
    const authorized = validator.authorize(exchange, dialect.security);
    if (authorized !== undefined) await authorized;
    dialect.checkCaller?.(exchange, operation);
    const input = accepted ?? (await readInput(exchange, match, validator));
    const sent = dialect.sendResponse(exchange, await operation.answer(input, exchange.context));
    if (sent !== undefined) await sent;
  }

  /** What the operation is given, once it has been found good. */
  async function readInput(
    exchange: Exchange<Context>,
    { target: operation, path: spelled, memory }: Route,
    { validate }: Validator,
  ): Promise<OperationInput> {
    const { req } = exchange;
    const parsed = dialect.parseRequest(exchange, operation);
    if (parsed !== undefined) await parsed;
    // The validator makes numbers and truth values of what stands for them.
    const path = { ...spelled };
    await validate(exchange, path);
    dialect.afterValidation?.(exchange, operation);
    const { query } = req;
    if (memory !== undefined && isByAddress(operation) && !hasBody(exchange)) {
      memory.accepted = { path: Object.freeze(path), query: Object.freeze(query) };
    }
    return { path, query, body: req.body as unknown };
  }

  const findMatch: DialectServer["match"] = (method, path) =>
    matchExact(method, dialect.pathOf?.(path) ?? path);

  function matchExact(method: string, path: string): Match<Operation> | undefined {
    const match = routes.find(method === "HEAD" ? "GET" : method, path);
    return match !== undefined && (!dialect.strictPathPatterns || matchesPathPatterns(match))
      ? match
      : undefined;
  }

  return {
    name: dialect.name,
    operations,
    faults: new Set(Object.keys(dialect.faults ?? {})),
    match: findMatch,
    matchExact,
    async warmUp() {
      await pause(WARM_UP_PAUSE_MS);
      const { warm } = await loadValidator();
      for (const operation of operations) {
        if (!dialect.preloadedOperations.includes(operation.id)) continue;
        // Requests that are already here come first.
        await pause(WARM_UP_PAUSE_MS);
        await warm(operation);
      }
    },
    affinity: (head) => dialect.affinity?.(head) ?? 0,
    answer(incoming) {
      const exchange = Object.assign(incoming, { context: dialect.createContext(incoming) });
      return reply(exchange).catch((error: unknown) => dialect.renderError(exchange, error));
    },
    async answerWithFault(incoming, fault, seconds, override = {}) {
      const exchange = Object.assign(incoming, { context: dialect.createContext(incoming) });
      const wrong = dialect.faults?.[fault];
      try {
        if (wrong?.early !== true) await dialect.authenticate(exchange);
        // No error, and without a body in every dialect.
        if (override.status === 304) return await dialect.sendResponse(exchange, { status: 304 });
        throw (
          wrong?.error(exchange, seconds, override) ?? new Error(`${dialect.name} has no ${fault}.`)
        );
      } catch (error) {
        await dialect.renderError(exchange, error);
      }
    },
  };
}

/** A server of a dialect that answers these operations alone. */
export function restrictToOperations(server: DialectServer, ids: readonly string[]): DialectServer {
  const among = (match: Match<Operation> | undefined) =>
    match !== undefined && ids.includes(match.target.id) ? match : undefined;
  const match: DialectServer["match"] = (method, path) => among(server.match(method, path));
  const matchExact: DialectServer["matchExact"] = (method, path) =>
    among(server.matchExact(method, path));
  const affinity: DialectServer["affinity"] = (head) =>
    match(head.method, head.path) === undefined ? -1 : server.affinity(head);
  return { ...server, match, matchExact, affinity };
}

/** What an operation is called with. */
interface OperationInput extends AcceptedParameters {
  readonly body?: unknown;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Whether a path is what the document means: not a name, say, where only numbers go. */
export const matchesPathPatterns = ({ target, path }: Match<Operation>): boolean =>
  target.requirements.every(([name, pattern]) => pattern.test(path[name] ?? ""));

/** Whether nothing but the path and the query is declared. */
const isByAddress = ({ schema: { parameters, requestBody } }: Operation): boolean =>
  requestBody === undefined &&
  parameters.every(({ in: place }) => place === "path" || place === "query");
