import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

type Content = Record<string, { schema?: object }>;
interface Operation {
  operationId: string;
  responses: Record<string, { content?: Content; $ref?: string }>;
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
  components: Record<"responses" | "schemas", Record<string, { content?: Content }>>;
};
// The description asks nothing of an error; GitHub's own all have these.
Object.assign(description.components.schemas["basic-error"] ?? {}, {
  required: ["message", "documentation_url"],
});

/** Lists that the description does not have are like others whose items they share. */
const twinOf = (path: string) =>
  path.replace(/^\/user\/(?=\d+\/)/, "/users/").replace(/^\/user\/blocks$/, "/user/followers");

// Ajv reads OpenAPI's `nullable` where a type stands beside it, as it does all over this document.
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addFormat("uri-template", true);
ajv.addFormat("int64", true);
ajv.addSchema({ $id: "official", components: description.components });
const compiled = new Map<string, ValidateFunction>();

const ERROR: Content = { [JSON_TYPE]: { schema: { $ref: "#/components/schemas/basic-error" } } };

/** Fixed segments before parameters, as the vendor routes: { comes after every letter. */
const routes = Object.entries(description.paths)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, item]) => ({ item, pattern: RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`) }));

/** What GitHub's own description would refuse in an answer; empty where it agrees or is silent. */
export function violationsOf(answer: Answer): string[] {
  const { method, status, contentType = "", body } = answer;
  const [path = ""] = answer.path.split("?");
  const route = routes.find(({ pattern }) => pattern.test(twinOf(path)));
  const operation = route?.item[method === "HEAD" ? "get" : method.toLowerCase()];
  if (operation === undefined || isNoJson(operation.operationId, answer)) return [];
  const where = `${method} ${path} ${status}`;
  const content = contentFor(operation, status);
  if (content === undefined) return [`${where}: the description has no such answer`];
  const types = Object.keys(content);
  if (types.length === 0) return body === "" ? [] : [`${where}: there is a body`];
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
  const shared = declared?.$ref?.split("/").at(-1);
  const response = shared === undefined ? declared : description.components.responses[shared];
  // Every operation may fail in ways that the description leaves out, all in one form.
  return status >= 400 ? (response?.content ?? ERROR) : response && (response.content ?? {});
}

/** Scripts, the sentence that the description takes for JSON, and the one refusal in plain text. */
function isNoJson(id: string, { path, status, contentType = "" }: Answer): boolean {
  if (contentType.startsWith("text/plain")) return id === "meta/get-zen" || status === 403;
  return contentType.startsWith("application/javascript") && path.includes("callback=");
}

function validator(name: string, schema: object): ValidateFunction {
  const local = JSON.stringify(schema).replaceAll('"#/components/', '"official#/components/');
  const validate = compiled.get(name) ?? ajv.compile(JSON.parse(local));
  compiled.set(name, validate);
  return validate;
}
