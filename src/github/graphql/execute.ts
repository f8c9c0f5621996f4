import { UnavailableError } from "../../storage/errors.ts";
import "./mutations.ts";
import "./queries.ts";
import "./user.ts";
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import { DomainError } from "../../domain/errors.ts";
import { sharedCache } from "../../http/process-caches.ts";
import { ApiError } from "../http/api-error.ts";
import { consumeRateLimit } from "../http/authenticate.ts";
import { type Context, viewerOf } from "../http/context.ts";
import { builder, type Graph } from "./builder.ts";
import { type ErrorShape, shapeOf } from "./errors.ts";
import { loadersFor } from "./loaders.ts";
import { costOf, type Plan, planOf } from "./query-cost.ts";
import { checkNesting, checkQueryDepth, MAX_TOKENS } from "./query-limits.ts";
import { missingScopes } from "./required-scopes.ts";
import { rules } from "./validation-rules.ts";
import { breather } from "./yield-to-event-loop.ts";

const KEPT_BYTES = 16 * 2 ** 20;
/** What a document takes as a tree, for each character of its text. */
const BYTES_PER_CHARACTER = 40;

const schema = builder.toSchema();

/** What a caller wants to have carried out. */
export interface Params {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

const plans = new WeakMap<OperationDefinitionNode, Plan>();

function planFor(document: DocumentNode, operation: OperationDefinitionNode): Plan {
  let plan = plans.get(operation);
  if (plan === undefined) {
    const fragments = document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each] as const);
    plan = planOf(schema, operation, new Map(fragments));
    plans.set(operation, plan);
  }
  return plan;
}

/** How many changes an operation makes: one for each field of a mutation, whatever its alias. */
const writesOf = ({ operation, selectionSet }: OperationDefinitionNode): number =>
  operation === "mutation" ? selectionSet.selections.length : 0;

/** Refuses what costs too much or is not the caller's to ask, before anything is carried out. */
const judgement: Plugin<Graph> = {
  onParse: ({ setParseFn }) => {
    setParseFn((source, options) => {
      checkNesting(String(source));
      return parse(source, { ...options, maxTokens: MAX_TOKENS });
    });
  },
  onValidate: ({ params, setResult, setValidationFn }) => {
    setValidationFn((known: GraphQLSchema, document: DocumentNode) =>
      validate(known, document, rules),
    );
    try {
      checkQueryDepth(params.documentAST);
    } catch (error) {
      setResult([error as GraphQLError]);
    }
  },
  onExecute: async ({ args, setResultAndStopExecution }) => {
    const { document, operationName, contextValue: graph, variableValues } = args;
    const operation = getOperationAST(document, operationName);
    if (!operation) return;
    const plan = planFor(document, operation);
    const lacking = missingScopes(plan.needs, graph.context);
    if (lacking.length > 0) {
      setResultAndStopExecution({ errors: lacking });
      return;
    }
    graph.cost = costOf(plan, variableValues ?? {});
    await consumeRateLimit(graph.context, graph.cost.points, writesOf(operation));
  },
};

const yoga = createYoga<Graph>({
  schema,
  plugins: [judgement],
  parserAndValidationCache: {
    documentCache: sharedCache<DocumentNode>("GraphQL documents", KEPT_BYTES, BYTES_PER_CHARACTER),
    errorCache: sharedCache("GraphQL errors", KEPT_BYTES, BYTES_PER_CHARACTER),
  },
  maskedErrors: false,
  logging: false,
  graphiql: false,
  landingPage: false,
});

/** None of it is looked at: what HTTP has to say has been heard by now. */
const request = new Request("http://localhost/graphql", { method: "POST" });

const NEXT_IDS = "x-github-next-global-id";

const graphFor = (context: Context): Graph => {
  const viewer = viewerOf(context);
  return {
    context,
    viewer,
    load: loadersFor(context.store, viewer.id),
    ids: context.exchange.req.headers[NEXT_IDS] === "1" ? "next" : "legacy",
    breathe: breather(),
    cost: { nodes: 0, points: 1 },
  };
};

/** What is written to the caller. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: ErrorShape[];
}

/** Carries out what is asked for. Rejects with what the whole answer has to be replaced by. */
export async function answerTo(params: Params, context: Context): Promise<Answer> {
  const graph = graphFor(context);
  const result = (await yoga.getResultForParams({ params, request }, graph)) as ExecutionResult;
  const { data, errors } = result;
  for (const { originalError } of errors ?? []) {
    if (originalError instanceof ApiError) throw originalError;
    if (originalError instanceof UnavailableError) throw new DomainError("unavailable");
  }
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined ? {} : { errors: errors.map((each) => shapeOf(each, context)) }),
  };
}
