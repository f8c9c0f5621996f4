import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

type Content = Record<string, { schema?: object }>;
type Response = { content?: Content } | { $ref: string };
interface Operation {
  operationId: string;
  responses: Record<string, Response>;
}

/** One answer as it went over the wire. */
export interface Answer {
  method: string;
  /** Path and query below the API's base. */
  path: string;
  status: number;
  contentType: string | undefined;
  body: string;
}

const JSON_TYPE = "application/json";
const file = new URL("../vendor/github-ghes-3.15.json", import.meta.url);

/** GitHub's own description of what we serve. */
export const description = JSON.parse(readFileSync(file, "utf8")) as {
  paths: Record<string, Record<string, Operation>>;
  components: {
    responses: Record<string, { content?: Content }>;
    schemas: Record<"basic-error", { required?: string[] }>;
  };
};
// The description asks nothing of an error; GitHub's own all have these.
description.components.schemas["basic-error"].required = ["message", "documentation_url"];

/** Lists that the description does not have, beside those whose items they share. */
const TWINS: Readonly<Record<string, string>> = {
  "/user/{account_id}/followers": "/users/{username}/followers",
  "/user/{account_id}/following": "/users/{username}/following",
  "/user/{account_id}/following/{target_user}": "/users/{username}/following/{target_user}",
  "/user/blocks": "/user/followers",
};

// Ajv reads OpenAPI's `nullable` where a type stands beside it, as it does all over this document.
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addFormat("uri-template", true);
ajv.addFormat("int64", true);
ajv.addSchema({ $id: "official", components: description.components });
const compiled = new Map<string, ValidateFunction>();

const ERROR: Content = { [JSON_TYPE]: { schema: { $ref: "#/components/schemas/basic-error" } } };

/** Fixed segments before parameters, as the vendor routes; ~ comes after every letter. */
const late = (path: string) => path.replaceAll("{", "~");
const routes = [...Object.keys(description.paths), ...Object.keys(TWINS)]
  .sort((a, b) => (late(a) < late(b) ? -1 : 1))
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`) }));

/** What GitHub's own description would refuse in an answer; empty where it agrees or is silent. */
export function violationsOf(answer: Answer): string[] {
  const { method, status, contentType = "", body } = answer;
  const [bare = "", query = ""] = answer.path.split("?");
  const path = routes.find(({ pattern }) => pattern.test(bare))?.path ?? "";
  const verb = method === "HEAD" ? "get" : method.toLowerCase();
  const operation = description.paths[TWINS[path] ?? path]?.[verb];
  if (operation === undefined) return [];
  if (isScript(contentType, query)) return [];
  const where = `${method} ${path} ${status}`;
  const content = contentFor(operation, status);
  if (content === undefined) return [`${where}: the description has no such answer`];
  const types = Object.keys(content);
  if (types.length === 0) return body === "" ? [] : [`${where}: there is a body`];
  if (isPlainText(operation, answer)) return [];
  if (!types.some((type) => contentType.startsWith(type))) return [`${where}: is ${contentType}`];
  const schema = content[JSON_TYPE]?.schema;
  if (schema === undefined || method === "HEAD") return [];
  const validate = validator(`${operation.operationId} ${status}`, schema);
  if (validate(JSON.parse(body))) return [];
  return (validate.errors ?? []).map((error) => `${where}: ${error.instancePath} ${error.message}`);
}

/** Undefined for a success that is not in the description; empty where it has no body. */
function contentFor({ responses }: Operation, status: number): Content | undefined {
  // What is unchanged may say so everywhere, whether the description remembers it or not.
  if (status === 304) return {};
  const declared = responses[String(status)];
  const response =
    declared !== undefined && "$ref" in declared
      ? description.components.responses[declared.$ref.split("/").at(-1) ?? ""]
      : declared;
  // Every operation may fail in ways that the description leaves out, all in one form.
  return status >= 400 ? (response?.content ?? ERROR) : response && (response.content ?? {});
}

const isScript = (contentType: string, query: string) =>
  contentType.startsWith("application/javascript") && query.includes("callback=");

/** The sentence that the description takes for JSON, and the one refusal that is no JSON. */
const isPlainText = ({ operationId }: Operation, { status, contentType = "" }: Answer) =>
  contentType.startsWith("text/plain") && (operationId === "meta/get-zen" || status === 403);

function validator(name: string, schema: object): ValidateFunction {
  let validate = compiled.get(name);
  if (validate === undefined) {
    const local = JSON.stringify(schema).replaceAll('"#/components/', '"official#/components/');
    validate = ajv.compile(JSON.parse(local));
    compiled.set(name, validate);
  }
  return validate;
}
