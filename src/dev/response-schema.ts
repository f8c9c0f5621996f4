import { createResponseAjv } from "express-openapi-validator/dist/framework/ajv/index.js";
import type { Answer } from "./request-log.ts";

export type Content = Record<string, { schema?: object }>;

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Content; $ref?: string }>;
}

export interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas?: Record<string, object>;
    responses?: Record<string, { content?: Content }>;
  };
}

type Validate = ((value: unknown) => boolean) & {
  errors?: { instancePath: string; message?: string }[] | null;
};

/** Ways in which a vendor's description is not the whole truth about the vendor. */
export interface KnownDeviations {
  /** Where the description has a path under another one's name. */
  readonly twinOf?: (path: string) => string;
  /** What an error looks like of which an operation says nothing; undefined for none at all. */
  readonly error?: Content;
  /** Answers that no document describes. */
  readonly ignores?: (operationId: string, answer: Answer) => boolean;
}

const JSON_TYPE = "application/json";

/** An OpenAPI document as a judge of answers. */
export class Description {
  readonly document: Document;
  readonly #allowance: KnownDeviations;
  readonly #routes: { item: Record<string, Operation>; pattern: RegExp }[];
  readonly #compiled = new Map<string, Validate>();
  readonly #compile: (schema: object) => Validate;

  constructor(document: Document, allowance: KnownDeviations = {}) {
    this.document = document;
    this.#allowance = allowance;
    // Fixed segments before parameters, as the vendors route: { comes after every letter.
    this.#routes = Object.entries(document.paths)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, item]) => ({
        item,
        pattern: RegExp(`^${path.replace(/\{[^{}]+\}/g, "[^/]+")}$`),
      }));
    this.#compile = compilerFor(document);
  }

  /** What the document refuses in an answer; empty where it agrees or is silent. */
  violationsOf(answer: Answer): string[] {
    const { method, status, contentType = "", body } = answer;
    const [path = ""] = answer.path.split("?");
    const operation = this.#operationAt(method, path);
    if (operation === undefined || this.#allowance.ignores?.(operation.operationId, answer))
      return [];
    const where = `${method} ${path} ${status}`;
    const content = this.#contentFor(operation, status);
    if (content === undefined) return [`${where}: the description has no such answer`];
    const types = Object.keys(content);
    if (types.length === 0) return body === "" ? [] : [`${where}: there is a body`];
    if (!types.some((type) => fits(contentType, type))) return [`${where}: is ${contentType}`];
    const schema = content[JSON_TYPE]?.schema;
    if (schema === undefined || method === "HEAD" || !contentType.startsWith(JSON_TYPE)) return [];
    return this.#complaints(`${operation.operationId} ${status}`, schema, body).map(
      (complaint) => `${where}: ${complaint}`,
    );
  }

  #operationAt(method: string, path: string): Operation | undefined {
    const looked = this.#allowance.twinOf?.(path) ?? path;
    const name = method === "HEAD" ? "get" : method.toLowerCase();
    return this.#routes.find(({ pattern, item }) => pattern.test(looked) && name in item)?.item[
      name
    ];
  }

  /** Undefined for a success that is not in the document; empty where it has no body. */
  #contentFor({ responses }: Operation, status: number): Content | undefined {
    // What is unchanged may say so everywhere, whether the document remembers it or not.
    if (status === 304) return {};
    const { error } = this.#allowance;
    const declared =
      responses[String(status)] ?? (error === undefined ? responses.default : undefined);
    const shared = declared?.$ref?.split("/").at(-1);
    const response = shared === undefined ? declared : this.document.components.responses?.[shared];
    if (status >= 400 && error !== undefined) return response?.content ?? error;
    return response && (response.content ?? {});
  }

  #complaints(name: string, schema: object, body: string): string[] {
    let validate = this.#compiled.get(name);
    if (validate === undefined) {
      validate = this.#compile(schema);
      this.#compiled.set(name, validate);
    }
    try {
      if (validate(JSON.parse(body))) return [];
    } catch (error) {
      return [(error as Error).message];
    }
    return (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message}`);
  }
}

/** A range such as `image/*` stands for all that begin so. */
const fits = (contentType: string, type: string): boolean =>
  contentType.startsWith(type.replace(/\*$/, ""));

/** The validator's own Ajv, as it judges answers: what it makes of `nullable` is what holds. */
function compilerFor({ openapi, components }: Document): (schema: object) => Validate {
  const spec = { openapi, info: { title: "", version: "" }, paths: {} };
  const options = { strict: false, allErrors: true, ajvFormats: { mode: "full" as const } };
  const ajv = createResponseAjv(spec as never, { ...options, formats: {} } as never);
  ajv.addFormat("uri-template", true);
  ajv.addFormat("int64", true);
  ajv.addSchema({ id: "official", components });
  return (schema) => {
    const local = JSON.stringify(schema).replaceAll('"#/components/', '"official#/components/');
    return ajv.compile(JSON.parse(local)) as Validate;
  };
}
