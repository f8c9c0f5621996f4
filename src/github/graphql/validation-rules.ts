import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { memoizeWeak } from "../../http/memoize-weak.ts";
import { factsOf, type NodeFacts } from "./node-facts.ts";
import { REFUSALS } from "./refusal-messages.ts";
import type { Refusal } from "./refused-arguments.ts";

const NO_FACTS: NodeFacts = {
  ...{ path: [], ancestors: [], parentType: undefined, type: undefined },
  ...{ field: undefined, argument: undefined, inputType: undefined },
};

/** Looked up once a document, when its first fault is found. */
const factsFor = memoizeWeak((document: DocumentNode, schema: GraphQLSchema) =>
  factsOf(schema, document),
);

/** A rule that refuses what graphql-js does, in GitHub's words; each fault once. */
function inGitHubsWords(rule: ValidationRule): ValidationRule {
  const translate = REFUSALS.get(rule);
  if (translate === undefined) return rule;
  return (context) => {
    const said = new Set<string>();
    const translated = Object.create(context, {
      reportError: {
        value(error: GraphQLError) {
          const facts = factsFor(context.getDocument(), context.getSchema());
          const look = (node: ASTNode) => facts.get(node) ?? NO_FACTS;
          const nodes = error.nodes ?? [];
          const refusal = translate({ nodes, message: error.message, factsOf: look });
          const own = refusal.nodes ?? nodes;
          const path = refusal.path ?? placeOf(own[0], nodes, look);
          const key = JSON.stringify([refusal.message, path, own[0]?.loc?.start]);
          if (said.has(key)) return;
          said.add(key);
          context.reportError(toError(refusal, own, path));
        },
      },
    }) as ValidationContext;
    return rule(translated);
  };
}

/** Names have no facts of their own: the node around them has. */
function placeOf(
  node: ASTNode | undefined,
  all: readonly ASTNode[],
  look: (node: ASTNode) => NodeFacts,
): readonly string[] {
  const found = [node, ...all].find((each) => each !== undefined && look(each).path.length > 0);
  return found === undefined ? [] : look(found).path;
}

function toError(
  { message, extensions }: Refusal,
  nodes: readonly ASTNode[],
  path: readonly string[],
) {
  return new GraphQLError(message, { nodes, path, extensions });
}

/** By which a document is judged before anything of it is carried out. */
export const rules: readonly ValidationRule[] = specifiedRules.map(inGitHubsWords);
