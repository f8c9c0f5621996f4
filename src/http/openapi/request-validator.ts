import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Dialect, Exchange, Operation, Route } from "../dialect.ts";
import { memoizeWeak } from "../memoize-weak.ts";

/** A request as the validator looks at it. */
interface ValidatorRequest extends Request {
  openapi?: unknown;
}

/** Security handlers of the dialect that answers; several may share a document. */
type Judges = Readonly<Record<string, (exchange: never, scopes: readonly string[]) => boolean>>;

/** The checks of express-openapi-validator for one document. */
export interface Validator {
  /** Compiles the checks of an operation, as its first request would. */
  readonly warm: (operation: Operation) => Promise<void>;
  /**
   * Undefined when the document allows the caller this, by the dialect's own security handlers;
   * else rejects with the validator's error.
   */
  readonly authorize: (exchange: Exchange, judges: Judges) => Promise<void> | undefined;
  /**
   * Resolves when parameters and body are as the document says, else rejects with the validator's
   * error. `path` has the parameters of the path, which become what the document makes of them.
   */
  readonly validate: (exchange: Exchange, path: Record<string, string>) => Promise<void>;
}

interface PreparedRoute {
  method: string;
  openApiRoute: string;
}

/** The document as the validator has prepared it. */
interface Prepared {
  paths: Record<string, Record<string, Secured>>;
}
interface Secured {
  readonly security: readonly object[];
}

/**
 * Sets express-openapi-validator up for a document. Its own lookup compiles a pattern for every
 * path on every request, so its options ignore all paths (`ignorePaths`) and finds
 * `req.openapi` already set from our routes; its security and request checks are its own.
 * tests/http/differential.test.ts holds the two lookups together.
 */
export function validator<Context>(dialect: Dialect<Context>): Promise<Validator> {
  const known = validators.get(dialect.document as object);
  if (known !== undefined && known.validation === dialect.validation) return known.made;
  const made = validatorOf(dialect);
  validators.set(dialect.document as object, { made, validation: dialect.validation });
  return made;
}

/** Servers of one process share what was compiled of a document; who may what, they do not. */
const validators = new WeakMap<object, Made>();
interface Made {
  made: Promise<Validator>;
  validation: Dialect["validation"];
}

async function validatorOf<Context>(dialect: Dialect<Context>): Promise<Validator> {
  const schemas = new Map<string, object>();
  const resolver = (_: string, { method, openApiRoute }: PreparedRoute, { paths }: Prepared) => {
    const schema = paths[openApiRoute]?.[method.toLowerCase()];
    if (schema !== undefined) schemas.set(`${method} ${openApiRoute}`, askedOnce(schema));
    return pass;
  };
  const { middleware } = await import("./validator-module.ts");
  const chain = middleware({
    apiSpec: structuredClone(dialect.document) as never,
    validateApiSpec: false,
    validateRequests: {
      allowUnknownQueryParameters: true,
      allErrors: dialect.validation?.allErrors ?? false,
    },
    formats: (dialect.validation?.formats ?? {}) as never,
    validateSecurity: { handlers: securityHandlers(dialect) },
    fileUploader: false,
    ignorePaths: () => true,
    operationHandlers: { basePath: "", resolver: resolver as never },
  });
  await install(stepOf(chain, "operationHandlersMiddleware"));
  const schemaOf = memoizeWeak(
    ({ method, route }: Operation) => schemas.get(`${method} ${route}`) as object,
  );
  const judge = runner(stepOf(chain, "requestMiddleware"));
  const refuse = runner(stepOf(chain, "securityMiddleware"));
  /** Tells the validator what it would otherwise look up. */
  const describe = (req: ValidatorRequest, operation: Operation, path: Record<string, string>) => {
    const { route } = operation;
    const schema = schemaOf(operation);
    const found = { expressRoute: route, openApiRoute: route, pathParams: path, schema };
    req.openapi = { ...found, serial: 0 };
  };
  return {
    warm: (operation) => {
      const exchange = rehearsal(operation);
      describe(exchange.req, operation, {});
      return judge(exchange).catch(() => undefined);
    },
    authorize(exchange, judges) {
      const { target } = exchange.match as Route;
      if (isAuthorized(exchange, target, judges)) return undefined;
      describe(exchange.req, target, {});
      return refuse(exchange);
    },
    validate(exchange, path) {
      describe(exchange.req, (exchange.match as Route).target, path);
      return judge(exchange);
    },
  };
}

/** A made-up request for an operation; whether it passes does not matter. */
function rehearsal({ method, route, schema }: Operation): Exchange {
  const url = { url: route, originalUrl: route, path: route };
  const headers = schema.requestBody === undefined ? {} : JSON_BODY;
  return { req: { method, headers, query: {}, params: {}, ...url } } as unknown as Exchange;
}

const JSON_BODY = { "content-type": "application/json" };

const pass: RequestHandler = (_req, _res, next) => next();

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

/**
 * The validator asks about every alternative of an operation, at several promises each, and makes
 * an error of each that says no. So it is shown one, whose schemes say what all alternatives
 * together say, and asked only for its refusal: its schemes are of the kind `oauth2`, for which it
 * looks at nothing by itself.
 */
const askedOnce = (schema: Secured) => ({ ...schema, security: schema.security.slice(0, 1) });

const securityHandlers = <Context>(dialect: Dialect<Context>) =>
  Object.fromEntries(Object.keys(dialect.security).map((scheme) => [scheme, () => false]));

/** Whether the security handlers allow a request. One that throws refuses it. */
function isAuthorized(exchange: Exchange, { schema }: Operation, judges: Judges): boolean {
  try {
    return schema.security.some((schemes) => {
      for (const scheme in schemes) {
        if (judges[scheme]?.(exchange as never, schemes[scheme] ?? []) !== true) return false;
      }
      return true;
    });
  } catch {
    return false;
  }
}

function runner(step: RequestHandler) {
  return ({ req, res }: Exchange): Promise<void> =>
    new Promise((resolve, reject) => {
      const next: NextFunction = (error?: unknown) =>
        error === undefined ? resolve() : reject(error as Error);
      step(req, res, next);
    });
}
