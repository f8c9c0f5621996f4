type Tree = Record<string, Record<string, unknown>>;

interface Document {
  paths: Tree;
  components?: Tree;
}

/**
 * A document without its answers, and with every component in the places that refer to it. What
 * serves judges requests alone; the validator walks the whole document for each operation that it
 * sets up, and compiles all that is referred to, used or not.
 */
export function requestsOf<T extends object>(document: T): T {
  const { paths, components = {} } = document as Document;
  const asked = Object.entries(paths).map(([path, item]) => [path, withoutAnswers(item)]);
  const bare = inlined(Object.fromEntries(asked), components);
  const { securitySchemes = {} } = components;
  return { ...document, paths: bare, components: { securitySchemes } };
}

function withoutAnswers(item: Record<string, unknown>): Record<string, unknown> {
  const responses = { default: { description: "" } };
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      { ...(operation as object), responses },
    ]),
  );
}

function inlined(value: unknown, components: Tree): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => inlined(each, components));
  const { $ref } = value as { $ref?: string };
  if ($ref === undefined) {
    const members = Object.entries(value).map(([name, each]) => [name, inlined(each, components)]);
    return Object.fromEntries(members);
  }
  const [, , kind = "", name = ""] = $ref.split("/");
  return inlined(components[kind]?.[name], components);
}
