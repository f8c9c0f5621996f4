import type { Operation } from "../../http/dialect.ts";
import { memoizeWeak } from "../../http/memoize-weak.ts";
import type { Schema } from "./coerce-parameters.ts";

/** A parameter or a member of a body as the document declares it. */
export interface Declared {
  readonly name: string;
  readonly place: "query" | "path" | "body";
  readonly schema: Schema & { enum?: unknown; "x-grape-required-when"?: Record<string, string> };
  /** What Link headers show when the caller gave nothing. */
  readonly shownDefault: unknown;
}

interface Parameter {
  name: string;
  in: "query" | "path";
  schema: Declared["schema"];
  "x-grape-default"?: unknown;
}

/** A rule about several names at once. */
export interface GroupRule {
  readonly names: readonly string[];
  /** The name behind whose complaints this one stands. */
  readonly after: string;
}

interface Entry {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, { schema: Schema | { $ref: string } }> };
  "x-anonymous"?: boolean;
  "x-administrators"?: boolean;
  "x-grape-all-or-none"?: GroupRule[];
  "x-grape-at-least-one"?: GroupRule[];
}

/** What an operation takes, in the order of error messages about it. */
interface Declaration {
  readonly all: readonly Declared[];
  readonly byName: ReadonlyMap<string, Declared>;
  readonly anonymous: boolean;
  /** Whether all other callers are refused before any parameter is looked at. */
  readonly administrators: boolean;
  readonly allOrNone: readonly GroupRule[];
  readonly atLeastOne: readonly GroupRule[];
  /** Whether anything depends on what else was given. */
  readonly hasRules: boolean;
}

export const declarationOf = memoizeWeak(
  ({ schema, components }: Operation): Declaration =>
    declare(schema as Operation["schema"] & Entry, components),
);

type Components = Operation["components"];

function declare(entry: Entry, components: Components): Declaration {
  const parameters = (entry.parameters ?? []).map((each) => resolved<Parameter>(each, components));
  const all = [
    ...parameters.map(
      (each): Declared => ({
        name: each.name,
        place: each.in,
        schema: each.schema,
        shownDefault: each["x-grape-default"],
      }),
    ),
    ...membersOf(entry, components),
  ];
  const allOrNone = entry["x-grape-all-or-none"] ?? [];
  const atLeastOne = entry["x-grape-at-least-one"] ?? [];
  const isConditional = all.some(({ schema }) => "x-grape-required-when" in schema);
  return {
    all,
    byName: new Map(all.map((each) => [each.name, each])),
    anonymous: entry["x-anonymous"] === true,
    administrators: entry["x-administrators"] === true,
    allOrNone,
    atLeastOne,
    hasRules: allOrNone.length > 0 || atLeastOne.length > 0 || isConditional,
  };
}

function membersOf({ requestBody }: Entry, components: Components): Declared[] {
  const { schema } = requestBody?.content["application/json"] ?? { schema: {} };
  const { properties = {} } = resolved<Schema>(schema, components);
  return Object.entries(properties).map(([name, member]) => ({
    name,
    place: "body",
    schema: resolved<Declared["schema"]>(member, components),
    shownDefault: undefined,
  }));
}

/** The thing itself, where the document refers to a component. */
function resolved<T>(value: object, components: Components): T {
  const { $ref } = value as { $ref?: string };
  if ($ref === undefined) return value as T;
  const [, , kind = "", name = ""] = $ref.split("/");
  return resolved<T>((components[kind]?.[name] ?? {}) as object, components);
}
