import type { Dialect, Operation } from "./dialect.ts";
import { Routes } from "./routes.ts";

/** The entries of a document, each with the function that answers it. */
export interface Bound {
  readonly routes: Routes<Operation>;
  readonly operations: readonly Operation[];
}

type RequestBody = Operation["schema"]["requestBody"];
type Entry = Operation["schema"] & {
  operationId: string;
  requestBody?: RequestBody & { $ref?: string };
};

interface Document {
  paths: Record<string, Record<string, Entry>>;
  components: { requestBodies?: Record<string, NonNullable<RequestBody>> };
}

/**
 * Binds a document to its handlers. Throws when an operation has none, when one has no operation,
 * and when an operation would be open to everybody because nothing was said about it.
 */
export function bind<Context>(dialect: Dialect<Context>): Bound {
  const routes = new Routes<Operation>();
  const operations: Operation[] = [];
  const { paths, components } = dialect.document as Document;
  for (const [route, entries] of Object.entries(paths)) {
    for (const [method, entry] of Object.entries(entries)) {
      const shared = entry.requestBody?.$ref?.split("/").at(-1) ?? "";
      const requestBody = components.requestBodies?.[shared] ?? entry.requestBody;
      const schema = requestBody === undefined ? entry : { ...entry, requestBody };
      const operation = operationOf(dialect, method.toUpperCase(), route, schema);
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
  schema: Entry,
): Operation {
  const where = `${dialect.name}: ${method} ${route}`;
  const answer = dialect.handlers[schema.operationId];
  if (typeof answer !== "function") throw new Error(`${where} has no handler.`);
  if (!Array.isArray(schema.security)) throw new Error(`${where} does not state its security.`);
  for (const scheme of schema.security.flatMap(Object.keys)) {
    if (!(scheme in dialect.security)) throw new Error(`${where}: nobody judges ${scheme}.`);
  }
  return { id: schema.operationId, method, route, schema, answer: answer as Operation["answer"] };
}
