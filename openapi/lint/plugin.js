// The rules that redocly.yaml cannot express by itself.

function childrenOf(schema) {
  const members = Object.entries(schema.properties ?? {});
  const choices = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  const rest = [schema.items, schema.additionalProperties].filter((part) => part instanceof Object);
  return [...members, ...[...choices, ...rest].map((part) => ["", part])];
}

function isBareString({ type, pattern, format, enum: values }) {
  return type === "string" && !pattern && !format && !values;
}

function reportBareStrings(where, schema, context, file, seen = new Set()) {
  const { node, location } = context.resolve(schema, file);
  if (node === undefined || seen.has(node)) return;
  seen.add(node);
  if (isBareString(node)) context.report({ message: `A string in ${where} needs a pattern.` });
  // What stands in place belongs to the file that led here, what is referred to to its own.
  const here = schema.$ref === undefined ? file : location.source.absoluteRef;
  for (const [name, child] of childrenOf(node)) {
    reportBareStrings(name === "" ? where : `${where}.${name}`, child, context, here, seen);
  }
}

// express-openapi-validator lets NUL and lone surrogates through a plain string.
function stringsHavePatterns() {
  return {
    Parameter: {
      enter(parameter, context) {
        if (parameter.in !== "path") return;
        const file = context.location.source.absoluteRef;
        reportBareStrings(parameter.name, parameter.schema, context, file);
      },
    },
    RequestBody: {
      enter(body, context) {
        const file = context.location.source.absoluteRef;
        for (const { schema } of Object.values(body.content ?? {})) {
          reportBareStrings("the body", schema, context, file);
        }
      },
    },
  };
}

// How long a text is costs by the character, and how long a list is by the item.
function reportUnbounded(where, schema, context, file, seen = new Set()) {
  const { node, location } = context.resolve(schema, file);
  if (node === undefined || seen.has(node)) return;
  seen.add(node);
  const report = (message) =>
    context.report({ message: `${message} (${where})`, location: location ?? context.location });
  if (node.type === "string" && !node.enum && node.maxLength === undefined) {
    report("A text needs a maxLength.");
  }
  if (node.type === "array" && node.maxItems === undefined) report("A list needs maxItems.");
  const here = schema.$ref === undefined ? file : location.source.absoluteRef;
  for (const [name, child] of childrenOf(node)) {
    reportUnbounded(name === "" ? where : `${where}.${name}`, child, context, here, seen);
  }
}

function textsAndListsAreBounded() {
  return {
    Parameter: {
      enter(parameter, context) {
        const file = context.location.source.absoluteRef;
        reportUnbounded(parameter.name, parameter.schema, context, file);
      },
    },
    RequestBody: {
      enter(body, context) {
        const file = context.location.source.absoluteRef;
        for (const { schema } of Object.values(body.content ?? {})) {
          reportUnbounded("the body", schema, context, file);
        }
      },
    },
  };
}

// express-openapi-validator refuses an unescaped `:` or `/` in a query otherwise.
function queryStringsAllowReserved() {
  return {
    Parameter: {
      enter(parameter, context) {
        if (parameter.in !== "query" || parameter.allowReserved === true) return;
        const { node: schema } = context.resolve(parameter.schema);
        if (schema?.type !== "string") return;
        context.report({ message: `${parameter.name} needs allowReserved: true.` });
      },
    },
  };
}

export default function plugin() {
  return {
    id: "followd",
    rules: {
      oas3: {
        "strings-have-patterns": stringsHavePatterns,
        "texts-and-lists-are-bounded": textsAndListsAreBounded,
        "query-strings-allow-reserved": queryStringsAllowReserved,
      },
    },
  };
}
