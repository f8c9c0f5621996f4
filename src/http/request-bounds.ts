import type { Operation } from "./dialect.ts";
import { memoizeWeak } from "./memoize-weak.ts";

/** Parameters of a query: as many as Rack takes (`params_limit`). */
const MAX_QUERY_PARAMETERS = 4096;
/** Fields of a form, or members and list items of a body, all together. */
export const MAX_PARAMETERS = 1000;
/** Characters of a name, as it came. */
export const MAX_NAME_LENGTH = 256;
/** Characters of a text where the document does not allow more. */
export const MAX_TEXT_LENGTH = 65_536;
/** Ruby's JSON parser, which both vendors have, refuses what goes deeper (`max_nesting`). */
const MAX_JSON_DEPTH = 100;
/** Rack refuses names with more brackets (`param_depth_limit`). */
const MAX_FORM_DEPTH = 32;
/** The body of an operation that declares none; GitLab's dialects take a credential from it. */
const MAX_UNDECLARED_BODY_BYTES = 131_072;

type Bound = "query parameters" | "parameters" | "name" | "text" | "depth";

/** Rack and Grape, on which the vendors' servers stand, say so in these words. */
const MESSAGES: Readonly<Record<Bound, string>> = {
  "query parameters": `total number of query parameters exceeds limit (${MAX_QUERY_PARAMETERS})`,
  parameters: `total number of query parameters exceeds limit (${MAX_PARAMETERS})`,
  name: "query params contains invalid format or byte sequence",
  text: "query params contains invalid format or byte sequence",
  depth: `query params are recursively nested over the specified limit (${MAX_FORM_DEPTH})`,
};

/** A request carries more than any operation takes: the caller's fault, a 400 in every dialect. */
export class RequestBoundError extends Error {
  override name = "RequestBoundError";
  readonly bound: Bound;
  /** As the parsers of bodies name what they refuse. */
  readonly type = "request.bound.exceeded";

  constructor(bound: Bound) {
    super(MESSAGES[bound]);
    this.bound = bound;
  }
}

/** Throws RequestBoundError for a query with too many parameters or too long a name. */
export function requireBoundedQuery(url: string): void {
  // Nothing shorter can break a bound, and nearly every address is shorter.
  if (url.length <= MAX_NAME_LENGTH) return;
  const mark = url.indexOf("?");
  if (mark === -1) return;
  const pairs = url.slice(mark + 1).split("&", MAX_QUERY_PARAMETERS + 1);
  if (pairs.length > MAX_QUERY_PARAMETERS) throw new RequestBoundError("query parameters");
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if ((equals === -1 ? pair.length : equals) > MAX_NAME_LENGTH) {
      throw new RequestBoundError("name");
    }
  }
}

/**
 * Throws RequestBoundError for a body with too many members and items, too long a name or text, or
 * too many levels. Looks at no more values than are allowed.
 */
export function requireBoundedBody(body: unknown, longestText: number): void {
  let left = MAX_PARAMETERS;

  function look(value: unknown, depth: number): void {
    if (typeof value === "string") {
      if (value.length > longestText) throw new RequestBoundError("text");
      return;
    }
    if (typeof value !== "object" || value === null || Buffer.isBuffer(value)) return;
    if (depth === MAX_JSON_DEPTH) throw tooDeep();
    if (Array.isArray(value)) {
      // A list may be sparse: its length is what loops over it cost.
      if (value.length > left) throw new RequestBoundError("parameters");
      left -= value.length;
      for (const item of value) look(item, depth + 1);
      return;
    }
    for (const name in value) {
      left -= 1;
      if (left < 0) throw new RequestBoundError("parameters");
      if (name.length > MAX_NAME_LENGTH) throw new RequestBoundError("name");
      look((value as Record<string, unknown>)[name], depth + 1);
    }
  }

  look(body, 0);
}

/** To the vendors such a body is not JSON at all. */
const tooDeep = () => Object.assign(new Error("too deep"), { type: "entity.parse.failed" });

interface Schema {
  maxLength?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}
interface BodySchema {
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  "x-max-body-bytes"?: number;
}

/** The longest text that an operation's body may have, in characters. */
export const maxTextLengthOf = memoizeWeak((operation: Operation): number => {
  const { requestBody } = operation.schema as BodySchema;
  const schemas = Object.values(requestBody?.content ?? {}).map(({ schema }) => schema);
  return Math.max(MAX_TEXT_LENGTH, ...schemas.map(longestIn));
});

function longestIn(schema: Schema | boolean | undefined): number {
  if (typeof schema !== "object") return 0;
  const { maxLength = 0, items, properties = {}, additionalProperties } = schema;
  const { allOf = [], anyOf = [], oneOf = [] } = schema;
  const inner = [items, additionalProperties, ...Object.values(properties)];
  return Math.max(maxLength, ...[...inner, ...allOf, ...anyOf, ...oneOf].map(longestIn));
}

/** The largest body that an operation takes; `usual` where its document says nothing else. */
export function maxBodyBytesOf(operation: Operation | undefined, usual: number): number {
  if (operation === undefined) return MAX_UNDECLARED_BODY_BYTES;
  const { requestBody, "x-max-body-bytes": own } = operation.schema as BodySchema;
  return own ?? (requestBody === undefined ? MAX_UNDECLARED_BODY_BYTES : usual);
}
