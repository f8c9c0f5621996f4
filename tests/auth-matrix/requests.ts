import type { Wanted } from "../http/wire.ts";
import type { Caller } from "./callers.ts";
import type { Cast } from "./cast.ts";
import { type Part, type Request, type Table, usualValue, type Value } from "./row.ts";

/** One entry of a document. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly route: string;
  /** The members that the document names in a JSON body. */
  readonly members: readonly string[];
}

interface Schema {
  $ref?: string;
  properties?: Record<string, unknown>;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}
interface Body {
  $ref?: string;
  content?: Record<string, { schema?: Schema }>;
}
interface Document {
  paths: Record<string, Record<string, { operationId: string; requestBody?: Body }>>;
  components?: { requestBodies?: Record<string, Body>; schemas?: Record<string, Schema> };
}

const lastOf = (reference: string) => reference.split("/").at(-1) ?? "";

/** Every operation of a document. */
export async function operationsOf(name: string): Promise<readonly Operation[]> {
  const { document } = (await import(`../../src/generated/${name}-document.ts`)) as {
    document: Document;
  };
  return Object.entries(document.paths).flatMap(([route, item]) =>
    Object.entries(item).map(([method, { operationId, requestBody }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      route,
      members: requestBody === undefined ? [] : membersOf(document, requestBody),
    })),
  );
}

function membersOf({ components = {} }: Document, body: Body): string[] {
  const { requestBodies = {}, schemas = {} } = components;
  const { content } = body.$ref === undefined ? body : (requestBodies[lastOf(body.$ref)] ?? {});
  const inside = (schema: Schema): string[] => {
    const { $ref, properties = {}, oneOf = [], anyOf = [], allOf = [] } = schema;
    const named = $ref === undefined ? [] : inside(schemas[lastOf($ref)] ?? {});
    return [
      ...named,
      ...Object.keys(properties),
      ...[...oneOf, ...anyOf, ...allOf].flatMap(inside),
    ];
  };
  return Object.values(content ?? {}).flatMap(({ schema = {} }) => inside(schema));
}

const resolved = (value: Value, part: Part) => (typeof value === "function" ? value(part) : value);

/** The request of a row as this caller makes it. `more` goes into its body. */
export async function wantedOf(
  table: Table,
  row: Request,
  { method, route }: Operation,
  caller: Caller,
  cast: Cast,
  more: object = {},
): Promise<Wanted> {
  const part: Part = { cast, who: table.runsFor(caller) ?? "una" };
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => {
    const own = row.path?.[name];
    return encodeURIComponent(
      own === undefined ? usualValue(route, name, part) : resolved(own, part),
    );
  });
  const query = typeof row.query === "function" ? row.query(part) : row.query;
  const asked = `${row.prefix ?? table.prefix}${path}${query === undefined ? "" : `?${query}`}`;
  const { type, body } = await bodyOf(row, part, more);
  const shown = caller.headers ?? table.show(caller.token);
  const sudo = caller.sudo === undefined ? {} : { sudo: caller.sudo };
  return { method, path: asked, headers: { ...shown, ...sudo, ...type }, body };
}

async function bodyOf(row: Request, part: Part, more: object) {
  const body = typeof row.body === "function" ? row.body(part) : row.body;
  if (body === undefined) return { type: {}, body: undefined };
  if (body instanceof FormData || body instanceof URLSearchParams) {
    const encoded = new Response(body);
    const type = { "content-type": encoded.headers.get("content-type") ?? "" };
    return { type, body: Buffer.from(await encoded.arrayBuffer()) };
  }
  const type = { "content-type": "application/json" };
  return { type, body: JSON.stringify({ ...body, ...more }) };
}
