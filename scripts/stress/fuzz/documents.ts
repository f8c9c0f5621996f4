import { readdirSync } from "node:fs";

export interface Schema {
  $ref?: string;
  type?: string;
  enum?: readonly unknown[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  nullable?: boolean;
}
export interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}
type Content = Record<string, { schema?: Schema }>;
interface Reference {
  $ref?: string;
}
type Body = Reference & { content?: Content };
interface Entry {
  operationId: string;
  parameters?: readonly Parameter[];
  requestBody?: Body;
  responses: Record<string, Body>;
}
export interface Document {
  paths: Record<string, Record<string, Entry>>;
  components?: Record<string, Record<string, unknown>>;
}

/** One entry of a document, with its references looked up. */
export interface Target {
  /** `github`, `gitlab-v4` … */
  readonly document: string;
  readonly id: string;
  readonly method: string;
  readonly route: string;
  readonly parameters: readonly Parameter[];
  readonly content: Content | undefined;
  readonly entry: Entry;
}

const GENERATED = new URL("../../../src/generated/", import.meta.url);

/** Every document that is served, by its name. */
export async function readDocuments(): Promise<Map<string, Document>> {
  const names = readdirSync(GENERATED).flatMap(
    (file) => /^(.+)-document\.ts$/.exec(file)?.[1] ?? [],
  );
  const all = new Map<string, Document>();
  for (const name of names) {
    const url = new URL(`${name}-document.ts`, GENERATED);
    const { document } = (await import(url.href)) as { document: Document };
    all.set(name, document);
  }
  return all;
}

/** What a reference stands for; anything else is what it is. */
export function resolved<T extends Reference>({ components = {} }: Document, value: T): T {
  if (value.$ref === undefined) return value;
  const [kind = "", name = ""] = value.$ref.split("/").slice(-2);
  return components[kind]?.[name] as T;
}

/** Every operation of every document. */
export const targetsOf = (documents: ReadonlyMap<string, Document>): Target[] =>
  [...documents].flatMap(([name, document]) =>
    Object.entries(document.paths).flatMap(([route, item]) =>
      Object.entries(item).map(([method, entry]) => ({
        ...{ document: name, id: entry.operationId, method: method.toUpperCase(), route, entry },
        parameters: (entry.parameters ?? []).map((each) => resolved(document, each)),
        content: entry.requestBody && resolved(document, entry.requestBody).content,
      })),
    ),
  );
