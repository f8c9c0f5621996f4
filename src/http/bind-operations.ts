import type { Dialect, Operation } from "./dialect.ts";
import { Routes } from "./path-router.ts";

/** The entries of a document, each with the function that answers it. */
interface Bound {
  readonly routes: Routes<Operation>;
  readonly operations: readonly Operation[];
}

type RequestBody = Operation["schema"]["requestBody"];
interface Reference {
  $ref?: string;
}
interface Parameter extends Reference {
  name: string;
  in: string;
  schema: { pattern?: string };
}
type Entry = Omit<Operation["schema"], "parameters"> & {
  operationId: string;
  requestBody?: RequestBody & Reference;
  parameters?: readonly Parameter[];
};

/** The last word of a reference, under which its component stands. */
const named = ({ $ref }: Reference): string => $ref?.split("/").at(-1) ?? "";

interface Components {
  requestBodies?: Record<string, NonNullable<RequestBody>>;
  parameters?: Record<string, Parameter>;
  securitySchemes?: Record<string, unknown>;
}

interface Document {
  paths: Record<string, Record<string, Entry>>;
  components?: Components;
}

/** What was bound to a document by now, for servers of one process to share. */
const known = new WeakMap<object, { bound: Bound; handlers: object; security: string }>();

/**
 * Binds a document to its handlers. Throws when an operation has none, when one has no operation,
 * and when an operation would be open to all callers because its document says nothing about it.
 */
export function bindOperations<Context>(dialect: Dialect<Context>): Bound {
  const { document, handlers } = dialect;
  const security = Object.keys(dialect.security).join();
  const last = known.get(document as object);
  if (last?.handlers === handlers && last.security === security) return last.bound;
  const bound = bindAnew(dialect);
  known.set(document as object, { bound, handlers, security });
  return bound;
}

function bindAnew<Context>(dialect: Dialect<Context>): Bound {
  const routes = new Routes<Operation>();
  const operations: Operation[] = [];
  const { paths, components = {} } = dialect.document as Document;
  const { securitySchemes } = components;
  // Without this member, even an empty one, the validator checks no caller.
  if (securitySchemes === undefined) throw new Error(`${dialect.name} has no securitySchemes.`);
  for (const [route, entries] of Object.entries(paths)) {
    for (const [method, entry] of Object.entries(entries)) {
      const shared = components.requestBodies?.[named(entry.requestBody ?? {})];
      const requestBody = shared ?? entry.requestBody;
      const parameters = (entry.parameters ?? []).map(
        (each) => components.parameters?.[named(each)] ?? each,
      );
      const body = requestBody === undefined ? {} : { requestBody };
      const schema = { ...entry, parameters, ...body };
      const operation = {
        ...operationOf(dialect, method.toUpperCase(), route, schema),
        components: components as Operation["components"],
      };
      checkSecurity(dialect, securitySchemes, operation);
      operations.push(operation);
      routes.add(operation.method, route, operation);
    }
  }
  const known = new Set(operations.map(({ id }) => id));
  const spare = Object.keys(dialect.handlers).filter((id) => !known.has(id));
  if (spare.length > 0) throw new Error(`${dialect.name} has no operation ${spare.join(", ")}.`);
  return { routes, operations };
}

function operationOf<Context>(
  dialect: Dialect<Context>,
  method: string,
  route: string,
  schema: Operation["schema"] & Entry,
): Omit<Operation, "components"> {
  const where = `${dialect.name}: ${method} ${route}`;
  const answer = dialect.handlers[schema.operationId];
  if (typeof answer !== "function") throw new Error(`${where} has no handler.`);
  return {
    id: schema.operationId,
    method,
    route,
    schema,
    requirements: requirementsOf(schema),
    answer: answer as Operation["answer"],
  };
}

/** Patterns of the path's parameters, compiled as the validator would. */
const requirementsOf = ({ parameters = [] }: Entry): [name: string, pattern: RegExp][] =>
  parameters.flatMap(({ name, in: where, schema: { pattern } }) =>
    where === "path" && pattern !== undefined ? [[name, new RegExp(pattern, "u")]] : [],
  );

/** An operation without `security` is open to all callers, and so is one with an empty list. */
function checkSecurity<Context>(
  dialect: Dialect<Context>,
  schemes: Record<string, unknown>,
  { method, route, schema }: Operation,
): void {
  const where = `${dialect.name}: ${method} ${route}`;
  const { security } = schema;
  if (!Array.isArray(security) || security.length === 0) {
    throw new Error(`${where} does not state its security.`);
  }
  for (const scheme of security.flatMap(Object.keys)) {
    if (!Object.hasOwn(schemes, scheme)) throw new Error(`${where}: there is no scheme ${scheme}.`);
    if (!Object.hasOwn(dialect.security, scheme)) {
      throw new Error(`${where}: no handler checks ${scheme}.`);
    }
  }
}
