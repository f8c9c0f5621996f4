import { bind } from "./binding.ts";
import {
  type Dialect,
  type Exchange,
  NoSuchRoute,
  type Operation,
  UnreadableType,
} from "./dialect.ts";
import type { Match } from "./routes.ts";
import { type Carrier, type Validator, validator } from "./validation.ts";

/** A dialect that is ready to answer. */
export interface Speaker {
  readonly name: string;
  readonly operations: readonly Operation[];
  /** The operation that a method and a path name. */
  find(method: string, path: string): Match<Operation> | undefined;
  answer(exchange: Exchange): Promise<void>;
}

/** Binds a dialect to its document. Throws when the two do not fit each other. */
export function speak<Context>(dialect: Dialect<Context>): Speaker {
  const { routes, operations } = bind(dialect);
  // Setting it up takes longer than all the rest of a start, so it waits for the first request.
  let judging: Promise<Validator> | undefined;

  async function reply(exchange: Exchange<Context>): Promise<void> {
    const { req, match } = exchange;
    const early = dialect.preflight?.(exchange);
    if (early !== undefined) return dialect.send(exchange, early);
    await dialect.admit(exchange);
    if (match === undefined) throw new NoSuchRoute();
    const { target: operation, path } = match;
    judging ??= validator(dialect);
    const { schemaOf, authorize, validate } = await judging;
    describe(exchange, operation, schemaOf(operation), path);
    await authorize(exchange);
    await readBody(dialect, exchange, operation);
    await validate(exchange);
    const input = { path, query: req.query, body: req.body as unknown };
    await dialect.send(exchange, await operation.answer(input, exchange.context));
  }

  return {
    name: dialect.name,
    operations,
    find: (method, path) => routes.find(method === "HEAD" ? "GET" : method, path),
    answer(incoming) {
      const exchange = Object.assign(incoming, { context: dialect.begin(incoming) });
      return reply(exchange).catch((error: unknown) => dialect.refuse(exchange, error));
    },
  };
}

/** Tells the validator what it would otherwise look up. */
function describe(
  exchange: Exchange,
  operation: Operation,
  schema: object,
  path: Record<string, string>,
): void {
  const req = exchange.req as Carrier;
  req.exchange = exchange;
  req.openapi = {
    expressRoute: operation.route,
    openApiRoute: operation.route,
    pathParams: path,
    schema,
    serial: 0,
  };
}

/**
 * Reads the body of an operation that takes one. The validator compiles its checks anew for each
 * spelling of Content-Type and keeps them for ever, so it is shown one spelling per media type,
 * and none where there is no body.
 */
async function readBody(
  dialect: Pick<Dialect, "bodyType" | "bodies">,
  exchange: Exchange,
  operation: Operation,
): Promise<void> {
  const { req, res } = exchange;
  const { requestBody } = operation.schema;
  if (!requestBody) {
    delete req.headers["content-type"];
    return;
  }
  const type = dialect.bodyType(req.headers["content-type"]);
  const parser = type === undefined ? undefined : dialect.bodies[type];
  if (type === undefined || parser === undefined) throw new UnreadableType();
  req.headers["content-type"] = type;
  await new Promise<void>((resolve, reject) => {
    parser(req, res, (error?: unknown) =>
      error === undefined ? resolve() : reject(error as Error),
    );
  });
  if (requestBody.required === true && req.body === undefined) req.body = {};
}
