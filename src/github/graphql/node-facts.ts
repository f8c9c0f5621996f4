import {
  type ASTNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** What the schema says of a place in a document, and where that is. */
export interface NodeFacts {
  /** As GitHub writes it: `["query Q", "user", "login"]`. */
  readonly path: readonly string[];
  /** The nodes around it, outermost first. */
  readonly ancestors: readonly ASTNode[];
  readonly parentType: GraphQLNamedType | undefined;
  readonly type: GraphQLOutputType | undefined;
  readonly field: GraphQLField<unknown, unknown> | undefined;
  readonly argument: GraphQLArgument | undefined;
  readonly inputType: GraphQLInputType | undefined;
}

/** The step of a path that a node adds; undefined for most kinds. */
function stepOf(node: ASTNode): string | undefined {
  if (node.kind === Kind.OPERATION_DEFINITION) {
    return node.name === undefined ? node.operation : `${node.operation} ${node.name.value}`;
  }
  if (node.kind === Kind.FRAGMENT_DEFINITION) return `fragment ${node.name.value}`;
  if (node.kind === Kind.INLINE_FRAGMENT) {
    return node.typeCondition === undefined ? "..." : `... on ${node.typeCondition.name.value}`;
  }
  if (node.kind === Kind.FRAGMENT_SPREAD) return `... ${node.name.value}`;
  if (node.kind === Kind.FIELD) return node.alias?.value ?? node.name.value;
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return node.name.value;
  return undefined;
}

/** Looks up every node of a document, for the few documents that are refused. */
export function factsOf(schema: GraphQLSchema, document: DocumentNode): Map<ASTNode, NodeFacts> {
  const facts = new Map<ASTNode, NodeFacts>();
  const types = new TypeInfo(schema);
  const path: string[] = [];
  const ancestors: ASTNode[] = [];
  const visitor = {
    enter(node: ASTNode) {
      const step = stepOf(node);
      if (step !== undefined) path.push(step);
      facts.set(node, {
        path: [...path],
        ancestors: [...ancestors],
        parentType: types.getParentType() ?? undefined,
        type: types.getType() ?? undefined,
        field: types.getFieldDef() ?? undefined,
        argument: types.getArgument() ?? undefined,
        inputType: types.getInputType() ?? undefined,
      });
      ancestors.push(node);
    },
    leave(node: ASTNode) {
      ancestors.pop();
      if (stepOf(node) !== undefined) path.pop();
    },
  };
  visit(document, visitWithTypeInfo(types, visitor));
  return facts;
}
