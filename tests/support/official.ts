import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
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

const file = new URL("../vendor/github-ghes-3.15.json", import.meta.url);
const description = JSON.parse(readFileSync(file, "utf8")) as {
  paths: Record<string, Record<string, Operation>>;
  components: object;
};

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
formats.default(ajv);
ajv.addFormat("uri-template", true);
ajv.addFormat("int64", true);
ajv.addSchema({ $id: "official", components: description.components });

const compiled = new Map<string, ValidateFunction>();

/** Fixed segments before parameters, as the vendor routes. */
const routes = Object.keys(description.paths)
  .sort((a, b) => a.replaceAll("{", "~").localeCompare(b.replaceAll("{", "~")))
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`) }));

/** What GitHub's own description would refuse in an answer; empty where it agrees or is silent. */
export function violationsOf(answer: Answer): string[] {
  const bare = answer.path.split("?")[0] ?? "";
  const route = routes.find(({ pattern }) => pattern.test(bare));
  const operation = route && description.paths[route.path]?.[answer.method.toLowerCase()];
  if (route === undefined || operation === undefined) return [];
  const where = `${answer.method} ${route.path} ${answer.status}`;
  const response = operation.responses[String(answer.status)];
  if (response === undefined) {
    return answer.status < 300 ? [`${where}: the description has no such answer`] : [];
  }
  const json = answer.contentType?.startsWith("application/json") === true;
  const schema = response.content?.["application/json"]?.schema;
  if (schema === undefined || !json || answer.method === "HEAD") return [];
  const validate = validator(where, schema);
  if (validate(JSON.parse(answer.body))) return [];
  return (validate.errors ?? []).map((error) => `${where}: ${error.instancePath} ${error.message}`);
}

function validator(where: string, schema: object): ValidateFunction {
  let validate = compiled.get(where);
  if (validate === undefined) {
    const local = JSON.stringify(schema).replaceAll('"#/components/', '"official#/components/');
    validate = ajv.compile(nullable(JSON.parse(local)));
    compiled.set(where, validate);
  }
  return validate;
}

/** Ajv wants a type beside OpenAPI 3.0's `nullable`. */
const nullable = (schema: object): object => schema;
