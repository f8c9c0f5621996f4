import SchemaBuilder from "@pothos/core";
import type { User } from "../../domain/user.ts";
import type { Context } from "../http/context.ts";
import type { Loaders } from "./loaders.ts";
import type { Cost } from "./query-cost.ts";

/** What a query may use while it is carried out. */
export interface Graph {
  readonly context: Context;
  readonly viewer: Pick<User, "id">;
  readonly load: Loaders;
  /** Which generation of node ids the caller wants to see; both are understood. */
  readonly ids: "legacy" | "next";
  /** To be waited for before rows are read; lets other requests through now and then. */
  readonly breathe: () => Promise<void>;
  /** What the operation may cost at most; known before anything of it is carried out. */
  cost: Cost;
}

interface Text {
  Input: string;
  Output: string;
}

/** The schema is written with this; names and nullability are the vendor's. */
export const builder = new SchemaBuilder<{
  Context: Graph;
  DefaultFieldNullability: false;
  Scalars: { ID: Text; DateTime: Text; HTML: Text; URI: Text };
}>({ defaultFieldNullability: false });

builder.scalarType("DateTime", {
  description: "An ISO-8601 encoded UTC date string.",
  serialize: (value) => value,
});
builder.scalarType("HTML", {
  description: "A string containing HTML code.",
  serialize: (value) => value,
});
builder.scalarType("URI", {
  description: "An RFC 3986, RFC 3987, and RFC 6570 compliant URI string.",
  serialize: (value) => value,
});

/** The arguments of every connection. */
export const pageArguments = builder.args((arg) => ({
  after: arg.string(),
  before: arg.string(),
  first: arg.int(),
  last: arg.int(),
}));
