import { parse } from "node:querystring";
import express, { type RequestHandler } from "express";
import { hasBody, parseBody, parsersByLimit, UnreadableType } from "../../http/body-parsing.ts";
import type { Exchange, Operation } from "../../http/dialect.ts";
import { MAX_PARAMETERS, maxBodyBytesOf } from "../../http/request-bounds.ts";
import { requireUtf8Fields, verifyForm, verifyJson } from "../../http/utf8.ts";
import { coerce, NOT_OF_ITS_TYPE, type Schema } from "./coerce-parameters.ts";
import type { Context } from "./context.ts";
import { declarationOf } from "./declared-parameters.ts";
import { isUpload, type Upload, uploads } from "./uploads.ts";

/** Enough for every text of a user at its longest, with each character escaped. */
const MAX_BODY_BYTES = 512 * 1024;
const JSON_TYPE = "application/json";
const FORM_TYPE = "multipart/form-data";

/** A map, as a Content-Type may be the name of what every object has. */
const PARSERS = new Map<string, (limit: number) => RequestHandler>([
  [
    JSON_TYPE,
    parsersByLimit((limit) => express.json({ limit, strict: false, verify: verifyJson })),
  ],
  [
    "application/x-www-form-urlencoded",
    parsersByLimit((limit) =>
      express.urlencoded({
        extended: true,
        limit,
        parameterLimit: MAX_PARAMETERS,
        verify: verifyForm,
      }),
    ),
  ],
]);
const asItCame = parsersByLimit((limit) => express.raw({ limit, type: FORM_TYPE }));

/** Reads the body for every operation: a credential may be in it. */
export function readBody(exchange: Exchange<Context>): Promise<void> | undefined {
  const { req, match } = exchange;
  if (!hasBody(exchange)) return undefined;
  const given = req.headers["content-type"] ?? JSON_TYPE;
  const type = (given.split(";")[0] ?? "").trim().toLowerCase();
  const limit = maxBodyBytesOf(match?.target, MAX_BODY_BYTES);
  if (type === FORM_TYPE) return readForm(exchange, given, limit);
  const parser = PARSERS.get(type);
  if (parser === undefined) throw new UnreadableType(type);
  return parseBody(exchange, type, parser(limit));
}

/** Its type has the boundary, for which the others have no use. What reads it comes with the first. */
async function readForm(exchange: Exchange<Context>, type: string, usual: number): Promise<void> {
  const {
    form,
    hasBareLineFeeds: hasBareLines,
    MAX_FORM_BYTES,
    parseMultipart,
  } = await import("./multipart-forms.ts");
  const { req, match } = exchange;
  const limit = match !== undefined && takesFile(match.target) ? MAX_FORM_BYTES : usual;
  const bare = await hasBareLines(req);
  await parseBody(exchange, type, bare ? asItCame(limit) : form(limit));
  if (bare) parseMultipart(req, type);
  requireUtf8Fields(req.body, req.files);
}

const takesFile = (operation: Operation): boolean =>
  declarationOf(operation).all.some(({ schema }) => schema.format === "grape-file");

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

/** Node's reader would leave out those above a thousand; the bound of requests has been kept. */
const EVERY = { maxKeys: 0 };

/** The last of several values of one name counts, unless its name says that it is a list. */
function queryIn(url: string): Record<string, unknown> {
  const mark = url.indexOf("?");
  if (mark === -1) return {};
  const all = Object.entries(parse(url.slice(mark + 1), undefined, undefined, EVERY));
  return Object.fromEntries(
    all.map(([name, value]) => [name, name.endsWith("[]") ? value : [value].flat().at(-1)]),
  );
}

/** Names with brackets make lists and objects: `a[]=1`, `a[k]=1`. */
function nested(flat: Record<string, unknown>): Record<string, unknown> {
  const deep: Record<string, unknown> = Object.create(null);
  // Objects made here, into which the next member of the same name goes.
  const made = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(flat)) {
    const [, outer, inner] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) deep[name] = value;
    else if (inner === "") deep[outer] = [value].flat();
    else {
      let members = made.get(outer);
      if (members === undefined || deep[outer] !== members) {
        members = Object.assign(Object.create(null), deep[outer]) as Record<string, unknown>;
        made.set(outer, members);
        deep[outer] = members;
      }
      members[inner] = value;
    }
  }
  return deep;
}

/**
 * The operation that takes a file checks what is in it; the validator sees null in its
 * place, and in place of a file where none is wanted what no type allows.
 */
function placed({ uploads }: Context, name: string, upload: Upload, { format }: Schema): unknown {
  if (format !== "grape-file") return {};
  uploads.set(name, upload);
  return null;
}

/**
 * The validator takes a list or an object of a query apart as if it were a text, in every case: it
 * fails on what is none, and reads JSON in a text that no bound has seen. Neither is one to Grape.
 */
function takenApart(value: unknown, { type }: Schema): unknown {
  if (type === "array" && !Array.isArray(value)) return [NOT_OF_ITS_TYPE];
  return type === "object" && (typeof value !== "object" || value === null) ? [] : value;
}

/**
 * Puts each value where the document declares it, read as its type says, so that the validator
 * checks what Grape would check. What is not declared stays out; Link headers repeat it.
 */
export function passToValidator({ context, req }: Exchange<Context>, operation: Operation): void {
  const query: Record<string, unknown> = Object.create(null);
  const body: Record<string, unknown> = {};
  for (const { name, place, schema } of declarationOf(operation).all) {
    const given = context.parameters[name];
    if (given === undefined) continue;
    const value = isUpload(given) ? placed(context, name, given, schema) : coerce(given, schema);
    if (value === undefined) continue;
    if (place === "query") query[name] = takenApart(value, schema);
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
