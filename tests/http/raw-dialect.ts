import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from "express";
import * as OpenApiValidator from "express-openapi-validator";
import { document as github } from "../../src/generated/github-document.ts";
import { requests as githubRequests } from "../../src/generated/github-requests.ts";
import { document as gitlab } from "../../src/generated/gitlab-v4-document.ts";
import { requests as gitlabRequests } from "../../src/generated/gitlab-v4-requests.ts";
import { document as instance } from "../../src/generated/instance-document.ts";
import { requests as instanceRequests } from "../../src/generated/instance-requests.ts";
import { dialectBase } from "../../src/gitlab/http/dialect-base.ts";
import { dropBody, parseBody } from "../../src/http/body-parsing.ts";
import type { Dialect } from "../../src/http/dialect.ts";
import { RouteNotFoundError } from "../../src/http/dialect.ts";
import { dialectRouter } from "../../src/http/dialect-router.ts";
import { createDialectServer } from "../../src/http/request-pipeline.ts";

interface RequestBody {
  $ref?: string;
  required?: boolean;
  content?: Record<string, unknown>;
}

export interface DocumentOperation {
  operationId: string;
  security?: Record<string, string[]>[];
  requestBody?: RequestBody;
}

export interface Document {
  paths: Record<string, Record<string, DocumentOperation>>;
  components?: {
    securitySchemes?: Record<string, unknown>;
    requestBodies?: Record<string, RequestBody>;
    schemas?: Record<string, unknown>;
  };
}

/** Pages of the instance take forms, which the stand-in below does not read. */
const FORMS = ["/-/confirmation", "/-/password"];
const withoutForms = ({ paths, ...rest }: Document): Document => ({
  ...rest,
  paths: Object.fromEntries(Object.entries(paths).filter(([path]) => !FORMS.includes(path))),
});

/** Where a body may be JSON or a form, only JSON. */
const withJsonAlone = (document: Document): Document =>
  JSON.parse(JSON.stringify(document), (_, value: { content?: Record<string, unknown> } | null) =>
    value?.content?.["application/json"] === undefined
      ? value
      : { ...value, content: { "application/json": value.content["application/json"] } },
  ) as Document;

type Validation = Dialect["validation"];

/** Each document as it was written, what is served of it, and what the validator has to know. */
export const documents: [name: string, written: Document, served: Document, more: Validation][] = [
  ["github", github as unknown as Document, githubRequests as unknown as Document, undefined],
  [
    "gitlab",
    withJsonAlone(gitlab as unknown as Document),
    withJsonAlone(gitlabRequests as unknown as Document),
    dialectBase.validation,
  ],
  [
    "instance",
    withoutForms(instance as unknown as Document),
    withoutForms(instanceRequests as unknown as Document),
    undefined,
  ],
];

/** Every operation of a document, with its method in capitals. */
export const operationsOf = ({ paths, components }: Document) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const shared = operation.requestBody?.$ref?.split("/").at(-1) ?? "";
      const requestBody = components?.requestBodies?.[shared] ?? operation.requestBody;
      return { ...operation, method: method.toUpperCase(), path, requestBody };
    }),
  );

const schemesOf = ({ components }: Document) => Object.keys(components?.securitySchemes ?? {});

/** Callers say themselves what they may do. */
const mayDo = ({ headers }: Request, scopes: readonly string[]): boolean => {
  const held = headers["x-scopes"];
  return typeof held === "string" && scopes.every((scope) => held.split(" ").includes(scope));
};

interface Failure {
  status?: number;
  type?: string;
  errors?: { path: string; message: string; errorCode?: string }[];
}

/** An error as the validator made it. */
const failure = (error: unknown) => {
  const { status = 500, type, errors } = error as Failure;
  return error instanceof RouteNotFoundError ? { status: 404 } : { status, type, errors };
};

const json = () => express.json({ strict: false });

/** A dialect that says what it was asked, and shows the validator's errors as they are. */
export function rawDialect(document: Document, more: Partial<Dialect> = {}): Dialect {
  const handlers = operationsOf(document).map(({ operationId }) => [
    operationId,
    (input: object) => ({ status: 200, body: { id: operationId, ...input } }),
  ]);
  const judge: Dialect["security"][string] = ({ req }, scopes) => mayDo(req, scopes);
  const parser = json();
  return {
    name: "raw",
    document,
    handlers: Object.fromEntries(handlers),
    security: Object.fromEntries(schemesOf(document).map((scheme) => [scheme, judge])),
    preloadedOperations: [],
    async parseRequest(exchange, { schema }) {
      if (schema.requestBody === undefined) return dropBody(exchange);
      await parseBody(exchange, "application/json", parser);
      const { req } = exchange;
      if (schema.requestBody.required === true && req.body === undefined) req.body = {};
    },
    createContext: () => undefined,
    authenticate: async () => undefined,
    sendResponse({ res }, { status, body }) {
      res.status(status).json(body);
    },
    renderError({ res }, error) {
      const told = failure(error);
      res.status(told.status).json(told);
    },
    ...more,
  };
}

/** The document as we serve it. */
export async function ours(
  document: Document,
  more: Partial<Dialect> = {},
): Promise<RequestHandler> {
  const server = await createDialectServer(rawDialect(document, more));
  return dialectRouter([{ prefix: "", servers: [server] }], () => undefined);
}

/**
 * A document without answers, and without the shapes that only they have. The validator compiles
 * the whole document for each operation and type, and judges no request by them.
 */
function withoutAnswers({ paths, components = {}, ...rest }: Document): Document {
  const kept = JSON.parse(
    JSON.stringify({ paths, components: { ...components, schemas: {}, responses: {} } }),
    (name, value: unknown) => (name === "responses" ? {} : value),
  ) as Required<Document>;
  const { schemas = {} } = components;
  const needed = new Map<string, unknown>();
  const collect = (part: unknown): void => {
    for (const [, name = ""] of JSON.stringify(part).matchAll(
      /"#\/components\/schemas\/([^"/]+)/g,
    )) {
      if (needed.has(name)) continue;
      needed.set(name, schemas[name]);
      collect(schemas[name]);
    }
  };
  collect(kept);
  return {
    ...rest,
    ...kept,
    components: { ...kept.components, schemas: Object.fromEntries(needed) },
  };
}

/** The document as the validator serves it by itself. */
export function stock(
  document: Document,
  validation?: Validation,
): (RequestHandler | ErrorRequestHandler)[] {
  const handlers = schemesOf(document).map((scheme) => [scheme, mayDo]);
  type Route = { method: string; openApiRoute: string };
  const resolver = (_base: string, { method, openApiRoute }: Route): RequestHandler => {
    const operation = document.paths[openApiRoute]?.[method.toLowerCase()];
    const id = operation?.operationId;
    const takesBody = operation?.requestBody !== undefined;
    return ({ params: path, query, body }, res) =>
      res.json({ id, path, query, ...(takesBody ? { body } : {}) });
  };
  const render: ErrorRequestHandler = (error, _req, res, _next) => {
    const told = failure(error);
    res.status(told.status).json(told);
  };
  return [
    json(),
    ...OpenApiValidator.middleware({
      apiSpec: withoutAnswers(document) as never,
      validateApiSpec: false,
      validateRequests: {
        allowUnknownQueryParameters: true,
        allErrors: validation?.allErrors ?? false,
      },
      formats: (validation?.formats ?? {}) as never,
      validateSecurity: { handlers: Object.fromEntries(handlers) },
      fileUploader: false,
      operationHandlers: { basePath: "", resolver: resolver as never },
    }),
    render,
  ];
}

/** Serves it on a port of its own. */
export async function serve(...handlers: (RequestHandler | ErrorRequestHandler)[]) {
  const application = express();
  application.set("etag", false);
  application.use(...(handlers as RequestHandler[]));
  const server = createServer(application);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
