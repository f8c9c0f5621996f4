import type { Context, Handler } from "../http/context.ts";

const MEDIA_TYPE = "github.v4; format=json";
const NO_QUERY = "A query attribute must be specified and must be a string.";

interface Body {
  query?: unknown;
  variables?: unknown;
  operationName?: unknown;
}

/** Few callers ever ask for it, and it takes longer to load than all the rest. */
let loading: Promise<typeof import("../graphql/execute.ts")> | undefined;

export const answer: Handler<"graphql"> = async ({ body }, context) => {
  context.mediaType = MEDIA_TYPE;
  const headers = ["Cache-Control", "no-cache"];
  // The vendor says so of every query, with any needs.
  if (context.caller?.permissions === null) headers.push("X-Accepted-OAuth-Scopes", "repo");
  return { status: 200, body: await answerTo(body, context), headers };
};

async function answerTo({ query, variables, operationName }: Body, context: Context) {
  if (typeof query !== "string" || query === "") return { errors: [{ message: NO_QUERY }] };
  loading ??= import("../graphql/execute.ts");
  const engine = await loading;
  const params = {
    query,
    ...(isRecord(variables) ? { variables } : {}),
    ...(typeof operationName === "string" ? { operationName } : {}),
  };
  return engine.answerTo(params, context);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
