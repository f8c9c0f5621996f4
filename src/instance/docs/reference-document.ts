type Security = Record<string, string[]>[];

interface Operation {
  description?: string;
  security: Security;
  /** Read by the program alone. */
  [extension: `x-${string}`]: unknown;
}

/** A document as its readers need it. */
export interface Reference {
  readonly tags?: readonly { name: string; "x-displayName"?: string }[] | undefined;
  readonly info: { readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, object>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, object>>;
    readonly securitySchemes?: Readonly<Record<string, object>>;
  };
}

interface Document extends Reference {
  servers: unknown;
  paths: Record<string, Record<string, Operation>>;
}

/** How a token is shown, for programs that read the document and for people who try it. */
const SCHEMES: Readonly<Record<string, object>> = {
  github: {
    type: "http",
    scheme: "bearer",
    description: "A token of `followd token create`, classic or fine-grained.",
  },
  graph: {
    type: "http",
    scheme: "bearer",
    description: "A token of `followd token create`; `PRIVATE-TOKEN` takes it as well.",
  },
  gitlab: {
    type: "apiKey",
    in: "header",
    name: "PRIVATE-TOKEN",
    description: "A token of `followd token create`; `Authorization: Bearer` takes it as well.",
  },
};

/** Extensions that only the reading of parameters uses. */
const OURS = /^x-grape-/;

/** Formats of Grape, and their names in OpenAPI. */
const FORMATS: Readonly<Record<string, string>> = {
  "grape-date": "date",
  "grape-date-time": "date-time",
  "grape-file": "binary",
};

/** Patterns that exclude NUL, lone surrogates and slashes: noise to a reader. */
const ANY_TEXT = /^\^\[\^\/?\\u0000(?:\\uD800-\\uDFFF)?\][*+]\$$/i;

/**
 * The published form of a document. The source is written for the validator, which reads scopes and
 * anonymous callers from security schemes that no client could use. The published form has one
 * scheme, and each operation's description states which scopes it needs.
 */
export function toReference(name: string, bundled: object): Reference {
  const { servers: _, ...document } = withoutNoise(bundled) as Document;
  const scheme = SCHEMES[name.split("-")[0] ?? ""];
  // GitHub reads a token wherever one is shown; GitLab's documents say where it does.
  const everywhere = name === "github";
  const paths = mapped(document.paths, (item) => mapped(item, (one) => readable(one, everywhere)));
  const securitySchemes = scheme === undefined ? {} : { token: scheme };
  const tags = document.tags?.map((tag) => ({ "x-displayName": headingOf(tag.name), ...tag }));
  return { ...document, tags, paths, components: { ...document.components, securitySchemes } };
}

/** Tags are words of one piece; `x-displayName` is for those whose heading is not plain English. */
const headingOf = (tag: string): string =>
  (tag.slice(0, 1).toUpperCase() + tag.slice(1)).replaceAll("-", " ");

const mapped = <T, U>(all: Record<string, T>, made: (one: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(all).map(([key, one]) => [key, made(one)]));

function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNoise);
  if (typeof value === "string") return FORMATS[value] ?? value;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(
    ([key, member]) => !OURS.test(key) && (key !== "pattern" || !ANY_TEXT.test(String(member))),
  );
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNoise(member)]));
}

function readable(operation: Operation, everywhere: boolean): Operation {
  const { security, description = "" } = operation;
  const members = Object.entries(operation).filter(([key]) => !key.startsWith("x-"));
  const token = everywhere || takesToken(security) ? [{ token: [] }] : [];
  const sentences = token.length === 0 ? [] : asksFor(security);
  if (operation["x-administrators"] === true) sentences.push("For administrators.");
  const text = [description.trim(), sentences.join(" ")].filter((each) => each !== "").join("\n\n");
  return {
    ...(Object.fromEntries(members) as Operation),
    ...(text === "" ? {} : { description: text }),
    // Tools show the first alternative.
    security: [...token, ...(isOpen(security) ? [{}] : [])],
  };
}

const isOpen = (security: Security): boolean =>
  security.some((each) => Object.keys(each).length === 0 || "anonymous" in each);

const takesToken = (security: Security): boolean =>
  security.some((each) => "token" in each || "permission" in each);

const words = (list: string[]): string =>
  [...new Set(list)].map((word) => `\`${word}\``).join(" or ");

function asksFor(security: Security): string[] {
  const scopes = security.flatMap(({ token = [] }) => token);
  const anyToken = security.some(({ token }) => token?.length === 0);
  const permissions = security.flatMap(({ permission = [] }) => permission);
  return [
    ...(scopes.length === 0 || anyToken ? [] : [`Scope: ${words(scopes)}.`]),
    ...(permissions.length === 0 ? [] : [`Fine-grained token: ${words(permissions)}.`]),
    ...(isOpen(security) ? ["Without a token it answers what everybody may see."] : []),
  ];
}
