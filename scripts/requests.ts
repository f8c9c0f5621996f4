type Tree = Record<string, Record<string, unknown>>;

interface Document {
  paths: Tree;
  components?: Tree;
}

const REFERENCE = /"\$ref":"#\/components\/([^/"]+)\/([^"]+)"/g;

/**
 * A document without its answers, and without the components that only these need. What serves
 * judges requests alone, and the validator walks the whole document for each operation it sets up.
 */
export function requestsOf<T extends object>(document: T): T {
  const { paths, components = {} } = document as Document;
  const asked = Object.entries(paths).map(([path, item]) => [path, withoutAnswers(item)]);
  const bare = Object.fromEntries(asked) as Tree;
  const { securitySchemes = {} } = components;
  return { ...document, paths: bare, components: { ...needed(bare, components), securitySchemes } };
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

/** The components that something refers to, and those that these refer to. */
function needed(paths: Tree, components: Tree): Tree {
  const found: Tree = {};
  const look = (value: unknown): void => {
    for (const [, kind = "", name = ""] of JSON.stringify(value).matchAll(REFERENCE)) {
      const component = components[kind]?.[name];
      if (found[kind]?.[name] !== undefined || component === undefined) continue;
      found[kind] = { ...found[kind], [name]: component };
      look(component);
    }
  };
  look(paths);
  return found;
}
