import type { Schema } from "./coerce-parameters.ts";

/** What the validator says about one place in a request. */
export interface Problem {
  path: string;
  errorCode?: string;
}

interface Declared {
  name: string;
  schema: Schema & { enum?: unknown };
}

type Said = Map<string, string[]>;

/**
 * What Grape would say about a request: every parameter is checked, and the messages come in the
 * order in which they are declared, each once.
 */
export function grapeMessagesFor(
  declared: readonly Declared[],
  problems: readonly Problem[],
  groups: ReadonlyMap<string, readonly string[]>,
): string {
  const said: Said = new Map();
  const schemas = new Map(declared.map(({ name, schema }) => [name, schema]));
  for (const problem of problems) {
    const name = nameOf(problem.path);
    const lines = said.get(name) ?? [];
    lines.push(...sentences(name, schemas.get(name) ?? {}, problem));
    said.set(name, lines);
  }
  const lines = declared.flatMap(({ name }) => [
    ...(said.get(name) ?? []),
    ...(groups.get(name) ?? []),
  ]);
  return [...new Set(lines)].join(", ");
}

/** `/body/tag_list/0` is about `tag_list`. */
const nameOf = (path: string): string => path.split("/", 3)[2] ?? "";

function sentences(
  name: string,
  schema: Declared["schema"],
  { errorCode = "" }: Problem,
): string[] {
  const [keyword = ""] = errorCode.split(".");
  switch (keyword) {
    case "required":
      // Grape also checks the absent value, unless it is a list.
      return schema.enum === undefined || schema.type === "array"
        ? [`${name} is missing`]
        : [`${name} is missing`, `${name} does not have a valid value`];
    case "enum":
      return [`${name} does not have a valid value`];
    case "not":
      return [`${name} has a value not allowed`];
    default:
      return [`${name} is invalid`];
  }
}
