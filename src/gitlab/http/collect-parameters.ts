import { parse } from "node:querystring";
import express, { type RequestHandler } from "express";
import { hasBody, parseBody, UnreadableType } from "../../http/body-parsing.ts";
import type { Exchange, Operation } from "../../http/dialect.ts";
import { coerced, type Schema } from "./coerce-parameters.ts";
import type { Context } from "./context.ts";
import { declarationOf } from "./declared-parameters.ts";

const LARGEST_BODY = 1024 * 1024;
const JSON_TYPE = "application/json";
const FORM_TYPE = "multipart/form-data";

/** A file that came with the request, in place of a parameter's value. */
export interface Upload {
  readonly fileName: string;
  /** Not all of a file that is longer than anything is taken for. */
  readonly bytes: Buffer;
}

/** A map, as a Content-Type may be the name of what every object has. */
const PARSERS = new Map<string, RequestHandler>([
  [JSON_TYPE, express.json({ limit: LARGEST_BODY, strict: false })],
  [
    "application/x-www-form-urlencoded",
    express.urlencoded({ extended: true, limit: LARGEST_BODY }),
  ],
]);
const asItCame = express.raw({ limit: LARGEST_BODY, type: FORM_TYPE });

/** Reads the body, whatever the operation: a credential may be in it. */
export async function readBody(exchange: Exchange<Context>): Promise<void> {
  const { req } = exchange;
  if (!hasBody(exchange)) return;
  const given = req.headers["content-type"] ?? JSON_TYPE;
  const type = (given.split(";")[0] ?? "").trim().toLowerCase();
  if (type === FORM_TYPE) return readForm(exchange, given);
  const parser = PARSERS.get(type);
  if (parser === undefined) throw new UnreadableType(type);
  return parseBody(exchange, type, parser);
}

/** Its type has the boundary, for which the others have no use. What reads it comes with the first. */
async function readForm(exchange: Exchange<Context>, type: string): Promise<void> {
  const { form, hasBareLines, parseMultipart: takeApart } = await import("./multipart-forms.ts");
  const bare = await hasBareLines(exchange.req);
  await parseBody(exchange, type, bare ? asItCame : form);
  if (bare) takeApart(exchange.req, type);
}

/** Everything that was given, in one pool: the path wins over the body, the body over the query. */
export function collectParameters({ req, match }: Exchange<Context>): Record<string, unknown> {
  const body = req.body as unknown;
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  return {
    ...nested(queryIn(req.url)),
    ...(isObject ? nested(body as Record<string, unknown>) : {}),
    ...uploads(req.files),
    ...match?.path,
  };
}

/** The last of several values of one name counts, unless its name says that it is a list. */
function queryIn(url: string): Record<string, unknown> {
  const mark = url.indexOf("?");
  if (mark === -1) return {};
  const all = Object.entries(parse(url.slice(mark + 1)));
  return Object.fromEntries(
    all.map(([name, value]) => [name, name.endsWith("[]") ? value : [value].flat().at(-1)]),
  );
}

/** Names with brackets make lists and objects: `a[]=1`, `a[k]=1`. */
function nested(flat: Record<string, unknown>): Record<string, unknown> {
  const deep: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(flat)) {
    const [, outer, inner] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) deep[name] = value;
    else if (inner === "") deep[outer] = [value].flat();
    else deep[outer] = { ...(deep[outer] as object | undefined), [inner]: value };
  }
  return deep;
}

function uploads(found: Express.Request["files"]): Record<string, Upload> {
  const list = Array.isArray(found) ? found : [];
  return Object.fromEntries(
    list.map((file) => [
      file.fieldname,
      { fileName: file.originalname, bytes: file.buffer } satisfies Upload,
    ]),
  );
}

export const isUpload = (value: unknown): value is Upload =>
  typeof value === "object" && value !== null && "bytes" in value && Buffer.isBuffer(value.bytes);

/**
 * A file is judged by what is in it, by the operation that wants one; the validator sees null in its
 * place, and in place of a file where none is wanted what no type allows.
 */
function placed({ uploads }: Context, name: string, upload: Upload, { format }: Schema): unknown {
  if (format !== "grape-file") return {};
  uploads.set(name, upload);
  return null;
}

/**
 * Puts each value where the document declares it, read as its type says, so that the validator
 * judges what Grape would judge. What is not declared stays out; Link headers repeat it.
 */
export function passToValidator({ context, req }: Exchange<Context>, operation: Operation): void {
  const query: Record<string, unknown> = Object.create(null);
  const body: Record<string, unknown> = {};
  for (const { name, place, schema } of declarationOf(operation).all) {
    const given = context.parameters[name];
    if (given === undefined) continue;
    const value = isUpload(given) ? placed(context, name, given, schema) : coerced(given, schema);
    if (value === undefined) continue;
    if (place === "query") query[name] = value;
    if (place === "body") body[name] = value;
  }
  Object.defineProperty(req, "query", { value: query, writable: true, configurable: true });
  if (operation.schema.requestBody === undefined) {
    delete req.headers["content-type"];
    req.body = undefined;
  } else {
    req.headers["content-type"] = JSON_TYPE;
    req.body = body;
  }
}
