import type { NextFunction, Request, RequestHandler, Response } from "express";
import * as OpenApiValidator from "express-openapi-validator";
import type { Dialect, Exchange, Operation } from "./dialect.ts";
import { Routes } from "./routes.ts";

/** A request that carries its exchange, for the security handlers. */
export interface Carrier extends Request {
  exchange?: Exchange;
  openapi?: unknown;
}

export interface Validator {
  readonly routes: Routes<Operation>;
  readonly operations: readonly Operation[];
  /** Resolves when the document allows the caller to ask this; rejects with the validator's error. */
  readonly authorize: (exchange: Exchange) => Promise<void>;
  /** Resolves when parameters and body are as the document says. */
  readonly validate: (exchange: Exchange) => Promise<void>;
}

interface Route {
  method: string;
  openApiRoute: string;
}

/** The document as the validator has prepared it. */
interface Prepared {
  paths: Record<string, Record<string, Operation["schema"] & { operationId: string }>>;
}

/**
 * Binds a document to its handlers through express-openapi-validator. The validator's own lookup
 * compiles a pattern for every path on every request, so it is told to ignore all paths
 * (`ignorePaths`) and finds `req.openapi` already set from our own routes; its security and
 * request checks are its own. tests/http/differential.test.ts holds the two lookups together.
 */
export async function bind<Context>(dialect: Dialect<Context>): Promise<Validator> {
  const routes = new Routes<Operation>();
  const operations: Operation[] = [];
  const resolver = (_basePath: string, route: Route, document: Prepared): RequestHandler => {
    const operation = operationOf(dialect, route, document);
    operations.push(operation);
    routes.add(operation.method, operation.route, operation);
    return (_req, _res, next) => next();
  };
  const chain = OpenApiValidator.middleware({
    apiSpec: structuredClone(dialect.document) as never,
    validateApiSpec: false,
    validateRequests: { allowUnknownQueryParameters: true },
    validateSecurity: { handlers: securityHandlers(dialect) },
    fileUploader: false,
    ignorePaths: () => true,
    operationHandlers: { basePath: "", resolver: resolver as never },
  });
  await install(stepOf(chain, "operationHandlersMiddleware"));
  checkHandlers(dialect, operations);
  return {
    routes,
    operations,
    authorize: runner(stepOf(chain, "securityMiddleware")),
    validate: runner(stepOf(chain, "requestMiddleware")),
  };
}

/** The validator names its steps; picking them by name fails at start if a release renames one. */
function stepOf(chain: readonly RequestHandler[], name: string): RequestHandler {
  const step = chain.find((each) => each.name === name);
  if (step === undefined) throw new Error(`express-openapi-validator has no step ${name}.`);
  return step;
}

/** The validator resolves its handlers on the first request that passes; this is that request. */
function install(step: RequestHandler): Promise<void> {
  const request = { baseUrl: "", url: "/", method: "TRACE", originalUrl: "/" };
  return new Promise((resolve, reject) => {
    step(request as Request, {} as Response, (error?: unknown) =>
      error === undefined ? resolve() : reject(error as Error),
    );
  });
}

function operationOf<Context>(
  dialect: Dialect<Context>,
  route: Route,
  document: Prepared,
): Operation {
  const { method, openApiRoute } = route;
  const where = `${dialect.name}: ${method} ${openApiRoute}`;
  const schema = document.paths[openApiRoute]?.[method.toLowerCase()];
  if (schema === undefined) throw new Error(`${where} is not in the document.`);
  const answer = dialect.handlers[schema.operationId];
  if (typeof answer !== "function") throw new Error(`${where} has no handler.`);
  // Without a statement of its own an operation would be open to everybody.
  if (!Array.isArray(schema.security)) throw new Error(`${where} does not state its security.`);
  for (const scheme of schema.security.flatMap(Object.keys)) {
    if (!(scheme in dialect.security)) throw new Error(`${where}: nobody judges ${scheme}.`);
  }
  return {
    id: schema.operationId,
    method: method.toUpperCase(),
    route: openApiRoute,
    schema,
    answer: answer as Operation["answer"],
  };
}

function checkHandlers(
  dialect: Pick<Dialect, "name" | "handlers">,
  operations: readonly Operation[],
): void {
  const known = new Set(operations.map(({ id }) => id));
  const spare = Object.keys(dialect.handlers).filter((id) => !known.has(id));
  if (spare.length > 0) throw new Error(`${dialect.name} has no operation ${spare.join(", ")}.`);
}

/** All alternatives of an operation are asked, even after one said yes: so they only look. */
function securityHandlers<Context>(dialect: Dialect<Context>) {
  const judges = Object.entries(dialect.security).map(([scheme, judge]) => [
    scheme,
    (req: Request, scopes: string[]) => {
      const { exchange } = req as Carrier;
      return exchange !== undefined && judge(exchange as Exchange<Context>, scopes);
    },
  ]);
  return Object.fromEntries(judges);
}

function runner(step: RequestHandler) {
  return ({ req, res }: Exchange): Promise<void> =>
    new Promise((resolve, reject) => {
      const next: NextFunction = (error?: unknown) =>
        error === undefined ? resolve() : reject(error as Error);
      step(req, res, next);
    });
}
