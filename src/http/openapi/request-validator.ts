import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Dialect, Exchange, Operation } from "../dialect.ts";
import { memoizeWeak } from "../memoize-weak.ts";
import { withValidationCache } from "./validation-cache.ts";

/** A request that carries its exchange, for the security handlers. */
export interface ValidatorRequest extends Request {
  exchange?: Exchange;
  /** Of the dialect that answers; several may share a document. */
  judges?: Judges;
  /** What they said. */
  letIn?: boolean;
  openapi?: unknown;
}

type Judges = Readonly<Record<string, (exchange: never, scopes: readonly string[]) => boolean>>;

/** The judgement of express-openapi-validator over one document. */
export interface Validator {
  /** The operation as the validator has prepared it. */
  readonly schemaOf: (operation: Operation) => object;
  /** Compiles the checks of an operation, as its first request would. */
  readonly warm: (operation: Operation) => Promise<void>;
  /** Undefined when the document allows the caller to ask this; else rejects with the validator's error. */
  readonly authorize: (exchange: Exchange) => Promise<void> | undefined;
  /** Undefined when parameters and body are known to be as the document says; else resolves or rejects. */
  readonly validate: (exchange: Exchange) => Promise<void> | undefined;
}

interface Route {
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
 * path on every request, so it is told to ignore all paths (`ignorePaths`) and finds
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
  const resolver = (_: string, { method, openApiRoute }: Route, { paths }: Prepared) => {
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
  const validate = runner(stepOf(chain, "requestMiddleware"));
  return {
    schemaOf,
    warm: (operation) => validate(rehearsal(operation, schemaOf(operation))).catch(() => undefined),
    authorize: authorizer(runner(stepOf(chain, "securityMiddleware"))),
    validate: withValidationCache(validate),
  };
}

/** A made-up request for an operation; whether it passes does not matter. */
function rehearsal({ method, route }: Operation, schema: object): Exchange {
  const openapi = { expressRoute: route, openApiRoute: route, pathParams: {}, schema, serial: 0 };
  const url = { url: route, originalUrl: route, path: route };
  const headers = "requestBody" in schema && schema.requestBody ? JSON_BODY : {};
  return {
    req: { method, headers, query: {}, params: {}, openapi, ...url },
  } as unknown as Exchange;
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
 * The validator asks about every alternative of an operation, even after one said yes, at several
 * promises each, and makes an error of each that says no. So it is shown one, whose schemes say
 * what all alternatives together say.
 */
const askedOnce = (schema: Secured) => ({ ...schema, security: schema.security.slice(0, 1) });

function securityHandlers<Context>(dialect: Dialect<Context>) {
  return Object.fromEntries(Object.keys(dialect.security).map((scheme) => [scheme, isAuthorized]));
}

/**
 * Asks the dialect's own judges before the validator does, which asks no one else: its schemes are
 * of the kind `oauth2`, for which it looks at nothing by itself. Its yes takes five promises, so
 * only a no, for which it has the error, goes through it.
 */
const authorizer =
  (refuse: (exchange: Exchange) => Promise<void>) =>
  (exchange: Exchange): Promise<void> | undefined =>
    passes(exchange.req) ? undefined : refuse(exchange);

/** Whether the judges let a request in. One that throws has said no, and is not asked again. */
function passes(req: ValidatorRequest): boolean {
  try {
    return isAuthorized(req);
  } catch {
    return false;
  }
}

function isAuthorized(req: Request): boolean {
  const carrier = req as ValidatorRequest;
  if (carrier.letIn === undefined) {
    // If a security handler throws, the request stays unauthorized; the result is not computed again.
    carrier.letIn = false;
    carrier.letIn = hasAlternative(carrier);
  }
  return carrier.letIn;
}

function hasAlternative({ exchange, judges }: ValidatorRequest): boolean {
  const alternatives = exchange?.match?.target.schema.security ?? [];
  return alternatives.some((schemes) => {
    for (const scheme in schemes) {
      if (judges?.[scheme]?.(exchange as never, schemes[scheme] ?? []) !== true) return false;
    }
    return true;
  });
}

function runner(step: RequestHandler) {
  return ({ req, res }: Exchange): Promise<void> =>
    new Promise((resolve, reject) => {
      const next: NextFunction = (error?: unknown) =>
        error === undefined ? resolve() : reject(error as Error);
      step(req, res, next);
    });
}
