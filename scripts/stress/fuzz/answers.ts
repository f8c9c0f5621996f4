import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import {
  type Answered,
  isOwnPage,
  isRefusal,
  type RawAnswer,
  secretIn,
} from "../../../tests/http/wire.ts";
import { type Document, resolved, type Schema } from "./documents.ts";
import type { FuzzRequest } from "./requests.ts";

export type Answerer = "github" | "gitlab" | "graph" | "instance" | "pages";

/** Who answered, by the headers that only they send. */
export function dialectOf({ headers }: Answered): Answerer {
  if ("x-github-request-id" in headers) return "github";
  const dialect = headers["x-followd-dialect"];
  if (dialect === "graph" || dialect === "pages") return dialect;
  return "x-gitlab-meta" in headers ? "gitlab" : "instance";
}

const isText = (value: unknown) => typeof value === "string";

/** Whether a body is one of the families of errors that GitLab has (docs: REST API, status codes). */
export function isGitLabRefusal(text: string): boolean {
  try {
    const { error, message, ...rest } = JSON.parse(text) as Record<string, unknown>;
    const more = Object.keys(rest).filter(
      (key) => !["error_description", "scope", "error_uri"].includes(key),
    );
    const said = isText(message) || (typeof message === "object" && message !== null);
    return more.length === 0 && (isText(error) ? message === undefined : said);
  } catch {
    return false;
  }
}

/** Judges answers by the documents; keeps what it has compiled. */
export class AnswerChecker {
  readonly #documents: ReadonlyMap<string, Document>;
  readonly #ajv = new Ajv({ strict: false, allErrors: false });
  readonly #compiled = new Map<string, ValidateFunction | undefined>();

  constructor(documents: ReadonlyMap<string, Document>) {
    this.#documents = documents;
    formats.default(this.#ajv);
    // A host may have no dot (RFC 5321, section 4.1.2); the strict form of the format wants one.
    this.#ajv.addFormat("email", formats.default.get("email", "fast"));
    for (const format of ["uri-template", "int64", "binary"]) this.#ajv.addFormat(format, true);
    for (const [name, { components }] of documents) this.#ajv.addSchema({ $id: name, components });
  }

  /** What is wrong with an answer; undefined where nothing is. */
  complaint(sent: FuzzRequest, answer: Answered): string | undefined {
    const { status, text, type } = answer;
    if (status >= 500 && !text.includes("db_check")) return `it is ${status}`;
    const secret = status >= 400 ? secretIn(text) : undefined;
    if (secret !== undefined) return `it tells ${secret}`;
    if (sent.method === "HEAD" || text === "") return undefined;
    if (status >= 400) return refusalFits(answer) ? undefined : "it is no refusal of its dialect";
    return type.startsWith("application/json") ? this.#misshape(sent, answer) : undefined;
  }

  #misshape({ target, path, headers }: FuzzRequest, answer: Answered): string | undefined {
    if (target === undefined || path.includes("callback=") || "origin" in headers) return undefined;
    if (!target.document.startsWith(dialectOf(answer))) return undefined;
    const validate = this.#validator(target, answer.status);
    if (validate === undefined) return `${target.id} has no answer ${answer.status}`;
    if (validate(JSON.parse(answer.text))) return undefined;
    const [error] = validate.errors ?? [];
    return `${target.id} ${answer.status}: ${error?.instancePath} ${error?.message}`;
  }

  #validator(
    target: NonNullable<FuzzRequest["target"]>,
    status: number,
  ): ValidateFunction | undefined {
    const key = `${target.document} ${target.id} ${status}`;
    if (this.#compiled.has(key)) return this.#compiled.get(key);
    const document = this.#documents.get(target.document) as Document;
    const response = target.entry.responses[String(status)];
    const schema = response && resolved(document, response).content?.["application/json"]?.schema;
    const made = schema && this.#ajv.compile(located(schema, target.document));
    this.#compiled.set(key, made);
    return made;
  }
}

/** The same schema with its references into the document that has them. */
const located = (schema: Schema, document: string): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', `"${document}#/components/`));

function refusalFits(answer: Answered): boolean {
  const { status, text, type } = answer;
  if (dialectOf(answer) === "pages") return isOwnPage(text);
  if (!type.startsWith("application/json")) return !/<html|stack/i.test(text);
  switch (dialectOf(answer)) {
    case "github":
      return isRefusal(text, status);
    case "gitlab":
      return isGitLabRefusal(text);
    case "graph":
    case "pages":
    case "instance":
      return typeof JSON.parse(text) === "object";
  }
}

/** A socket gets HTTP back, or nothing. */
export function rawComplaint({ status, head, body }: RawAnswer): string | undefined {
  if (status >= 500) return `it is ${status}`;
  if (status === 0 && head !== "") return "it is no HTTP";
  return secretIn(body) === undefined ? undefined : "it tells too much";
}
