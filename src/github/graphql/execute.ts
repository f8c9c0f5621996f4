import { UnavailableError } from "../../storage/errors.ts";
import "./change-user-status.ts";
import "./mutations.ts";
import "./profile.ts";
import "./queries.ts";
import "./search.ts";
import "./user.ts";
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
  validateExecutionArgs,
} from "graphql";
import { createSharedExecutionContext } from "graphql/execution/createSharedExecutionContext.js";
import { Executor } from "graphql/execution/Executor.js";
import { DomainError } from "../../domain/errors.ts";
import { memoizeWeak } from "../../http/memoize-weak.ts";
import { sharedCache } from "../../http/process-caches.ts";
import { ApiError } from "../http/api-error.ts";
import { consumeRateLimit } from "../http/authenticate.ts";
import { type Context, viewerOf } from "../http/context.ts";
import { builder, type Graph } from "./builder.ts";
import { type ErrorShape, shapeOf } from "./errors.ts";
import { loadersFor } from "./loaders.ts";
import { costOf, planOf } from "./query-cost.ts";
import { checkNesting, checkQueryDepth, MAX_TOKENS } from "./query-limits.ts";
import { missingScopes } from "./required-scopes.ts";
import { toSyntaxError } from "./syntax-errors.ts";
import { rules } from "./validation-rules.ts";
import { createYield } from "./yield-to-event-loop.ts";

const KEPT_BYTES = 16 * 2 ** 20;
/** What a document takes as a tree, for each character of its text. */
const BYTES_PER_CHARACTER = 40;

const schema = builder.toSchema();

/** What a caller wants to have carried out. */
interface Params {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

const planFor = memoizeWeak((operation: OperationDefinitionNode, document: DocumentNode) => {
  const fragments = document.definitions
    .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
    .map((each) => [each.name.value, each] as const);
  return planOf(schema, operation, new Map(fragments));
});

/** How many changes an operation makes: one for each field of a mutation, under any alias. */
const writesOf = ({ operation, selectionSet }: OperationDefinitionNode): number =>
  operation === "mutation" ? selectionSet.selections.length : 0;

/** Two caches, so that documents that are no good push none out that are. */
const documents = sharedCache<DocumentNode>("GraphQL documents", KEPT_BYTES, BYTES_PER_CHARACTER);
const refusals = sharedCache<readonly GraphQLError[]>(
  "GraphQL errors",
  KEPT_BYTES,
  BYTES_PER_CHARACTER,
);

/** Parses and validates a text, once: it is a document to execute, or errors. */
function check(text: string): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  const document = documents.get(text);
  if (document !== undefined) return { document };
  const errors = refusals.get(text);
  if (errors !== undefined) return { errors };
  try {
    checkNesting(text);
    const parsed = parse(text, { maxTokens: MAX_TOKENS });
    checkQueryDepth(parsed);
    const found = validate(schema, parsed, rules);
    if (found.length > 0) refusals.set(text, found);
    else documents.set(text, parsed);
    return found.length > 0 ? { errors: found } : { document: parsed };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const refused = toSyntaxError(text, error);
    refusals.set(text, [refused]);
    return { errors: [refused] };
  }
}

/**
 * Resolvers here listen to no signal. `execute` makes one for each operation and aborts it at the end,
 * which takes an eighth of all that a query costs.
 */
const NEVER_ABORTED = new AbortController().signal;

/** Carries out an operation that the caller may ask for and can pay. */
async function run(
  { query, variables, operationName }: Params,
  graph: Graph,
): Promise<ExecutionResult> {
  const result = check(query);
  if ("errors" in result) return result;
  const { document } = result;
  const operation = getOperationAST(document, operationName);
  if (operation) {
    const plan = planFor(operation, document);
    const lacking = missingScopes(plan.needs, graph.context);
    if (lacking.length > 0) return { errors: lacking };
    try {
      graph.cost = costOf(plan, variables ?? {});
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
    await consumeRateLimit(graph.context, graph.cost.points, writesOf(operation));
  }
  const args = validateExecutionArgs({
    schema,
    document,
    contextValue: graph,
    variableValues: variables,
    operationName,
  });
  if (!("schema" in args)) return { errors: args };
  const shared = createSharedExecutionContext(NEVER_ABORTED);
  return new Executor(args, shared).executeRootSelectionSet();
}

const NEXT_IDS = "x-github-next-global-id";

const graphFor = (context: Context): Graph => {
  const viewer = viewerOf(context);
  return {
    context,
    viewer,
    load: loadersFor(context.store, viewer.id),
    ids: context.exchange.req.headers[NEXT_IDS] === "1" ? "next" : "legacy",
    breathe: createYield(),
    cost: { nodes: 0, points: 1 },
  };
};

/** What is written to the caller. */
interface Answer {
  readonly data?: unknown;
  readonly errors?: ErrorShape[];
}

/** Carries out what is asked for. Rejects with what the whole answer has to be replaced by. */
export async function answerTo(params: Params, context: Context): Promise<Answer> {
  const { data, errors } = await run(params, graphFor(context));
  for (const { originalError } of errors ?? []) {
    if (originalError instanceof ApiError) throw originalError;
    if (originalError instanceof UnavailableError) throw new DomainError("unavailable");
  }
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined
      ? {}
      : { errors: errors.map((each) => shapeOf(each, context, params.variables ?? {})) }),
  };
}
